"""Text, markup included: paragraphs as they stand."""

import re
from html import escape
from pathlib import Path

from extranet.previews import limits
from extranet.previews.report import Report


def read(path: Path, report: Report) -> None:
    with path.open("rb") as file:
        data = file.read(limits.TEXT * 2)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "ignore") if len(data) == limits.TEXT * 2 else data.decode("cp1252", "replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n").strip()[: limits.TEXT]
    report.add_part(text, as_html(text[: limits.HTML // 2]))


def as_html(text: str) -> str:
    """A paragraph per block between empty lines."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text)]
    return "".join(f"<p>{'<br>'.join(escape(line) for line in block.split(chr(10)))}</p>" for block in blocks if block)
