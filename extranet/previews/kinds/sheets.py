"""XLSX and ODS: the first sheets as tables with an end, and how the first of them begins as a picture."""

import re
from contextlib import suppress
from datetime import date, datetime, time
from html import escape
from pathlib import Path
from typing import Any

import python_calamine

from extranet.previews.kinds import typeset
from extranet.previews.kinds.archive import open_archive, read_properties
from extranet.previews.kinds.blocks import take_apart
from extranet.previews.report import Fault, Report

SHEETS = 5
ROWS = 200
COLUMNS = 20
CELL = 300
FAR = 20_000_000  # cells between the first and the last one; a stray one far away would fill the memory with empty ones
_DIMENSION = re.compile(rb'<dimension ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')


def read(path: Path, report: Report) -> None:
    with open_archive(path) as archive:
        report.facts |= read_properties(archive)
        for name in archive.namelist():
            if name.startswith("xl/worksheets/"):
                with archive.open(name) as part:
                    _check_extent(part.read(4096))
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
    except python_calamine.PasswordError as error:
        raise Fault("locked") from error
    except python_calamine.CalamineError as error:
        raise Fault("broken") from error
    report.facts["pages"] = report.page_count = len(book.sheet_names)
    first = ""
    for name in book.sheet_names[:SHEETS]:
        rows = []
        with suppress(python_calamine.CalamineError):
            rows = _cells(book.get_sheet_by_name(name).to_python(nrows=ROWS + 1))
        html = _table(rows[:ROWS])
        first = first or html
        if len(rows) > ROWS:
            report.facts["cut"] = True
        text = "\n".join("\t".join(row).rstrip() for row in rows[:ROWS])
        if not report.add_part(f"{name}\n\n{text}", f"<h3>{escape(name)}</h3>{html}"):
            break
    report.facts["cut"] = report.facts.get("cut", False) or len(book.sheet_names) > SHEETS
    report.save()
    if first:
        for png in typeset.document(take_apart(first), report.folder, [], "", fits=True)[0][:1]:
            report.add_png(png)


def _check_extent(start: bytes) -> None:
    if found := _DIMENSION.search(start):
        across = _number(found[3]) - _number(found[1]) + 1
        if across * (int(found[4]) - int(found[2]) + 1) > FAR:
            raise Fault("large")


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _cells(rows: list[list[Any]]) -> list[list[str]]:
    """The rows as words, without empty ones at the end, and as wide as the widest."""
    found = [[_word(cell) for cell in row[:COLUMNS]] for row in rows]
    while found and not any(found[-1]):
        found.pop()
    width = max((place + 1 for row in found for place, cell in enumerate(row) if cell), default=0)
    return [row[:width] for row in found] if width else []


def _word(cell: Any) -> str:
    if isinstance(cell, datetime):
        return f"{cell.day}.{cell.month}.{cell.year}" + (f" {cell:%H.%M}" if cell.time() != time() else "")
    if isinstance(cell, date):
        return f"{cell.day}.{cell.month}.{cell.year}"
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.6g}".replace(".", ",")
    return " ".join(str(cell).split())[:CELL]


def _table(rows: list[list[str]]) -> str:
    """The first row is the heads where each of its cells says something that is no number."""
    if not rows:
        return ""
    has_head = len(rows) > 1 and all(cell and not cell.replace(",", "").lstrip("-").isdecimal() for cell in rows[0])
    head = f"<thead><tr>{''.join(f'<th scope=col>{escape(cell)}</th>' for cell in rows[0])}</tr></thead>" if has_head else ""
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows[has_head:])
    return f"<table>{head}<tbody>{body}</tbody></table>"
