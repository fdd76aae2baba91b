"""The demo makes its own files, of every type, without a program for it: what reads such files has to take them."""

import base64
import io
from concurrent.futures import ThreadPoolExecutor

import mammoth
import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import sync_playwright
from pptx import Presentation
from python_calamine import CalamineWorkbook

from extranet.demo.files.docx import make_docx
from extranet.demo.files.mp3 import make_mp3
from extranet.demo.files.paper import Figures, Paper, Part
from extranet.demo.files.picture import as_webp, draw_cover, draw_figures, draw_part, make_jpeg, make_png
from extranet.demo.files.pptx import make_pptx
from extranet.demo.files.tagged_pdf import make_tagged_pdf
from extranet.demo.files.vtt import make_vtt
from extranet.demo.files.webm import make_webm
from extranet.demo.files.xlsx import make_xlsx
from tests.browser.conftest import ARGUMENTS
from tests.optional import CHROMIUM

PART = Part("Ennen ensimmäistä työpäivää", "Sovitaan, kuka ottaa vastaan.", ("Avaimet & tunnukset", "Työpari <nimetään>"))
PAPER = Paper(
    "Perehdytys: “näin” & noin",
    "Yksi sivu.",
    "fi",
    (PART,),
    Figures("Kyselyn tulos", ("Yksikkö", "%"), (("Päiväkoti", 71), ("Varikko", 64))),
)


def text_of_pdf(content):
    document = pypdfium2.PdfDocument(content)
    return " ".join(page.get_textpage().get_text_range() for page in document)


def text_of_docx(content):
    return mammoth.convert_to_html(io.BytesIO(content)).value


def text_of_pptx(content):
    return " ".join(
        shape.text_frame.text for slide in Presentation(io.BytesIO(content)).slides for shape in slide.shapes if shape.has_text_frame
    )


def text_of_xlsx(content):
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return " ".join(str(cell) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row)


@pytest.mark.parametrize(
    ("make", "read"),
    [(make_tagged_pdf, text_of_pdf), (make_docx, text_of_docx), (make_pptx, text_of_pptx), (make_xlsx, text_of_xlsx)],
    ids=["pdf", "docx", "pptx", "xlsx"],
)
def test_a_document_says_what_the_paper_says(make, read):
    made = make(PAPER)
    text = read(made).replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
    for words in ("Perehdytys: “näin” & noin", "Ennen ensimmäistä työpäivää", "Työpari <nimetään>", "Kyselyn tulos", "71"):
        assert words in text
    assert make(PAPER) == made


def test_a_document_has_a_structure():
    html = text_of_docx(make_docx(PAPER))
    for mark in ("<h1>", "<ul><li>", "<table>", '<img alt="Kyselyn tulos: Päiväkoti 71, Varikko 64."'):
        assert mark in html
    pdf = make_tagged_pdf(PAPER)
    assert pypdfium2.PdfDocument(pdf).get_metadata_dict()["Title"] == PAPER.title
    assert b"/StructTreeRoot" in pdf and b"/Lang(fi" in pdf.replace(b"/Lang (", b"/Lang(")


@pytest.mark.parametrize(("make", "kind"), [(make_png, "PNG"), (make_jpeg, "JPEG")])
def test_a_picture_is_one(make, kind):
    picture = Image.open(io.BytesIO(make(PAPER)))
    picture.load()
    assert (picture.format, picture.size) == (kind, (1280, 720))
    assert make(PAPER) == make(PAPER)


def test_captions_have_times():
    assert make_vtt(["Yksi", "Kaksi"], 40).decode().split("\n\n")[2] == "00:00:40.000 --> 00:01:20.000\nKaksi\n"


PLAY = """async ([kind, source, to]) => {
  const player = document.createElement(kind);
  player.muted = kind == "video";
  player.src = source;
  document.body.append(player);
  const ready = new Promise((go, stop) => { player.onseeked = go; player.onerror = () => stop(player.error.message) });
  await player.play();
  player.currentTime = to;
  await ready;
  return { at: player.currentTime, duration: player.duration, width: player.videoWidth, height: player.videoHeight };
}"""
LISTEN = """async source => {
  const bytes = await (await fetch(source)).arrayBuffer();
  const sound = await new OfflineAudioContext(1, 48000, 48000).decodeAudioData(bytes);
  return Math.max(...sound.getChannelData(0).slice(0, 48000).map(Math.abs));
}"""


@pytest.mark.browser
def test_a_real_browser_plays_recordings_and_goes_to_any_moment():
    # In a thread of its own: another test's browser may have left an event loop in this one.
    with ThreadPoolExecutor(1) as thread:
        seen, heard, loudest = thread.submit(play_and_listen).result()
    assert 9 <= seen["at"] < 12 and (seen["duration"], seen["width"], seen["height"]) == (12, 640, 360)
    assert 6 <= heard["at"] < 9 and heard["duration"] == 9
    assert 0.01 < loudest < 0.5


def play_and_listen():
    slides = [as_webp(draw) for draw in (draw_cover(PAPER), draw_part(PART, "fi"), draw_figures(PAPER.figures, "fi"))]
    video = "data:video/webm;base64," + base64.b64encode(make_webm(PAPER.title, slides, 640, 360)).decode()
    audio = "data:audio/mpeg;base64," + base64.b64encode(make_mp3(PAPER.title, 9)).decode()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, "--autoplay-policy=no-user-gesture-required"])
        page = chromium.new_page()
        seen, heard = page.evaluate(PLAY, ["video", video, 9]), page.evaluate(PLAY, ["audio", audio, 6])
        loudest = page.evaluate(LISTEN, audio)
        chromium.close()
    return seen, heard, loudest
