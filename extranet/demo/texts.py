"""What the demo's files say: a bank of short texts on each topic, put together anew for every title and version."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extranet.demo.files.paper import Figures, Paper, Part

COMMON = "common"
_FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Bank:
    """The texts on one topic, and a table to go with them."""

    parts: tuple[Part, ...]
    figures: Figures | None


@dataclass(frozen=True)
class Request:
    """Which paper: the `number` of the title chooses among the texts, the `edition` how far its writing has come."""

    title: str
    lead: str
    topic: str
    language: str
    number: int
    edition: int
    year: int
    careful: bool = True
    also: str = ""


def write_paper(wanted: Request) -> Paper:
    """A paper whose editions differ in numbers, in a point or two, and in whole sections."""
    bank, common = read_bank(wanted.language)[wanted.topic], read_bank(wanted.language)[COMMON].parts
    own = bank.parts[: 2 if wanted.edition == 1 else None]
    start = wanted.number % len(common)
    general = (common[start:] + common[:start])[: min(2 + wanted.edition, len(common))]
    other = read_bank(wanted.also)[wanted.topic].parts if wanted.also else ()
    assert bank.figures is not None  # noqa: S101  every topic has a table
    return Paper(
        wanted.title,
        wanted.lead,
        wanted.language,
        tuple(_fit(part, wanted) for part in (*own, *general, *other)),
        _move(bank.figures, wanted.number + wanted.edition),
        wanted.careful,
    )


@cache
def read_bank(language: str) -> dict[str, Bank]:
    """The texts in one language, by topic."""
    sheets = (_FOLDER / f"texts.{language}.md").read_text(encoding="utf-8").split("\n# ")
    return {sheet.lstrip("# ").partition("\n")[0].strip(): _read_topic(sheet) for sheet in sheets}


def _read_topic(sheet: str) -> Bank:
    text, _, table = sheet.partition("\n### ")
    parts = tuple(_read_part(part) for part in text.split("\n## ")[1:])
    return Bank(parts, _read_table(table) if table else None)


def _read_part(text: str) -> Part:
    heading, body, *points = text.strip().split("\n")
    return Part(heading, body, tuple(point.removeprefix("- ") for point in points))


def _read_table(text: str) -> Figures:
    head, *rows = text.strip().split("\n")
    caption, name, number = head.split(" | ")
    cells = [row.strip("| ").split(" | ") for row in rows]
    return Figures(caption, (name, number), tuple((label, int(value)) for label, value in cells))


def _fit(part: Part, wanted: Request) -> Part:
    """Fill in the numbers of this edition; the first one has a point less."""
    numbers = {"days": 7 * (1 + (wanted.number + wanted.edition) % 4), "share": 60 + 5 * (wanted.edition % 6), "year": wanted.year + 5}
    points = part.points[:-1] if wanted.edition == 1 and len(part.points) > 3 else part.points
    return Part(part.heading, part.text.format(**numbers), tuple(point.format(**numbers) for point in points))


def _move(figures: Figures, by: int) -> Figures:
    """Other numbers for another edition."""
    return Figures(
        figures.caption, figures.names, tuple((name, value + (by * 7 + n * 3) % 5) for n, (name, value) in enumerate(figures.rows))
    )
