"""A PDF that everybody can read: tagged, with a title, a language and a described picture (PDF/UA-1)."""

from datetime import UTC, datetime
from pathlib import Path

import typst

from extranet.demo.files.paper import Paper

# The same bytes each time, so that the store keeps one file.
WRITTEN_AT = datetime(2024, 1, 2, 12, tzinfo=UTC)
_TEMPLATE = (Path(__file__).parent / "paper.typ").read_bytes()


def make_tagged_pdf(paper: Paper) -> bytes:
    """Set the paper in type."""
    made = typst.compile(
        _TEMPLATE,
        format="pdf",
        sys_inputs={"paper": paper.as_json()},
        pdf_standards=["ua-1"],
        timestamp=WRITTEN_AT,
        ignore_system_fonts=True,
    )
    assert isinstance(made, bytes)  # noqa: S101  one document, one file
    return made
