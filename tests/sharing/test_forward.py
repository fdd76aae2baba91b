"""A reader makes a page for her own organisation (S1-10)."""

import io

import pytest

from extranet.audit.models import AuditEvent
from extranet.core.viewer import NOBODY
from extranet.mail.models import Letter
from extranet.materials.models import Download, Sharing
from extranet.sharing.models import Share


def test_a_contact_person_passes_two_materials_on(browser, cast, rows, latest):
    contact = browser("contact")
    form = contact.get(f"/sharing/new?material={cast['hr_material']}")
    chosen = [cast["hr_material"], cast["public_material"]]
    done = contact.submit(
        form,
        material=chosen,
        greeting="Hei kaikki!\nTämä kannattaa lukea.",
        days="7",
        addresses="a@porvoo.example, b@porvoo.example\nA@porvoo.example",
    )
    share = latest()
    assert (share.user_id, share.opened_count, share.letter_count) == (cast["contact"], 0, 2)
    assert 6 <= (share.expires_at - share.created_at).days <= 7
    url = done.soup.select_one("#address")["value"]
    assert share.token_hash not in url and share.salt not in url
    letters = rows(Letter)
    assert [letter.to for letter in letters] == ["a@porvoo.example", "b@porvoo.example"]
    assert letters[0].subject.startswith("Kaisa Virtasalo: Perehdytyksen")
    assert url in letters[0].text and "Tämä kannattaa lukea." in letters[0].text and letters[0].is_secret
    page = browser("visitor").get(url.removeprefix("http://localhost"))
    assert page.status == 200
    for words in ("Kaisa Virtasalo", "Porvoo", "Tämä kannattaa lukea.", "Perehdytyksen muistilista", "esihenkilö tekee ennen"):
        assert words in page.text()
    assert len(page.soup.select("main a[download]")) == 2
    names = [event.name for event in rows(AuditEvent, AuditEvent.user_id == cast["contact"])]
    assert names.count("sharing.forward") == 1 and names.count("sharing.pass_on") == 2


def test_the_page_speaks_the_chosen_language(browser, forward):
    path = forward(language="sv")
    visitor = browser("visitor")
    assert visitor.get(path).soup.html["lang"] == "sv"
    assert visitor.get(f"{path}?lang=en").soup.html["lang"] == "en"


def test_the_file_comes_without_an_account_and_only_numbers_are_kept(browser, cast, forward, latest, rows):
    path = forward()
    visitor = browser("visitor")
    visitor.get(path)
    got = visitor.get(f"{path}/{cast['hr_material']}/file")
    assert got.status == 200 and got.response.data.startswith(b"%PDF-")
    assert got.headers["Cache-Control"].startswith("private") and got.headers["Referrer-Policy"] == "no-referrer"
    visitor.client.head(path)
    browser("contact").get(path)
    share = latest()
    assert (share.opened_count, share.download_count) == (1, 1), "neither a check nor the sharer herself counts"
    assert [download.user_id for download in rows(Download)] == [None]
    assert [event.thing_id for event in rows(AuditEvent, AuditEvent.name == "sharing.download")] == [str(share.id)]
    page = browser("contact").get("/sharing/")
    assert [cell.get_text(strip=True) for cell in page.soup.select("td.num")] == ["1", "1"]


def test_always_the_current_version(browser, cast, forward):
    path = forward()
    before = browser("visitor").get(f"{path}/{cast['hr_material']}/file")
    file = (io.BytesIO(b"Uusi sis\xc3\xa4lt\xc3\xb6\n"), "ohje.txt")
    assert browser("moderator").post(f"/materials/{cast['hr_material']}/replace", note="Uusi", seen="2", file=file).status == 303
    again = browser("visitor").get(f"{path}/{cast['hr_material']}/file", **{"If-None-Match": before.headers["ETag"]})
    assert again.status == 200 and again.response.data == b"Uusi sis\xc3\xa4lt\xc3\xb6\n"
    assert again.headers["Cache-Control"] == "private, no-cache"


def test_no_robot_keeps_it(browser, forward):
    page = browser("visitor").get(forward())
    assert page.headers["X-Robots-Tag"].startswith("noindex") and page.headers["Cache-Control"] == "private, no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"


def test_a_file_that_is_not_in_the_share_is_refused(browser, cast, forward):
    path = forward()
    for other in ("core_material", "public_material", "advisory_material"):
        got = browser("admin").get(f"{path}/{cast[other]}/file")
        assert got.status == 404 and b"%PDF" not in got.response.data


@pytest.mark.parametrize(
    ("fields", "selector"),
    [
        ({"material": []}, "#material-error"),
        ({"addresses": "kaikki esihenkilöt"}, "#addresses-error"),
        ({"addresses": "a@b.example\r\nBcc: c@d.example"}, "#addresses-error"),
        ({"addresses": "\n".join(f"n{i}@kunta.example" for i in range(31))}, "#addresses-error"),
        ({"greeting": "a" * 2001}, "#greeting-error"),
        ({"days": "365"}, "#days-error"),
        ({"language": "en"}, "#language-error"),
    ],
)
def test_bad_input_is_said_at_its_field(browser, cast, rows, fields, selector):
    wanted = {"material": [cast["hr_material"]], "greeting": "Kirjoitettu jo", "language": "fi", "days": "30", "addresses": ""}
    page = browser("contact").post(f"/sharing/new?material={cast['hr_material']}", **(wanted | fields))
    assert page.status == 422 and page.has(selector)
    assert "greeting" in fields or "Kirjoitettu jo" in page.text("#greeting"), "what was typed stays"
    assert rows(Share) == [] and rows(Letter) == []


def test_what_is_kept_back_is_named(browser, cast, rows):
    page = browser("contact").post("/sharing/new", material=[cast["hr_material"], cast["core_material"]], language="fi", days="30")
    assert page.status == 422 and "Joustomallin" in page.text("#material-error")
    assert browser("contact").post("/sharing/new", material=[cast["advisory_material"]], language="fi", days="30").status == 404
    assert rows(Share) == []


def test_letters_are_not_for_mass_mail(browser, cast, rows):
    addresses = [f"n{i}@kunta.example" for i in range(100)]
    contact = browser("contact")
    for start in range(0, 90, 30):
        fields = {"material": cast["hr_material"], "language": "fi", "days": "30", "addresses": "\n".join(addresses[start : start + 30])}
        assert contact.post("/sharing/new", **fields).status == 303
    assert contact.post("/sharing/new", **(fields | {"addresses": "\n".join(addresses[:11])})).status == 422
    assert len(rows(Share)) == 3 and len(rows(Letter)) == 90


def test_suggestions_are_only_what_may_be_passed_on(app, viewer):
    from extranet.sharing.queries import list_suggested

    with app.app_context():
        assert all(m.sharing in (Sharing.MAY_FORWARD, Sharing.PUBLIC) for m in list_suggested(viewer("expert"), []))
        assert list_suggested(NOBODY, []) == []
