"""Reads a table that somebody made: CSV of any kind that Excel or a register writes, or a workbook."""

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from extranet.core.errors import Refused
from extranet.core.i18n import gettext as _
from extranet.core.text import one_line

MAX_BYTES = 10_000_000
MAX_LINES = 20_000
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True)
class Line:
    """A row of the table: where it stands, and what its known columns say. A blank cell is an empty text."""

    number: int
    cells: Mapping[str, str]
    is_too_long: bool = False

    def get(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Table:
    columns: frozenset[str]
    unknown: Sequence[str]
    lines: Sequence[Line]


def read_table(content: bytes, known: Collection[str], needed: Collection[str]) -> Table:
    """The rows below the header. Refused as a whole: what is no table, is too large, or lacks all of `needed`'s columns."""
    if len(content) > MAX_BYTES:
        raise Refused(_("The file is too large to be imported. Divide it into smaller ones."))
    rows = _from_workbook(content) if content.startswith(WORKBOOKS) else _from_text(content)
    _number, header = next(rows, (0, []))
    names = [cell.casefold() for cell in header]
    if not any(name in needed for name in names):
        raise Refused(_("The first row must name the columns. It lacks: %(columns)s.", columns=", ".join(sorted(needed))))
    doubled = sorted({name for name in names if name and names.count(name) > 1})
    if doubled:
        raise Refused(_("A column is there twice: %(columns)s. Leave one out.", columns=", ".join(doubled)))
    lines = [_line(number, names, cells, known) for number, cells in rows]
    if len(lines) > MAX_LINES:
        raise Refused(_("The file has more than %(number)s rows. Divide it into smaller ones.", number=MAX_LINES))
    return Table(frozenset(names) & frozenset(known), [n for n in names if n and n not in known], lines)


def _line(number: int, names: Sequence[str], cells: Sequence[str], known: Collection[str]) -> Line:
    found = {name: cell for name, cell in zip(names, cells, strict=False) if name in known}
    return Line(number, found, is_too_long=any(cells[len(names) :]))


def _from_text(content: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _decode(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    first = 1
    try:
        for row in reader:
            cells = [one_line(cell) for cell in row]
            if any(cells):
                yield first, cells
            first = reader.line_num + 1
    except csv.Error as error:
        raise Refused(_("Line %(number)s cannot be read: a quotation mark is open or misplaced.", number=reader.line_num)) from error


def _decode(content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with it, else the code page of western Windows."""
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Refused(_("The file is not a table: save it as CSV or as an Excel workbook."))


def _delimiter(text: str) -> str:
    header = next((line for line in text.splitlines() if line.strip()), "")
    return max((",", ";", "\t"), key=header.count)


def _from_workbook(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The first sheet. Row numbers are those that the program shows."""
    try:
        rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise Refused(_("The workbook cannot be opened. Save it anew as an Excel workbook, without a password.")) from error
    for number, row in enumerate(rows, 1):
        cells = [_cell(value) for value in row]
        if any(cells):
            yield number, cells


def _cell(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return one_line(str(value))


def restore_code(text: str) -> str:
    """An organisation's code with the leading zeros that a spreadsheet took: 5 is 005. Only municipalities have plain numbers."""
    return text.zfill(3) if text.isdigit() and len(text) < 3 else text
