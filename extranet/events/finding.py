"""Finding events: by words, year, kind and topic. The same for lists and for the month."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, select

from extranet.core import clock
from extranet.core.text import fold
from extranet.events.kinds import EventType
from extranet.events.models import Event, event_topic
from extranet.networks.topics import Topic

MOST_WORDS = 10
YEARS = range(2000, 2101)


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; empty fields do not count."""

    q: str = ""
    year: int | None = None
    type: EventType | None = None
    topic: str = ""

    @classmethod
    def of(cls, args: Mapping[str, str]) -> "Wanted":
        """What an address asks for; nonsense is left out."""
        year, kind = args.get("year", ""), args.get("type", "")
        return cls(
            args.get("q", "").strip()[:200],
            int(year) if len(year) == 4 and year.isascii() and year.isdigit() and int(year) in YEARS else None,
            EventType(kind) if kind in list(EventType) else None,
            args.get("topic", "")[:80],
        )

    @property
    def query(self) -> str:
        """The same again, as the end of an address."""
        fields = {"q": self.q, "year": self.year, "type": self.type and self.type.value, "topic": self.topic}
        found = urlencode({name: value for name, value in fields.items() if value})
        return f"&{found}" if found else ""

    def __bool__(self) -> bool:
        return bool(self.query)


ANY = Wanted()


def where(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Which events that are, as where-clauses on Event."""
    clauses: list[Any] = [Event.search_text.contains(word, autoescape=True) for word in fold(wanted.q).split()[:MOST_WORDS]]
    if wanted.year is not None:
        begins, ends = (clock.from_local(date(year, 1, 1), time()) for year in (wanted.year, wanted.year + 1))
        clauses += [Event.starts_at >= begins, Event.starts_at < ends]
    if wanted.type is not None:
        clauses.append(Event.type == wanted.type)
    if wanted.topic:
        about = select(event_topic.c.event_id).join(Topic, Topic.id == event_topic.c.topic_id).where(Topic.slug == wanted.topic)
        clauses.append(Event.id.in_(about))
    return clauses
