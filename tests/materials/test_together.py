"""Several files at once, as a plain form sends them: each with its words, a choice where a name is taken, all saved in one go."""

import io

import pytest

from extranet.core.db import db
from extranet.demo.files import make_pdf
from extranet.materials.models import Material, MaterialState, MaterialVersion
from extranet.storage import store
from extranet.storage.models import Upload, UploadState

NEW = "/networks/hr/materials/new"
TAKEN = "Perehdytyksen muistilista kesätyöntekijälle 2.pdf"


def pdf(name, words="Sisältö"):
    return (io.BytesIO(make_pdf(name, [words])), name)


def bring(browser, *files):
    """Choose files and press the button: the page with the words to give them."""
    return browser.post(NEW, follow=True, file=list(files))


def entries(page):
    return [tag.get_text(strip=True) for tag in page.soup.select("[data-entry] .upload__name")]


def test_each_file_gets_its_own_words_and_all_are_saved_at_once(browser, rows, cast):
    moderator = browser("moderator")
    page = bring(moderator, pdf("henkilostosuunnitelma_2026-v2.pdf"), (io.BytesIO(b"Anvisning\n"), "anvisning_sv.txt"))
    assert page.status == 200 and page.response.request.path == NEW
    assert entries(page) == ["henkilostosuunnitelma_2026-v2.pdf", "anvisning_sv.txt"]
    assert page.soup.select_one("[name=f1-title_fi]")["value"] == "Henkilostosuunnitelma 2026 v2"
    assert page.soup.select_one("[name=f2-title_sv]")["value"] == "Anvisning sv"
    assert page.soup.select_one("[name=f2-language][checked]")["value"] == "sv"
    page = moderator.submit(page, "main form", series="Sarja", **{"f1-title_fi": "Suunnitelma"})
    assert page.response.request.path == "/networks/hr/materials/"
    assert "2" in page.text("#flash")
    first, second = rows(Material)[-2:]
    assert (first.title, second.title) == ({"fi": "Suunnitelma"}, {"sv": "Anvisning sv"})
    assert {first.series, second.series} == {"Sarja"}
    assert {first.state, second.state} == {MaterialState.DRAFT}
    assert "Suunnitelma" in page.text("#results")
    assert rows(Upload) == []


def test_one_bad_file_says_why_and_the_others_stay(browser, rows):
    moderator = browser("moderator")
    page = bring(moderator, pdf("kelpo.pdf"), pdf("../polku.pdf"), (io.BytesIO(b""), "tyhja.pdf"), pdf("x" * 300 + ".pdf"))
    assert page.status == 422
    assert entries(page) == ["kelpo.pdf"]
    faults = [tag.get_text(" ", strip=True) for tag in page.soup.select("#file-error p")]
    assert ["polku" in faults[0], "tyhja.pdf" in faults[1], "304" in faults[2]] == [True] * 3
    moderator.submit(page, "main form")
    assert rows(Material)[-1].title == {"fi": "Kelpo"}


def test_a_fault_in_one_keeps_everything_typed(browser, rows):
    moderator = browser("moderator")
    page = bring(moderator, pdf("a.pdf"), pdf("b.pdf"))
    before = len(rows(Material))
    page = moderator.submit(
        page, "main form", **{"f1-title_fi": "Ensimmäinen", "f2-title_fi": "", "f2-abstract_fi": "Kuvaus"}, series="Sarja"
    )
    assert page.status == 422
    assert page.has("#f2-title_fi-error") and not page.has("#f1-title_fi-error")
    assert page.soup.select_one("[name=f1-title_fi]")["value"] == "Ensimmäinen"
    assert page.soup.select_one("[name=f2-abstract_fi]").get_text().strip() == "Kuvaus"
    assert page.soup.select_one("[name=series]")["value"] == "Sarja"
    assert len(rows(Material)) == before
    moderator.submit(page, "main form", **{"f2-title_fi": "Toinen"})
    assert [m.title["fi"] for m in rows(Material)[-2:]] == ["Ensimmäinen", "Toinen"]


def test_a_taken_name_is_a_choice_for_each_file(browser, rows, cast):
    """T07: replace keeps the old version, keep both makes another, skip leaves one out and cancels nothing else."""
    moderator = browser("moderator")
    moderator.submit(bring(moderator, pdf("kaksi.pdf")), "main form")
    before = len(rows(Material))
    page = bring(moderator, pdf(TAKEN, "Uusi"), pdf("kaksi.pdf", "Uusi"), pdf("kolme.pdf"))
    assert [tag["value"] for tag in page.soup.select("[name=f1-clash]")] == ["keep", "replace", "skip"]
    assert page.soup.select_one("[name=f1-clash][checked]")["value"] == "keep"
    assert not page.has("[name=f3-clash]")
    page = moderator.submit(page, "main form", **{"f1-clash": "replace", "f2-clash": "skip"})
    assert page.status == 422 and page.has("#f1-note-error")
    page = moderator.submit(page, "main form", **{"f1-note": "Uusi luku"})
    assert page.status == 200
    assert [m.title["fi"] for m in rows(Material)[before:]] == ["Kolme"]
    versions = rows(MaterialVersion, MaterialVersion.material_id == cast["hr_material"])
    assert [(v.number, v.note) for v in versions][-1] == (3, "Uusi luku")
    assert moderator.get(f"/materials/{cast['hr_material']}/versions/2/file").status == 200
    assert rows(Upload) == []
    page = bring(moderator, pdf("kolme.pdf", "Toinen"))
    moderator.submit(page, "main form")
    assert [m.title["fi"] for m in rows(Material)[before:]] == ["Kolme", "Kolme"]


def test_somebody_replaces_the_file_meanwhile(browser, rows, cast):
    moderator, admin = browser("moderator"), browser("admin")
    first, second = bring(moderator, pdf(TAKEN, "a")), bring(admin, pdf(TAKEN, "b"))
    moderator.submit(first, "main form", **{"f1-clash": "replace", "f1-note": "A"})
    page = admin.submit(second, "main form", **{"f1-clash": "replace", "f1-note": "B"})
    assert "4" in page.text("#flash .callout--warn") and "3" in page.text("#flash .callout--warn")
    assert [v.note for v in rows(MaterialVersion, MaterialVersion.material_id == cast["hr_material"])][-2:] == ["A", "B"]


def test_only_who_may_replace_is_offered_it_and_only_what_is_seen_is_told(browser, rows, cast):
    member = browser("member")
    page = bring(member, pdf(TAKEN))
    assert [tag["value"] for tag in page.soup.select("[name=f1-clash]")] == ["keep", "skip"]
    page = member.submit(page, "main form", **{"f1-clash": "replace", "f1-note": "Ohi"})
    assert page.status == 422 and page.has("#f1-clash-error")
    draft = rows(MaterialVersion, MaterialVersion.material_id == cast["hr_draft_material"])[0]
    assert bring(member, (io.BytesIO(b"Malli\n"), draft.file_name)).has("[value=replace]"), "her own draft"
    assert not bring(browser("medlem"), (io.BytesIO(b"Malli\n"), draft.file_name)).has("[name=f1-clash]"), "another's draft is not told of"


def test_two_files_of_one_name(browser, rows, cast):
    moderator = browser("moderator")
    page = bring(moderator, pdf(TAKEN, "a"), pdf(TAKEN, "b"))
    assert len(page.soup.select("[data-doubled]:not([hidden])")) == 2
    both = {"f1-clash": "replace", "f1-note": "A", "f2-clash": "replace", "f2-note": "B"}
    page = moderator.submit(page, "main form", **both)
    assert page.status == 422 and page.has("#f2-clash-error") and not page.has("#f1-clash-error")
    assert moderator.submit(page, "main form", **{"f2-clash": "keep"}).status == 200
    assert rows(Material, Material.id == cast["hr_material"])[0].version == 3


def test_no_more_than_fifty_at_a_time(browser, rows):
    page = bring(browser("moderator"), *((io.BytesIO(b"Rivi\n"), f"{n}.txt") for n in range(53)))
    assert page.status == 422
    assert len(entries(page)) == 50
    assert "50" in page.text("#file-error") and len(page.soup.select("#file-error p")) == 3


def test_an_upload_is_its_uploaders_alone(browser, rows, cast):
    """T08: with somebody else's upload nothing can be made or removed, and nothing is told of it."""
    page = bring(browser("moderator"), pdf("salainen.pdf"))
    stolen = page.soup.select_one("[data-upload]")["value"]
    member = browser("member")
    assert entries(member.get(f"{NEW}?upload={stolen}")) == []
    mine = bring(member, pdf("oma.pdf"))
    before = len(rows(Material))
    page = member.submit(mine, "main form", **{"f1-upload": stolen})
    assert page.status == 422 and "salainen" not in page.html
    assert page.soup.select_one("[name=f1-title_fi]")["value"] == "Oma"
    member.submit(mine, "main form", **{"f1-upload": stolen, "drop": "f1"})
    assert len(rows(Upload, Upload.id == stolen)) == 1
    assert len(rows(Material)) == before


def test_a_received_file_is_removed(browser, rows):
    moderator = browser("moderator")
    page = moderator.submit(bring(moderator, pdf("a.pdf"), pdf("b.pdf")), "main form", drop="f1", **{"f2-title_fi": "Pysyy"})
    assert entries(page) == ["b.pdf"]
    assert page.soup.select_one("[name=f2-title_fi]")["value"] == "Pysyy"
    assert [upload.name for upload in rows(Upload)] == ["b.pdf"]


def test_more_files_are_added_to_those_with_words(browser, rows):
    moderator = browser("moderator")
    page = moderator.submit(bring(moderator, pdf("a.pdf")), "main form", add="1", file=pdf("b.pdf"), **{"f1-title_fi": "Kirjoitettu"})
    assert entries(page) == ["a.pdf", "b.pdf"]
    assert page.soup.select_one("[name=f1-title_fi]")["value"] == "Kirjoitettu"
    assert moderator.submit(page, "main form").status == 200
    assert [m.title["fi"] for m in rows(Material)[-2:]] == ["Kirjoitettu", "B"]


@pytest.mark.parametrize("state", [UploadState.RECEIVING, UploadState.CHECKING])
def test_what_has_not_come_in_full_is_not_saved(browser, rows, app, state):
    moderator = browser("moderator")
    page = bring(moderator, pdf("puolikas.pdf"))
    with app.app_context():
        db.session.query(Upload).update({"state": state})
        db.session.commit()
    page = moderator.submit(page, "main form")
    assert page.status == 422
    assert page.text("#f1-file [data-fault]") and len(rows(Upload)) == 1


def test_a_store_that_is_down_is_said_and_the_words_stay(browser, rows, monkeypatch):
    moderator = browser("moderator")
    page = bring(moderator, pdf("a.pdf"))

    def down(_stream):
        raise store.StoreDown("out of reach")

    monkeypatch.setattr(store, "put", down)
    page = moderator.submit(page, "main form", file=pdf("b.pdf"), **{"f1-title_fi": "Kirjoitettu"})
    assert page.status == 422 and "b.pdf" in page.text("#file-error")
    monkeypatch.undo()
    moderator.submit(page, "main form")
    assert rows(Material)[-1].title == {"fi": "Kirjoitettu"}


def test_members_suggest_several(browser, rows):
    member = browser("member")
    page = member.submit(bring(member, pdf("a.pdf"), pdf("b.pdf")), "main form")
    assert "2" in page.text("#flash")
    assert {m.state for m in rows(Material)[-2:]} == {MaterialState.DRAFT}
    assert {"A", "B"} <= {tag.get_text(strip=True) for tag in page.soup.select("#results .list__title")}


def test_more_files_need_no_more_queries(browser, count_queries):
    moderator = browser("moderator")
    few = bring(moderator, pdf("a.pdf"), pdf("b.pdf")).response.request.full_path
    many = bring(moderator, *(pdf(f"{n}.pdf") for n in range(12))).response.request.full_path
    assert count_queries(lambda: moderator.get(few)) == count_queries(lambda: moderator.get(many)) <= 8
