"""What the page of a material shows of its file, and who gets the pictures and the text."""

import io

import pytest

from extranet.audit.models import AuditEvent
from extranet.core.db import db
from extranet.demo.files.docx import make_docx
from extranet.demo.files.plain_pdf import make_pdf
from extranet.jobs.models import Job
from extranet.materials.models import Download, Material, MaterialVersion
from extranet.materials.preview_tasks import catch_up
from extranet.previews.models import Preview, PreviewState
from extranet.previews.queries import request
from tests.jobs.work import work_off
from tests.materials.recordings import add_recording
from tests.previews.files import PAPER

LINES = [f"Rivi {n}: perehdytys alkaa ennen ensimmäistä päivää." for n in range(100)]


@pytest.fixture
def bring(browser, cast, app):
    """Replace the file of the HR network's material, and have its preview made."""

    def do(content, name, works=True):
        file = (io.BytesIO(content), name)
        address = f"/materials/{cast['hr_material']}/"
        assert browser("moderator").post(f"{address}replace", note="Uusi", seen="2", file=file).status == 303
        if works:
            work_off(app)
        return address

    return do


def test_pages_one_after_the_other_without_javascript(browser, bring, count_queries):
    address = bring(make_pdf("Ohje", LINES), "ohje.pdf")
    reader = browser("contact")
    page = reader.get(address)
    assert page.text("#preview figcaption") == "Sivu 1 / 3 Lue tekstinä Seuraava , 2 / 3"
    assert "Sivu 1" in page.soup.select_one("#preview img")["alt"]
    page = reader.get(page.soup.select_one("#preview-next")["href"])
    assert page.text("#preview figcaption").startswith("Sivu 2 / 3") and page.has("#preview-previous")
    fragment = reader.get(f"{address}?page=3", target="preview")
    assert "Sivu 3 / 3" in fragment.html and "<h1" not in fragment.html
    for wrong in ("0", "99", "x", "9" * 30):
        assert "Sivu" in reader.get(f"{address}?page={wrong}").text("#preview figcaption")
    assert count_queries(lambda: reader.get(address)) <= 8


def test_a_picture_is_sent_like_the_file_itself(browser, bring, rows):
    address = bring(make_pdf("Ohje", LINES), "ohje.pdf")
    got = browser("member").get(f"{address}pages/1.webp")
    assert (got.status, got.headers["Content-Type"]) == (200, "image/webp")
    assert got.response.data[:4] == b"RIFF"
    assert got.headers["Cache-Control"].startswith("private") and "inline" in got.headers["Content-Disposition"]
    assert browser("member").get(f"{address}pages/1.webp", **{"If-None-Match": got.headers["ETag"]}).status == 304
    assert browser("member").get(f"{address}pages/4.webp").status == 404
    assert rows(Download) == []
    # The earlier version was never shown; nobody but editors may ask for it (I-22).
    assert browser("member").get(f"{address}pages/1.webp?version=2").status == 403
    assert browser("member").get(f"{address}text?version=2").status == 403
    assert browser("moderator").get(f"{address}text?version=2").status == 200
    assert browser("moderator").get(f"{address}text?version=9").status == 404


def test_read_as_text(browser, bring, cast):
    address = bring(make_docx(PAPER), "ohje.docx")
    page = browser("member").get(browser("member").get(address).soup.select_one("#preview a[href$=text]")["href"])
    assert page.soup.select_one("article")["lang"] == "fi"
    assert [h.get_text() for h in page.soup.select("article h2")][:2] == [PAPER.title, PAPER.parts[0].heading]
    assert page.has("article table th") and page.has("article li") and not page.has("article script, article img")
    address = bring(make_pdf("Ohje", LINES), "ohje.pdf")
    page = browser("member", "sv").get(f"{address}text?lang=sv")
    headings = page.soup.select("article h2")
    assert [(h.get_text(), h["lang"]) for h in headings] == [(f"Sida {n}", "sv") for n in (1, 2, 3)]


def test_while_it_is_made_and_when_it_cannot_be(browser, bring, app):
    address = bring(make_pdf("Ohje", LINES), "ohje.pdf", works=False)
    page = browser("member").get(address)
    assert "Esikatselua tehdään" in page.text("#preview")
    assert page.soup.select_one("#preview [hx-trigger]")["href"] == address
    assert "Tekstiä luetaan" in browser("member").get(f"{address}text").text()
    with app.app_context():
        db.session.query(Preview).update({"state": PreviewState.FAILED, "facts": {"fault": "locked"}})
        db.session.commit()
    assert "salasanalla" in browser("member").get(address).text("#preview")
    assert "Tekstiä ei ole" in browser("member").get(f"{address}text").text()


def test_a_file_without_a_preview_has_no_empty_place(browser, cast):
    page = browser("member").get(f"/materials/{cast['hr_material']}/")
    assert page.status == 200 and not page.has("#preview")


def test_a_recording_plays_in_the_page_and_that_is_no_download(browser, rows):
    material_id = add_recording(browser("moderator"))
    page = browser("member").get(f"/materials/{material_id}/")
    player = page.soup.select_one("audio[controls][preload=metadata]")
    assert page.has("[data-speed][hidden] option[selected]")
    got = browser("member").get(player["src"], Range="bytes=0-99")
    assert (got.status, got.headers["Content-Type"], len(got.response.data)) == (206, "audio/mpeg", 100)
    assert got.headers["Content-Disposition"].startswith("inline")
    assert rows(Download) == [] and rows(Material, Material.id == material_id)[0].download_count == 0
    assert rows(AuditEvent, AuditEvent.name == "materials.download") == []
    assert "media-src 'self'" in page.headers["Content-Security-Policy"]


def test_only_recordings_play(browser, cast):
    assert browser("member").get(f"/materials/{cast['hr_material']}/play").status == 404


def test_one_file_in_two_materials_is_read_once(browser, cast, app, rows):
    """By its content; and what its reader may see of the text follows each material by itself."""
    (version,) = rows(MaterialVersion, MaterialVersion.material_id == cast["advisory_material"])
    with app.app_context():
        for _time in range(2):
            request(version.sha256, version.mime)
        db.session.commit()
    assert len(rows(Job, Job.name == "previews.make")) == 1
    work_off(app)
    assert browser("expert").get(f"/materials/{cast['advisory_material']}/text").status == 200
    for way in ("text", "pages/1.webp", "play"):
        assert browser("member").get(f"/materials/{cast['advisory_material']}/{way}").status == 404
        assert browser("visitor").get(f"/materials/{cast['advisory_material']}/{way}").status == 302


def test_what_came_before_gets_its_preview_at_night(app, rows, cast):
    current = {
        v.sha256 for m in rows(Material) for v in rows(MaterialVersion, MaterialVersion.material_id == m.id) if v.number == m.version
    }
    for _night in range(2):
        with app.app_context():
            catch_up()
            db.session.commit()
    assert {preview.sha256 for preview in rows(Preview)} == current
    assert len(rows(Job, Job.name == "previews.make")) == len(current)
