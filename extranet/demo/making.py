"""Writes the files of the demo's library into the store, each once: title, issue and edition decide what it says."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass

from extranet.demo.files import make_pdf
from extranet.demo.files.docx import make_docx
from extranet.demo.files.mp3 import make_mp3
from extranet.demo.files.paper import Paper
from extranet.demo.files.picture import as_webp, draw_cover, draw_figures, draw_part, make_jpeg, make_png
from extranet.demo.files.pptx import make_pptx
from extranet.demo.files.tagged_pdf import make_tagged_pdf
from extranet.demo.files.webm import make_webm
from extranet.demo.files.xlsx import make_xlsx
from extranet.demo.issues import Issue
from extranet.demo.texts import Request, write_paper
from extranet.materials.models import MaterialLanguage
from extranet.storage import store
from extranet.storage.sniff import sniff

SECONDS = 4  # a slide of a recording
SLIDES = 3


@dataclass(frozen=True)
class Made:
    """A file in the store, and the paper that it was made of."""

    name: str
    mime: str
    sha256: str
    size: int
    paper: Paper


def _plain(paper: Paper) -> bytes:
    return make_pdf(paper.title, paper.lines())


def _video(paper: Paper) -> bytes:
    parts = [draw_part(part, paper.language) for part in paper.parts[:SLIDES]]
    slides = [as_webp(png) for png in (draw_cover(paper), *parts, draw_figures(paper.figures, paper.language))]
    return make_webm(paper.title, slides, 640, 360, SECONDS)


def _audio(paper: Paper) -> bytes:
    return make_mp3(paper.title, 12, paper.language, len(paper.title))


MAKERS: dict[str, tuple[str, Callable[[Paper], bytes]]] = {
    "pdf": ("pdf", make_tagged_pdf),
    "plain": ("pdf", _plain),
    "docx": ("docx", make_docx),
    "pptx": ("pptx", make_pptx),
    "xlsx": ("xlsx", make_xlsx),
    "png": ("png", make_png),
    "jpg": ("jpg", make_jpeg),
    "webm": ("webm", _video),
    "mp3": ("mp3", _audio),
}


class Press:
    """Makes a file when it is first asked for; later issues that are there for measurements share it."""

    def __init__(self) -> None:
        self._made: dict[tuple[int, int, int], Made] = {}

    def make(self, issue: Issue, edition: int) -> Made:
        """The file of one edition of an issue."""
        key = (*issue.key, edition)
        if key not in self._made:
            self._made[key] = self._print(issue, edition)
        return self._made[key]

    def _print(self, issue: Issue, edition: int) -> Made:
        paper = write(issue, edition)
        ending, maker = MAKERS[issue.title.make]
        content = io.BytesIO(maker(paper))
        mime = sniff(content) or "application/octet-stream"
        stored = store.put(content)
        name = re.sub(r"[:/\\]", "", re.sub(r": +", " - ", paper.title))
        return Made(f"{name}.{ending}", mime, stored.sha256, stored.size, paper)


def write(issue: Issue, edition: int) -> Paper:
    """What an edition of an issue says."""
    title = issue.title
    language = "sv" if title.language == MaterialLanguage.SV else "fi"
    return write_paper(
        Request(
            title=issue.name.choose(language)[0],
            lead=title.lead.choose(language)[0],
            topic=title.topic,
            language=language,
            number=issue.place + issue.number,
            edition=edition,
            year=issue.year,
            careful=title.careful,
            also="sv" if title.language == MaterialLanguage.BOTH else "",
        )
    )


def spoken(paper: Paper) -> list[str]:
    """What is said while each slide of its recording is on the screen."""
    return [paper.title, *(part.text for part in paper.parts[:SLIDES]), paper.figures.in_words()]
