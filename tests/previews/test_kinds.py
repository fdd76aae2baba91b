"""What the child makes of files of each type, well made and hostile. Each case starts a real one."""

import io

import pytest
import xlsxwriter
from PIL import Image

from extranet.demo.files.docx import make_docx
from extranet.demo.files.mp3 import make_mp3
from extranet.demo.files.picture import as_webp, draw_cover
from extranet.demo.files.plain_pdf import make_pdf
from extranet.demo.files.pptx import make_pptx
from extranet.demo.files.tagged_pdf import make_tagged_pdf
from extranet.demo.files.webm import make_webm
from extranet.demo.files.xlsx import make_xlsx
from extranet.previews import limits, sandbox
from extranet.previews.child import OFFICE, OPEN
from tests.previews import files
from tests.previews.files import CARELESS, PAPER

PDF, TEXT = "application/pdf", "text/plain"
DOCX = f"{OFFICE}.wordprocessingml.document"
PPTX = f"{OFFICE}.presentationml.presentation"
XLSX = f"{OFFICE}.spreadsheetml.sheet"


@pytest.fixture
def make(tmp_path):
    def run(content, mime):
        (tmp_path / "file").write_bytes(content)
        return sandbox.run(tmp_path, mime)

    return run


def test_pdf(make):
    made = make(make_tagged_pdf(PAPER), PDF)
    assert "Varaa työväline" in made.text and "<script>" in made.text
    assert "&lt;script&gt;" in made.html and "<script" not in made.html
    assert made.facts["tagged"] and made.facts["language"].startswith("fi") and made.facts["title"] == PAPER.title
    assert made.facts["scanned"] is False and "fault" not in made.facts
    assert len(made.pictures) == made.page_count >= 1
    assert made.pictures[0].width == limits.WIDTH


def test_pdf_of_a_hundred_thousand_pages(make):
    made = make(files.endless_pdf(), PDF)
    assert made.page_count == 100_000
    assert len(made.pictures) == limits.PICTURES
    assert 1 < made.text.count("\f") < limits.TEXT_PAGES
    assert made.facts["cut"] and not made.facts["tagged"]


def test_docx(make):
    made = make(make_docx(PAPER), DOCX)
    assert made.html.startswith(f"<h2>{PAPER.title}</h2>") and "<ul><li>Avain</li><li>Tunnukset</li></ul>" in made.html
    assert "<td>2026</td>" in made.html and "&lt;script&gt;" in made.html and "<img" not in made.html
    assert f"[{PAPER.figures.in_words()}]" in made.html
    assert "Ennen ensimmäistä päivää" in made.text and "2026\t18" in made.text
    assert made.facts["headings"] >= 3 and made.facts["pictures_without_text"] == 0 and made.facts["language"] == "fi-FI"
    assert made.pictures


def test_pptx(make):
    made = make(make_pptx(CARELESS), PPTX)
    slides = made.html.split("\f")
    assert len(slides) == made.page_count == len(made.pictures) > 2
    assert "<h3>Ennen ensimmäistä päivää</h3>" in made.html and "<li>Avain</li>" in made.html
    assert made.facts["pictures_without_text"] >= 1
    assert made.pictures[0].width > made.pictures[0].height


def test_xlsx(make):
    made = make(make_xlsx(PAPER), XLSX)
    assert "<table>" in made.html and "2026" in made.text and "18" in made.text
    assert len(made.pictures) == 1


def test_odt(make):
    made = make(files.odt(), f"{OPEN}.text")
    assert made.text == "Otsikko\n\nEnsimmäinen <b> kappale\n\n• Kohta\n\nSolu"
    assert made.html.startswith("<h2>Otsikko</h2><p>Ensimmäinen &lt;b&gt; kappale</p><ul>")
    assert (made.facts["title"], made.facts["language"], made.facts["headings"]) == ("Ohje", "fi-FI", 1)
    assert made.pictures


def test_text(make):
    made = make("Rivi <b>\njatkuu\n\nToinen åäö\n".encode("cp1252"), TEXT)
    assert made.text == "Rivi <b>\njatkuu\n\nToinen åäö"
    assert made.html == "<p>Rivi &lt;b&gt;<br>jatkuu</p><p>Toinen åäö</p>"
    assert made.pictures == ()


def test_a_picture_is_turned_and_forgets_where_it_was_taken(make):
    made = make(files.photo(), "image/jpeg")
    (picture,) = made.pictures
    with Image.open(picture.path) as image:
        assert image.format == "WEBP" and image.size == (1000, 2000)
        assert not image.getexif()
    assert b"Salainen" not in picture.path.read_bytes()


RECORDINGS = {
    "audio/mpeg": (make_mp3("Puhe", 3), {"duration": 3.0}),
    "video/webm": (make_webm("Esitys", [as_webp(draw_cover(PAPER))] * 2, 720, 405), {"duration": 8.0, "width": 720, "height": 405}),
    "video/mp4": (files.mp4(95), {"duration": 95.0, "width": 1280, "height": 720}),
}


@pytest.mark.parametrize("mime", RECORDINGS)
def test_recordings(make, mime):
    content, facts = RECORDINGS[mime]
    made = make(content, mime)
    assert made.facts == pytest.approx(facts, rel=0.05)


HOSTILE = {
    "broken pdf": (b"%PDF-1.4\nno objects at all", PDF, "broken"),
    "locked pdf": (files.locked_pdf(), PDF, "locked"),
    "half a pdf": (make_pdf("Otsikko", ["rivi"])[:300], PDF, "broken"),
    "bloated archive": (files.bloated_zip(), DOCX, "large"),
    "crowded archive": (files.crowded_zip(), PPTX, "large"),
    "billion laughs": (files.laughing_docx(), DOCX, "broken"),
    "no document inside": (files.pack(**{"[Content_Types].xml": "<Types/>"}), PPTX, "broken"),
    "vast picture": (files.vast_png(), "image/png", "large"),
    "no picture": (b"\x89PNG\r\n\x1a\nxxxx", "image/png", "broken"),
    "no recording": (b"ID3" + bytes(2000), "audio/mpeg", "broken"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_files_end_with_a_word(make, case):
    content, mime, fault = HOSTILE[case]
    made = make(content, mime)
    assert made.facts["fault"] == fault
    assert not made.is_something


def test_a_cell_far_away(make):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write(1_048_575, 16_383, "kaukana")
        book.worksheets()[0].write(0, 0, "lähellä")
    assert make(out.getvalue(), XLSX).facts["fault"] == "large"
