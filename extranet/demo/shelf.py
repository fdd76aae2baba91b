"""What stands on the shelves of the demo's library: one line for each title, which may come out again and again."""

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from extranet.core.text import LocalText, plain_excerpt, render_local_markdown
from extranet.materials.models import Audience, MaterialKind, MaterialLanguage, MaterialState, Sharing

_FILE = Path(__file__).parent / "data" / "materials.csv"


class Rhythm(StrEnum):
    """How a title comes out again: an edition that replaces the earlier one, or one for each year or month."""

    ONCE = "once"
    YEARLY = "yearly"
    MONTHLY = "monthly"


@dataclass(frozen=True)
class Title:
    """A title. `make` is the type of its files, "plain" a PDF without tags; the demo has `issues` materials of it, the newest `days` old."""

    network: str
    kind: MaterialKind
    make: str
    name: LocalText
    lead: LocalText
    lead_html: LocalText
    excerpt: LocalText
    topic: str
    audience: Audience
    sharing: Sharing
    rhythm: Rhythm
    issues: int
    days: int | None
    series: str
    language: MaterialLanguage
    state: MaterialState
    stock: int | None
    careful: bool
    overdue: bool
    link: str
    alt_text: LocalText

    @property
    def is_media(self) -> bool:
        return self.make in ("webm", "mp3")

    @property
    def has_versions(self) -> bool:
        """Whether its files are ever replaced: a recording is made once, and the slides of a month are shown once."""
        return not self.is_media and self.make != "link" and self.rhythm != Rhythm.MONTHLY


@cache
def read_titles() -> tuple[Title, ...]:
    """All of them, in the order of the file."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(_read(row) for row in csv.DictReader(file))


def _read(row: dict[str, str]) -> Title:
    lead = _local(row["lead_fi"], row["lead_sv"])
    return Title(
        network=row["network"],
        kind=MaterialKind(row["kind"]),
        make=row["make"],
        name=_local(row["fi"], row["sv"]),
        lead=lead,
        lead_html=render_local_markdown(lead),
        excerpt=LocalText({code: plain_excerpt(text) for code, text in lead.items()}),
        topic=row["topic"],
        audience=Audience(row["audience"]),
        sharing=Sharing(row["sharing"]),
        rhythm=Rhythm(row["rhythm"]),
        issues=int(row["issues"]),
        days=_number(row["days"]),
        series=row["series"],
        language=MaterialLanguage(row["language"]),
        state=MaterialState(row["state"]),
        stock=_number(row["stock"]),
        careful=row["careful"] == "yes",
        overdue=row["overdue"] == "yes",
        link=row["link"],
        alt_text=_local(row["alt_fi"], row["alt_sv"]),
    )


def _local(fi: str, sv: str) -> LocalText:
    return LocalText({code: text for code, text in (("fi", fi), ("sv", sv)) if text})


def _number(text: str) -> int | None:
    return int(text) if text else None
