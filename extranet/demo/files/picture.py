"""Pictures: slides of a recording, and figures drawn as bars. Set by the typesetter, whose letters include å, ä and ö."""

import io
import json
from functools import lru_cache
from pathlib import Path

import typst
from PIL import Image

from extranet.demo.files.paper import Figures, Paper, Part

_TEMPLATE = (Path(__file__).parent / "slide.typ").read_bytes()


def draw_part(part: Part, language: str, ppi: float = 72) -> bytes:
    """A slide with the heading and its list, 640 by 360 at 72 pixels an inch, as PNG."""
    return _draw(part.heading, "" if part.points else part.text, part.points, (), language, ppi)


def draw_figures(figures: Figures, language: str, ppi: float = 72) -> bytes:
    """The figures as bars, as PNG."""
    return _draw(figures.caption, "", (), figures.rows, language, ppi)


def draw_cover(paper: Paper, ppi: float = 72) -> bytes:
    """The first slide: title and lead, as PNG."""
    return _draw(paper.title, paper.lead, (), (), paper.language, ppi)


def make_png(paper: Paper) -> bytes:
    """The figures of the paper as a picture of 1280 by 720."""
    return draw_figures(paper.figures, paper.language, 144)


def make_jpeg(paper: Paper) -> bytes:
    """The same as a JPEG."""
    return _save(make_png(paper), "JPEG", quality=85)


def as_webp(png: bytes, quality: int = 60) -> bytes:
    """A lossy WebP."""
    return _save(png, "WEBP", quality=quality, method=1)


def _save(png: bytes, kind: str, **options: int) -> bytes:
    out = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        picture.convert("RGB").save(out, kind, **options)
    return out.getvalue()


@lru_cache(maxsize=256)
def _draw(title: str, text: str, points: tuple[str, ...], rows: tuple[tuple[str, int], ...], language: str, ppi: float) -> bytes:
    slide = {"title": title, "text": text, "points": points, "rows": rows, "language": language}
    made = typst.compile(
        _TEMPLATE, format="png", ppi=ppi, sys_inputs={"slide": json.dumps(slide, ensure_ascii=False)}, ignore_system_fonts=True
    )
    # Too much text for one slide makes a second one: the first is shown.
    found = made[0] if isinstance(made, list) else made
    assert isinstance(found, bytes)  # noqa: S101  no file was asked for
    return found
