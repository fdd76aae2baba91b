"""PPTX: the texts of the slides in their order, and the first slides as pictures."""

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from extranet.previews import limits
from extranet.previews.kinds import typeset
from extranet.previews.kinds.archive import open_archive, read_properties
from extranet.previews.kinds.gallery import Gallery, alternative
from extranet.previews.kinds.looks import Looks
from extranet.previews.report import Report

WIDE = 960.0  # points; what a slide is scaled to
MANY = 400  # shapes on a slide


def read(path: Path, report: Report) -> None:
    with open_archive(path) as archive:
        report.facts |= read_properties(archive)
    deck = Presentation(str(path))
    slides = list(deck.slides)
    report.page_count = len(slides)
    report.facts["pages"] = len(slides)
    silent = untitled = 0
    for slide in slides:
        shapes = _in_order(slide)
        silent += sum(_is_silent(shape) for shape in _flat(shapes))
        untitled += not _title(slide)
        if not report.add_part(_text(slide, shapes), _html(slide, shapes)):
            break
    report.facts |= {
        "pictures_without_text": silent,
        "slides_without_title": untitled,
        "language": report.facts["language"] or _language(slides),
    }
    report.save()
    if slides:
        _draw(deck, slides[: limits.PICTURES], report)


def _draw(deck: Any, slides: list[Any], report: Report) -> None:
    width, height = deck.slide_width or 12192000, deck.slide_height or 6858000
    looks = Looks(deck, WIDE / width, Gallery(report.folder))
    pages = [{"ground": looks.ground(slide), "items": looks.items(slide)} for slide in slides]
    data = {"width": WIDE, "height": round(min(height / width, 2) * WIDE, 1), "ppi": 75, "slides": pages}
    for png in typeset.slides(data, report.folder):
        report.add_png(png)


def _title(slide: Any) -> str:
    title = slide.shapes.title
    return " ".join(title.text_frame.text.split()) if title is not None and title.has_text_frame else ""


def _in_order(slide: Any) -> list[Any]:
    """The shapes but the title, from top to bottom and left to right, as they are read."""
    title = slide.shapes.title
    others = [shape for shape in slide.shapes if title is None or shape.shape_id != title.shape_id]
    return sorted(others[:MANY], key=lambda shape: ((shape.top or 0) // 300000, shape.left or 0))


def _flat(shapes: Iterable[Any]) -> Iterator[Any]:
    for shape in shapes:
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from _flat(shape.shapes)
        else:
            yield shape


def _words(shape: Any) -> list[tuple[int, str]]:
    """The paragraphs of a shape with their levels."""
    if not shape.has_text_frame:
        return []
    found = [(paragraph.level, " ".join(paragraph.text.split())) for paragraph in shape.text_frame.paragraphs]
    return [(level, text) for level, text in found if text]


def _alternative(shape: Any) -> str:
    for properties in shape._element.iter("{*}cNvPr"):
        return alternative(properties.get("descr"))
    return ""


def _is_silent(shape: Any) -> bool:
    return shape.shape_type == MSO_SHAPE_TYPE.PICTURE and not _alternative(shape)


def _text(slide: Any, shapes: list[Any]) -> str:
    parts = [_title(slide)]
    for shape in _flat(shapes):
        if shape.has_table:
            parts.append("\n".join("\t".join(row) for row in _rows(shape)))
        else:
            parts.append("\n".join(text for _level, text in _words(shape)))
    return "\n\n".join(part for part in parts if part.strip())


def _html(slide: Any, shapes: list[Any]) -> str:
    parts = [f"<h3>{escape(title)}</h3>" if (title := _title(slide)) else ""]
    for shape in _flat(shapes):
        if shape.has_table:
            first, *rows = _rows(shape)
            head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in first)
            body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
            parts.append(f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")
        elif shape.shape_type == MSO_SHAPE_TYPE.PICTURE:
            parts.append(f"<p><em>[{escape(_alternative(shape))}]</em></p>" if _alternative(shape) else "")
        else:
            parts.append(_list(_words(shape)))
    return "".join(parts)


def _list(words: list[tuple[int, str]]) -> str:
    if len(words) < 2:
        return "".join(f"<p>{escape(text)}</p>" for _level, text in words)
    html, depth = "", -1
    for level, text in words:
        if level > depth:
            html += "<ul>"
            depth += 1
        else:
            while depth > level:
                html += "</li></ul>"
                depth -= 1
            html += "</li>"
        html += f"<li>{escape(text)}"
    return html + "</li></ul>" * (depth + 1)


def _rows(shape: Any) -> list[list[str]]:
    return [[" ".join(cell.text.split()) for cell in row.cells] for row in shape.table.rows] or [[]]


def _language(slides: list[Any]) -> str:
    """The language that most runs are marked with."""
    counts: dict[str, int] = {}
    for slide in slides[:20]:
        for run in slide._element.iter("{*}rPr"):
            if language := run.get("lang"):
                counts[language] = counts.get(language, 0) + 1
    return max(counts, key=lambda language: counts[language]) if counts else ""
