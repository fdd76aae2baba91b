"""Tables for the tests of imports."""

import io
from pathlib import Path
from typing import Any

import xlsxwriter

from extranet.core.paths import PACKAGE

EMPLOYERS = PACKAGE / "demo" / "data" / "organisations.csv"
PEOPLE = ("email", "first_name", "last_name", "organisation_code", "job_title", "language", "side", "phone", "networks")


def csv_of(columns: Any, *rows: Any, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    lines = [delimiter.join(columns), *(delimiter.join(row) for row in rows)]
    return "\r\n".join(lines).encode(encoding)


def xlsx_of(columns: Any, *rows: Any) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate([columns, *rows]):
        sheet.write_row(number, 0, row)
    book.close()
    return stream.getvalue()


def save(folder: Path, content: bytes, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path
