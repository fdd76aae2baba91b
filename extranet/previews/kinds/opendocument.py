"""ODT and ODP: content.xml as HTML; a text document is typeset, of slides there is the text."""

from html import escape
from pathlib import Path
from typing import Any

from extranet.previews.kinds.archive import open_archive, read_xml
from extranet.previews.kinds.blocks import as_text, take_apart
from extranet.previews.kinds.gallery import Gallery, alternative
from extranet.previews.kinds.word import finish
from extranet.previews.report import Fault, Report

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_LINK = "{http://www.w3.org/1999/xlink}"
DEEP = 60


def read(path: Path, report: Report) -> None:
    with open_archive(path) as archive:
        if b"encryption-data" in _manifest(archive):
            raise Fault("locked")
        content, meta = read_xml(archive, "content.xml"), read_xml(archive, "meta.xml")
        body = content.find(f"{_OFFICE}body") if content is not None else None
        if body is None:
            raise Fault("broken")
        report.facts |= {"title": _meta(meta, "title"), "language": _meta(meta, "language")}
        gallery = Gallery(report.folder)
        writer = _Writer(archive, gallery)
        slides = list(body.iter(f"{_DRAW}page"))
        parts = [writer.inside(slide, 0) for slide in slides] or [writer.inside(body, 0)]
    report.facts["pictures_without_text"] = writer.silent
    if not slides:
        finish(parts[0], report, gallery, 0)
        return
    report.page_count = report.facts["pages"] = len(slides)
    for html in parts:
        if not report.add_part(as_text(take_apart(html)), html):
            break


def _manifest(archive: Any) -> bytes:
    try:
        return bytes(archive.read("META-INF/manifest.xml"))
    except KeyError:
        return b""


def _meta(meta: Any, name: str) -> str:
    found = meta.find(f".//{{http://purl.org/dc/elements/1.1/}}{name}") if meta is not None else None
    return (found.text or "").strip()[:300] if found is not None else ""


class _Writer:
    def __init__(self, archive: Any, gallery: Gallery) -> None:
        self.archive = archive
        self.gallery = gallery
        self.silent = 0

    def inside(self, element: Any, depth: int) -> str:
        if depth > DEEP:
            return ""
        return "".join(self.one(child, depth + 1) for child in element)

    def one(self, element: Any, depth: int) -> str:
        """An element as HTML. What has no counterpart is passed through; notes of the speaker are left out."""
        tag = element.tag
        if tag == f"{_TEXT}h":
            level = element.get(f"{_TEXT}outline-level", "1")
            level = min(int(level), 6) if level.isdecimal() and level != "0" else 1
            return f"<h{level}>{self.line(element, depth)}</h{level}>"
        if tag == f"{_TEXT}p":
            return f"<p>{self.line(element, depth)}</p>"
        if tag == f"{_DRAW}frame":
            return self.frame(element, depth)
        wrapped = {f"{_TEXT}list": "ul", f"{_TEXT}list-item": "li", f"{_TABLE}table": "table", f"{_TABLE}table-row": "tr"}.get(tag)
        if wrapped:
            return f"<{wrapped}>{self.inside(element, depth)}</{wrapped}>"
        if tag == f"{_TABLE}table-cell":
            return f"<td>{self.inside(element, depth)}</td>"
        if tag.endswith(("}notes", "}tracked-changes", "}sequence-decls", "}forms", "}annotation")):
            return ""
        return self.inside(element, depth)

    def line(self, element: Any, depth: int) -> str:
        """The words of a paragraph, with line breaks, tabs and runs of spaces; pictures in it follow."""
        if depth > DEEP:
            return ""
        words = escape(element.text or "")
        for child in element:
            if child.tag == f"{_TEXT}line-break":
                words += "<br>"
            elif child.tag == f"{_TEXT}tab":
                words += "\t"
            elif child.tag == f"{_TEXT}s":
                words += " "
            elif child.tag == f"{_DRAW}frame":
                words += self.frame(child, depth + 1)
            elif not child.tag.endswith(("}note", "}annotation")):
                words += self.line(child, depth + 1)
            words += escape(child.tail or "")
        return words

    def frame(self, frame: Any, depth: int) -> str:
        image = frame.find(f"{_DRAW}image")
        if image is None:
            return self.inside(frame, depth)
        said = ""
        for name in ("desc", "title"):
            found = frame.find(f"{_SVG}{name}")
            said = said or alternative(found.text if found is not None else "")
        self.silent += not said
        try:
            src = self.gallery.add(self.archive.read(image.get(f"{_LINK}href", "")))
        except KeyError:
            src = ""
        return f'<img src="{escape(src)}" alt="{escape(said)}">'
