"""One month of events, day by day. One query."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, select

from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.core.viewer import Viewer
from extranet.events import finding, policy
from extranet.events.finding import ANY, YEARS, Wanted
from extranet.events.kinds import IN_FORCE, EventState, EventType, Mode, SignupState
from extranet.events.models import Event, Signup
from extranet.events.queries import Show
from extranet.networks.models import Network

MOST = 400


@dataclass(frozen=True)
class Item:
    """An event in a month. `my_state` is the viewer's own sign-up."""

    id: int
    type: EventType
    title: LocalText
    mode: Mode
    state: EventState
    starts_at: datetime
    ends_at: datetime
    network: LocalText
    my_state: SignupState | None

    @property
    def path(self) -> str:
        return f"/events/{self.id}/"


@dataclass(frozen=True)
class Day:
    """One square of the month; `is_outside` for days of the months beside it."""

    date: date
    is_outside: bool
    items: tuple[Item, ...]

    @property
    def is_today(self) -> bool:
        return self.date == clock.today()


@dataclass(frozen=True)
class Month:
    """Whole weeks, Monday first; events only on days of the month itself. `following`: where an empty one has its next event."""

    first: date
    weeks: tuple[tuple[Day, ...], ...]
    total: int
    following: date | None = None

    @property
    def name(self) -> str:
        """As an address has it: "2026-11"."""
        return f"{self.first:%Y-%m}"

    @property
    def previous(self) -> str:
        return f"{self.first - timedelta(days=1):%Y-%m}"

    @property
    def next(self) -> str:
        return f"{self.first + timedelta(days=31):%Y-%m}"

    @property
    def is_this(self) -> bool:
        return self.first == clock.today().replace(day=1)


def parse_month(text: str) -> date:
    """The first day of a month like "2026-11"; this month for anything else."""
    year, _, month = text.partition("-")
    if len(text) == 7 and (year + month).isascii() and (year + month).isdigit() and int(year) in YEARS and 1 <= int(month) <= 12:
        return date(int(year), int(month), 1)
    return clock.today().replace(day=1)


def read_month(viewer: Viewer, first: date, show: Show = Show.FOR_ME, network_id: int | None = None, wanted: Wanted = ANY) -> Month:
    """The events of the month that the viewer may see. One that lasts several days stands on each of them."""
    items = _items(viewer, first, show, network_id, wanted)
    weeks = tuple(
        tuple(Day(day, day.month != first.month, () if day.month != first.month else _on(items, day)) for day in week)
        for week in Calendar().monthdatescalendar(first.year, first.month)
    )
    return Month(first, weeks, len(items), None if items else _next(viewer, first, show, network_id, wanted))


def _items(viewer: Viewer, first: date, show: Show, network_id: int | None, wanted: Wanted) -> list[Item]:
    where = [Event.starts_at < _end_of(first), Event.ends_at > clock.from_local(first, time()), *_wanted(viewer, show, network_id, wanted)]
    columns: tuple[Any, ...] = (Event.id, Event.type, Event.title, Event.mode, Event.state, Event.starts_at, Event.ends_at)
    rows = db.session.execute(
        select(*columns, Network.name.label("network"), Signup.state.label("my_state"))
        .join(Network, Network.id == Event.network_id)
        .outerjoin(Signup, _own(viewer))
        .where(*where)
        .order_by(Event.starts_at, Event.id)
        .limit(MOST)
    )
    return [Item(**row) for row in rows.mappings()]


def _next(viewer: Viewer, first: date, show: Show, network_id: int | None, wanted: Wanted) -> date | None:
    """The day of the first event after an empty month."""
    found = db.session.scalar(
        select(Event.starts_at)
        .outerjoin(Signup, _own(viewer))
        .where(Event.starts_at >= _end_of(first), *_wanted(viewer, show, network_id, wanted))
        .order_by(Event.starts_at)
        .limit(1)
    )
    return clock.local(found).date() if found else None


def _end_of(first: date) -> datetime:
    return clock.from_local((first + timedelta(days=31)).replace(day=1), time())


def _own(viewer: Viewer) -> ColumnElement[bool]:
    return and_(Signup.event_id == Event.id, Signup.user_id == (viewer.user_id or 0), Signup.state.in_(IN_FORCE))


def _wanted(viewer: Viewer, show: Show, network_id: int | None, wanted: Wanted) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = [policy.visible_to(viewer), *finding.where(wanted)]
    if network_id is not None:
        where.append(Event.network_id == network_id)
    if show == Show.FOR_ME:
        where.append(policy.addressed_to(viewer))
    if show == Show.MINE:
        where.append(Signup.id.is_not(None))
    return where


def _on(items: list[Item], day: date) -> tuple[Item, ...]:
    """What goes on that day; an event that ends at midnight does not reach the next one."""
    last = timedelta(microseconds=1)
    return tuple(item for item in items if clock.local(item.starts_at).date() <= day <= clock.local(item.ends_at - last).date())
