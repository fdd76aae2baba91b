"""DOCX: mammoth makes HTML of it; of that come the text and the typeset pages."""

import re
from pathlib import Path
from typing import Any

import mammoth

from extranet.previews import limits
from extranet.previews.kinds import typeset
from extranet.previews.kinds.archive import open_archive, read_page_count, read_properties, read_xml
from extranet.previews.kinds.blocks import HEADINGS, as_text, take_apart
from extranet.previews.kinds.gallery import Gallery, alternative
from extranet.previews.report import Report

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh"


def read(path: Path, report: Report) -> None:
    with open_archive(path) as archive:
        report.facts |= read_properties(archive)
        report.facts["language"] = report.facts["language"] or _language(read_xml(archive, "word/styles.xml"))
        report.facts["pictures_without_text"] = _count_silent(read_xml(archive, "word/document.xml"))
        counted = read_page_count(archive)
    gallery = Gallery(report.folder)
    with path.open("rb") as file:
        html = mammoth.convert_to_html(file, convert_image=mammoth.images.img_element(gallery.keep), style_map=STYLES).value
    finish(html, report, gallery, counted)


def finish(html: str, report: Report, gallery: Gallery, counted: int) -> None:
    """Text, clean headings and pictures of a document that has become HTML."""
    blocks = take_apart(html)
    report.facts["headings"] = sum(block.kind == "heading" for block in blocks)
    report.facts["pages"] = counted
    report.add_part(as_text(blocks), _plain_cells(_below(_speak(html))))
    report.page_count = counted
    report.save()
    pages, is_whole = typeset.document(blocks, report.folder, gallery.names, str(report.facts.get("language", "")))
    # Where every page was set there are as many as that, whatever the program that wrote it counted.
    report.page_count = len(pages) if is_whole else max(counted, len(pages))
    for png in pages[: limits.PICTURES]:
        report.add_png(png)


def _speak(html: str) -> str:
    """In place of each picture its alternative text."""

    def say(picture: re.Match[str]) -> str:
        found = re.search(r'\balt="([^"]+)"', picture[0])
        return f"<em>[{found[1]}]</em>" if found and alternative(found[1]) else ""

    return re.sub(r"<img\b[^>]*>", say, html)


def _below(html: str) -> str:
    """The document's own headings, below the h1 of the page that shows them, without leaps."""
    used = sorted({HEADINGS[tag] for tag in re.findall(r"<(h[1-6])>", html)})
    levels = {f"h{level}": f"h{min(place + 2, 4)}" for place, level in enumerate(used)}
    return re.sub(r"<(/?)(h[1-6])>", lambda found: f"<{found[1]}{levels.get(found[2], 'h4')}>", html)


def _plain_cells(html: str) -> str:
    """A cell with one paragraph needs no paragraph."""
    return re.sub(r"<(t[dh])\b([^>]*)><p>((?:(?!</?p>).)*)</p></\1>", r"<\1\2>\3</\1>", html, flags=re.S)


def _language(styles: Any) -> str:
    language = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang") if styles is not None else None
    return str(language.get(f"{W}val", ""))[:20] if language is not None else ""


def _count_silent(document: Any) -> int:
    """Pictures without an alternative text."""
    if document is None:
        return 0
    return sum(not alternative(properties.get("descr")) for properties in document.iter(f"{WP}docPr"))
