"""What can you see? A network's year in numbers: what was held on which topic, and how many took part."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import NotAllowed
from extranet.core.text import LocalText
from extranet.core.viewer import Viewer
from extranet.events.finding import YEARS
from extranet.events.kinds import EventState, EventType, SignupState
from extranet.events.models import Event, Signup, event_topic
from extranet.networks.models import Network
from extranet.networks.policy import can_read
from extranet.networks.queries import get_network
from extranet.networks.topics import list_topics

# Where no list of attendance was kept, those count who had a place.
CAME = (SignupState.CONFIRMED, SignupState.ATTENDED)


@dataclass(frozen=True)
class Count:
    """Events of one topic or kind; people are counted at each event, organisations once."""

    label: LocalText | EventType | None
    slug: str
    events: int
    people: int
    organisations: int


@dataclass(frozen=True)
class Year:
    number: int
    whole: Count
    topics: list[Count]
    kinds: list[Count]
    years: list[int]


def get_network_to_count(viewer: Viewer, slug: str) -> Network:
    """The network, for those who read what it does."""
    network = get_network(viewer, slug)
    if not can_read(viewer, network):
        raise NotAllowed("events.year")
    return network


def count_year(viewer: Viewer, network: Network, year: int | None = None) -> Year:
    """The events of the year that are over. An event with two topics counts under both. Five queries."""
    this = clock.today().year
    number = year if year is not None and year in YEARS else this
    held = _held(network, number)
    first = db.session.scalar(select(func.min(Event.starts_at)).where(Event.network_id == network.id, _is_over()))
    years = list(range(this, min(this, clock.local(first).year if first else this) - 1, -1))
    return Year(number, _count(held), _count_topics(held), _count_kinds(held), years)


def _held(network: Network, year: int) -> tuple[ColumnElement[bool], ...]:
    begins, ends = (clock.from_local(date(which, 1, 1), time()) for which in (year, year + 1))
    return Event.network_id == network.id, Event.starts_at >= begins, Event.starts_at < ends, _is_over()


def _is_over() -> ColumnElement[bool]:
    over = Event.state.in_([EventState.OPEN, EventState.CLOSED]) & (Event.ends_at < clock.now())
    return or_(Event.state.in_([EventState.HELD, EventState.ARCHIVED]), over)


def _numbers() -> tuple[Any, ...]:
    return func.count(Event.id.distinct()), func.count(Signup.id), func.count(Signup.organisation_id.distinct())


def _taken_part() -> ColumnElement[bool]:
    return (Signup.event_id == Event.id) & Signup.state.in_(CAME)


def _count(held: tuple[ColumnElement[bool], ...]) -> Count:
    row = db.session.execute(select(*_numbers()).select_from(Event).outerjoin(Signup, _taken_part()).where(*held)).one()
    return Count(None, "", *row)


def _count_topics(held: tuple[ColumnElement[bool], ...]) -> list[Count]:
    rows = db.session.execute(
        select(event_topic.c.topic_id, *_numbers())
        .select_from(Event)
        .outerjoin(event_topic, event_topic.c.event_id == Event.id)
        .outerjoin(Signup, _taken_part())
        .where(*held)
        .group_by(event_topic.c.topic_id)
    ).all()
    topics = {topic.id: topic for topic in list_topics()}
    found = [Count(topics[key].name, topics[key].slug, *numbers) if key in topics else Count(None, "", *numbers) for key, *numbers in rows]
    return _most_first(found)


def _count_kinds(held: tuple[ColumnElement[bool], ...]) -> list[Count]:
    rows = db.session.execute(
        select(Event.type, *_numbers()).select_from(Event).outerjoin(Signup, _taken_part()).where(*held).group_by(Event.type)
    )
    return _most_first([Count(kind, kind.value, *numbers) for kind, *numbers in rows])


def _most_first(found: list[Count]) -> list[Count]:
    """Those without a topic come last."""
    return sorted(found, key=lambda one: (one.label is None, -one.events, -one.people, one.slug))
