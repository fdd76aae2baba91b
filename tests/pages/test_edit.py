"""Writing: both languages, drafts, versions, and two people who save at once."""

import threading

from extranet.audit.models import AuditEvent
from extranet.pages.models import NetworkPage, NetworkPageVersion
from tests.page import Browser

START = "/networks/hr/pages/aloita-tasta"


def page_of(rows, cast, name="hr_page"):
    return rows(NetworkPage, NetworkPage.id == cast[name])[0]


def test_a_new_page_is_a_draft_that_members_do_not_see(browser, rows):
    maija = browser("moderator")
    page = maija.submit(maija.get("/networks/hr/pages/new"), "main form", title_fi="Yhteystiedot", body_fi="**Soita** <script>x</script>")
    assert page.response.request.path == "/networks/hr/pages/yhteystiedot"
    assert page.has(".prose strong") and "<script>x" not in page.html
    row = rows(NetworkPage, NetworkPage.slug == "yhteystiedot")[0]
    assert (row.state, row.missing, row.lock_version) == ("draft", ["sv"], 1)
    milla = browser("member")
    assert milla.get("/networks/hr/pages/yhteystiedot").status == 404
    assert "Yhteystiedot" not in milla.get("/networks/hr/pages/").text()
    maija.submit(page, "form[action$='/publish']")
    assert milla.get("/networks/hr/pages/yhteystiedot").status == 200
    assert [e.name for e in rows(AuditEvent) if e.name.startswith("pages.")] == ["pages.create", "pages.publish"]


def test_two_pages_of_one_name_have_two_addresses(browser, rows):
    maija = browser("moderator")
    for _ in range(2):
        maija.post("/networks/hr/pages/new", title_fi="Ohje")
    maija.post("/networks/hr/pages/new", title_fi="New")
    assert {"ohje", "ohje-2", "new-2"} <= {p.slug for p in rows(NetworkPage)}


def test_a_page_needs_a_title_in_one_language(browser, rows):
    before = len(rows(NetworkPage))
    page = browser("moderator").post("/networks/hr/pages/new", body_fi="Teksti ilman otsikkoa")
    assert page.status == 422 and page.has("#title_fi[aria-invalid=true]") and "Teksti ilman otsikkoa" in page.text("#body_fi")
    assert len(rows(NetworkPage)) == before


def test_every_save_is_kept_and_can_come_back(browser, rows, cast):
    maija = browser("moderator")
    maija.submit(maija.get(f"{START}/edit"), "main form", body_fi="Uusi teksti.", note="Lyhennetty")
    assert page_of(rows, cast).body["fi"] == "Uusi teksti."
    history = maija.get(f"{START}/history")
    assert "Lyhennetty" in history.text() and len(history.soup.select(".log > li")) == 2
    old = maija.get(f"{START}/history/1")
    assert old.has(".diff ins") and old.has(".diff del")
    maija.submit(old, "main form")
    page = page_of(rows, cast)
    assert page.lock_version == 3 and page.body["fi"].startswith("Tervetuloa")
    assert "<h2>" in page.body_html["fi"]
    versions = rows(NetworkPageVersion, NetworkPageVersion.page_id == page.id)
    assert [v.number for v in versions] == [1, 2, 3] and versions[1].body["fi"] == "Uusi teksti."
    assert maija.get(f"{START}/history/9").status == 404


def test_the_second_of_two_writers_sees_both_texts_and_loses_nothing(browser, rows, cast):
    maija, eero = browser("moderator"), browser("expert")
    hers, his = maija.get(f"{START}/edit"), eero.get(f"{START}/edit")
    eero.submit(his, "main form", body_fi="Eeron rivi.\nYhteinen rivi.")
    page = maija.submit(hers, "main form", body_fi="Maijan rivi.\nYhteinen rivi.")
    assert page.status == 409
    assert "Maijan rivi." in page.text("#body_fi") and "Eero Koskivuori" in page.text(".callout--warn")
    assert "Eeron rivi." in page.text(".diff ins") and "Maijan rivi." in page.text(".diff del")
    assert page_of(rows, cast).body["fi"] == "Eeron rivi.\nYhteinen rivi."
    saved = maija.submit(page, "main form", body_fi="Maijan rivi.\nEeron rivi.\nYhteinen rivi.")
    assert saved.status == 200
    assert page_of(rows, cast).body["fi"] == "Maijan rivi.\nEeron rivi.\nYhteinen rivi."
    assert [v.number for v in rows(NetworkPageVersion, NetworkPageVersion.page_id == cast["hr_page"])] == [1, 2, 3]


def test_of_two_who_save_in_the_same_moment_one_is_asked(stage, rows, cast):
    browsers = [Browser(stage.app, cast[name]) for name in ("moderator", "expert")]
    barrier, answers = threading.Barrier(2), []

    def save(number: int) -> None:
        barrier.wait()
        answers.append(browsers[number].post(f"{START}/edit", title_fi="Aloita", body_fi=f"Teksti {number}", seen="1").status)

    threads = [threading.Thread(target=save, args=(n,)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [303, 409]
    assert page_of(rows, cast).lock_version == 2


def test_an_empty_form_of_a_reader_is_refused_as_a_full_one(browser):
    milla = browser("member")
    assert milla.post("/networks/hr/pages/new").status == 403
    assert milla.post(f"{START}/edit").status == 403
