"""PDF by PDFium: text, facts, and pictures of the first pages."""

import ctypes
import re
import time
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extranet.previews import limits
from extranet.previews.report import Fault, Report

SCANNED = 20  # fewer letters than this on a page: it is a picture of text
_BULLET = re.compile(r"^\s*([•‣▪–●◦*-]|\d{1,2}[.)])\s")


def read(path: Path, report: Report) -> None:
    try:
        pdf = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise Fault("locked" if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY) else "broken") from error
    report.page_count = len(pdf)
    if not report.page_count:
        raise Fault("broken")
    report.facts |= {
        "pages": report.page_count,
        "tagged": bool(raw.FPDFCatalog_IsTagged(pdf)),
        "title": pdf.get_metadata_value("Title").strip()[:300],
        "language": _language(pdf),
    }
    _read_texts(pdf, report)
    report.save()
    for number in range(min(report.page_count, limits.PICTURES)):
        picture = _try(pdf, number, _draw)
        if picture is not None and not report.add_picture(picture):
            break


def _draw(page: Any) -> Any:
    width, height = page.get_size()
    scale = min(limits.WIDTH / max(width, 1), limits.HEIGHT / max(height, 1))
    return page.render(scale=scale, rev_byteorder=True).to_pil()


def _read_texts(pdf: Any, report: Report) -> None:
    until = time.monotonic() + limits.TEXT_SECONDS
    letters = pages = 0
    for number in range(min(report.page_count, limits.TEXT_PAGES)):
        text = _try(pdf, number, lambda page: page.get_textpage().get_text_bounded()) or ""
        paragraphs = as_paragraphs(text)
        letters += sum(len(paragraph) for paragraph in paragraphs)
        pages += 1
        has_room = report.add_part("\n\n".join(paragraphs), "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs))
        if not has_room or time.monotonic() > until:
            break
    report.facts["scanned"] = letters < SCANNED * pages
    if pages < report.page_count:
        report.facts["cut"] = True


def as_paragraphs(text: str) -> list[str]:
    """Lines put together again: a paragraph ends with an empty line, a short one, or before a bullet."""
    lines = [" ".join(line.split()) for line in _clean(text).splitlines()]
    usual = sorted(len(line) for line in lines)[int(len(lines) * 0.9)] if lines else 0
    paragraphs: list[str] = []
    is_open = False
    for line in lines:
        if not line:
            is_open = False
            continue
        if is_open and not _BULLET.match(line):
            paragraphs[-1] = f"{paragraphs[-1][:-1]}{line}" if paragraphs[-1].endswith("\u00ad") else f"{paragraphs[-1]} {line}"
        else:
            paragraphs.append(line)
        is_open = len(line) >= usual * 0.7
    return [paragraph.replace("\u00ad", "") for paragraph in paragraphs]


def _clean(text: str) -> str:
    """PDFium marks a hyphen at a line's end with U+FFFE or U+0002."""
    text = re.sub(r"[\ufffe\x02]\r?\n?", "\u00ad\n", text)
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\uffff]", "", text).replace("\r", "\n").replace("\u00ad\n\n", "\u00ad\n")


def _language(pdf: Any) -> str:
    length = raw.FPDFCatalog_GetLanguage(pdf, None, 0)
    if not 2 < length < 200:
        return ""
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFCatalog_GetLanguage(pdf, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), length)
    return buffer.raw[:length].decode("utf-16-le", "ignore").strip("\x00 ")[:20]


def _try(pdf: Any, number: int, read: Callable[[Any], Any]) -> Any:
    """One page that cannot be read is no reason to give up the others."""
    try:
        return read(pdf[number])
    except pdfium.PdfiumError:
        return None
