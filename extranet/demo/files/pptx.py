"""A set of slides: a title, a slide for each part, the figures as bars, and the same as a picture."""

import io
from datetime import datetime
from functools import cache
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from extranet.demo.files.docx import LOCALES
from extranet.demo.files.paper import Figures, Paper, Part
from extranet.demo.files.picture import draw_figures
from extranet.demo.files.zipped import repack

TITLE, BULLETS, TITLE_ONLY = 0, 1, 2
GREEN = RGBColor(0x1F, 0x6F, 0x6B)  # type: ignore[no-untyped-call]


def make_pptx(paper: Paper) -> bytes:
    """The paper as slides, 16 to 9."""
    show = Presentation(io.BytesIO(_template()))
    first = show.slides.add_slide(show.slide_layouts[TITLE])
    first.shapes.title.text = paper.title
    first.placeholders[1].text = paper.lead
    for part in paper.parts:
        _add_bullets(show, part)
    _add_bars(show, paper.figures)
    _add_picture(show, paper)
    about = show.core_properties
    about.author, about.last_modified_by = "", ""
    about.title = paper.title if paper.careful else ""
    about.language = LOCALES[paper.language] if paper.careful else ""
    about.created = about.modified = datetime(2024, 1, 2, 12)
    out = io.BytesIO()
    show.save(out)
    return repack(out.getvalue())


@cache
def _template() -> bytes:
    """The library's own template, which is 4 to 3, widened, with the three layouts that are used."""
    show = Presentation()
    show.slide_width, show.slide_height = Inches(13.333), Inches(7.5)
    layouts = list(show.slide_layouts)
    for layout in (*layouts[2:5], *layouts[6:]):
        show.slide_layouts.remove(layout)
    for holder in (show.slide_master, *show.slide_layouts):
        for name, key in (("a:off", "x"), ("a:ext", "cx")):
            for place in holder._element.iter(qn(name)):
                if key in place.attrib:
                    place.set(key, str(int(place.get(key)) * 4 // 3))
    out = io.BytesIO()
    show.save(out)
    return out.getvalue()


def _add_bullets(show: Any, part: Part) -> None:
    slide = show.slides.add_slide(show.slide_layouts[BULLETS])
    slide.shapes.title.text = part.heading
    text = slide.placeholders[1].text_frame
    text.text = part.text
    for point in part.points:
        text.add_paragraph().text = point
    for paragraph in text.paragraphs:
        paragraph.font.size = Pt(24)


def _add_bars(show: Any, figures: Figures) -> None:
    """Bars as shapes, each with its words inside: they are read in order."""
    slide = show.slides.add_slide(show.slide_layouts[TITLE_ONLY])
    slide.shapes.title.text = figures.caption
    most = max(value for _name, value in figures.rows) or 1
    for number, (name, value) in enumerate(figures.rows):
        width = Inches(4 + 7.5 * value / most)
        bar = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Inches(0.9), Inches(1.8 + 0.85 * number), width, Inches(0.6))
        bar.name, bar.text_frame.text = name, f"{name}: {value}"
        bar.fill.solid()
        bar.fill.fore_color.rgb = GREEN
        bar.line.fill.background()


def _add_picture(show: Any, paper: Paper) -> None:
    slide = show.slides.add_slide(show.slide_layouts[TITLE_ONLY])
    slide.shapes.title.text = f"{paper.figures.names[0]} – {paper.figures.names[1]}"
    picture = slide.shapes.add_picture(io.BytesIO(draw_figures(paper.figures, paper.language)), Inches(2.2), Inches(1.8), width=Inches(8.9))
    picture._element.nvPicPr.cNvPr.set("descr", paper.figures.in_words() if paper.careful else "")
