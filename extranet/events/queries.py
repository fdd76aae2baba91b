"""What can you see? Events, their places, and who takes part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, case, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload, with_expression

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.db import UTCDateTime, db
from extranet.core.errors import NotFound, demand
from extranet.core.patterns import MOST, keys_of, pattern_of
from extranet.core.text import LocalText
from extranet.core.viewer import Viewer
from extranet.events import finding, policy
from extranet.events.finding import ANY, Wanted
from extranet.events.kinds import CERTAIN, IN_FORCE, EventState, EventType, Mode, SignupState
from extranet.events.models import Event, Seats, Signup, Timetable
from extranet.events.programme_models import Session
from extranet.events.question_models import Question
from extranet.networks.models import Network
from extranet.networks.queries import get_network

PAGE = 25


class Show(StrEnum):
    """Which events a list holds: those meant for me, those I take part in, all that I may see, those that are over."""

    FOR_ME = "for-me"
    MINE = "mine"
    ALL = "all"
    PAST = "past"


@dataclass(frozen=True)
class Row(Timetable):
    """An event in a list. `my_state` and `my_position` are the viewer's own."""

    id: int
    type: EventType
    title: LocalText
    summary: LocalText
    mode: Mode
    starts_at: datetime | None
    ends_at: datetime | None
    date_text: LocalText
    venue: LocalText
    state: EventState
    registration_opens_at: datetime | None
    registration_closes_at: datetime | None
    network: LocalText
    seats: tuple[Seats, ...]
    my_state: SignupState | None
    my_position: int

    @property
    def confirmed(self) -> int:
        """Confirmed participants; waiting people are not counted (T41)."""
        return sum(s.confirmed for s in self.seats)

    @property
    def capacity(self) -> int | None:
        """All places together; None where one way of taking part has no limit."""
        limits = [s.capacity for s in self.seats if s.capacity is not None]
        return sum(limits) if len(limits) == len(self.seats) else None

    @property
    def free(self) -> int | None:
        """All places left; None where one way of taking part has no limit."""
        return None if self.capacity is None else sum(s.free or 0 for s in self.seats)

    @property
    def is_full(self) -> bool:
        return all(s.is_full for s in self.seats)


@dataclass(frozen=True)
class Paged:
    """One page of a longer list."""

    rows: Sequence[Any]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


class Listing(Paged):
    """A page of events."""

    @property
    def months(self) -> list[tuple[datetime | None, list[Row]]]:
        """The rows by month; undated ones under None."""
        groups = groupby(self.rows, lambda row: row.starts_at and clock.local(row.starts_at).replace(day=1).date())
        found = [list(group) for _, group in groups]
        return [(group[0].starts_at, group) for group in found]


@dataclass(frozen=True)
class Own:
    """The viewer's sign-up with its place in the queue, and colleagues of the same organisation who take part.

    Contact persons and organisations' administrators see all of these, others those who let their names be read (domain.md §4.7).
    """

    signup: Signup | None
    position: int
    colleagues: tuple[str, ...]


def get_event(viewer: Viewer, event_id: int) -> Event:
    """The event with its network, organiser, host and topics; NotFound where the viewer may not see it (I-29)."""
    event = db.session.scalars(_EVENT.where(Event.id == event_id, policy.visible_to(viewer))).unique().one_or_none()
    if event is None:
        raise NotFound
    return event


def get_event_with_seats(viewer: Viewer, event_id: int) -> tuple[Event, tuple[Seats, ...]]:
    """`get_event` and `count_seats` in one query, for the event's page."""
    row = db.session.execute(_EVENT_WITH_SEATS.where(Event.id == event_id, policy.visible_to(viewer))).unique().one_or_none()
    if row is None:
        raise NotFound
    event, counts = row[0], row._mapping
    return event, tuple(
        Seats(mode, event.capacity(mode), *(counts[f"{mode}_{name}"] for name in _COUNTED))
        for mode in (Mode.ONSITE, Mode.REMOTE)
        if mode in event.modes or any(counts[f"{mode}_{name}"] for name in _COUNTED)
    )


def get_event_to_edit(viewer: Viewer, event_id: int) -> Event:
    """The event for its form; NotAllowed for those who may only read it."""
    event = get_event(viewer, event_id)
    demand(policy.can_edit(viewer, event), "events.edit")
    return event


def get_network_to_plan_in(viewer: Viewer, slug: str) -> Network:
    """The network that gets a new event; NotAllowed for those who may not arrange any there."""
    network = get_network(viewer, slug)
    demand(policy.can_create(viewer, network), "events.create")
    return network


def find_own(viewer: Viewer, event: Event) -> Own:
    """What the viewer and the viewer's organisation have to do with the event, in one query."""
    if not viewer.is_signed_in:
        return Own(None, 0, ())
    asked = {"event_id": event.id, "viewer_id": viewer.user_id, "organisation_id": viewer.organisation_id}
    rows = db.session.execute(_OWN_ROWS, asked).all()
    mine = next((row for row in rows if row.Signup.user_id == viewer.user_id), None)
    looks_after = policy.looks_after(viewer, event, viewer.organisation_id)
    others = tuple(f"{row.first_name} {row.last_name}" for row in rows if row is not mine and (looks_after or _shows_name(row.Signup)))
    return Own(mine.Signup if mine else None, mine.position if mine else 0, others)


def _shows_name(signup: Signup) -> bool:
    """Who waits is no participant yet, nor shown as one (T41)."""
    return signup.shows_name and signup.is_confirmed


def get_own(viewer: Viewer, event: Event) -> Signup:
    """The viewer's latest sign-up, in force or not; NotFound where there never was one."""
    wanted = select(Signup).where(Signup.event_id == event.id, Signup.user_id == viewer.user_id).order_by(Signup.id.desc()).limit(1)
    signup = db.session.scalar(wanted.options(joinedload(Signup.event).joinedload(Event.network), joinedload(Signup.user)))
    if signup is None:
        raise NotFound
    return signup


def position_of(signup: Signup) -> int:
    """How many wait up to and including that sign-up (I-14)."""
    return db.session.scalar(_place(_AHEAD, signup)) or 0


def count_seats(viewer: Viewer, event: Event) -> tuple[Seats, ...]:
    """Confirmed and waiting per way of taking part. Waiting people are in no other count (T41)."""
    counts: dict[tuple[Mode, SignupState], int] = {
        (mode, state): number
        for mode, state, number in db.session.execute(
            select(Signup.mode, Signup.state, func.count())
            .where(Signup.event_id == event.id, Signup.state.in_(IN_FORCE))
            .group_by(Signup.mode, Signup.state)
        )
    }
    taken = {mode for mode, _state in counts}
    return tuple(
        Seats(
            mode,
            event.capacity(mode),
            sum(counts.get((mode, state), 0) for state in CERTAIN),
            counts.get((mode, SignupState.WAITING), 0),
            counts.get((mode, SignupState.OFFERED), 0),
        )
        for mode in (Mode.ONSITE, Mode.REMOTE)
        if mode in event.modes or mode in taken
    )


def list_events(viewer: Viewer, show: Show = Show.FOR_ME, network_id: int | None = None, page: int = 1, wanted: Wanted = ANY) -> Listing:
    """A page of events: coming ones in their order with the undated last, past ones newest first. One query, two for a full page."""
    kind = (pattern_of(viewer), show, network_id is not None)
    before, found = (page - 1) * PAGE, finding.where(wanted)
    rows = _read(viewer, _list_statement(*kind).where(*found) if found else _list_statement(*kind), PAGE, network_id, before)
    if 0 < len(rows) < PAGE:
        return Listing(rows, before + len(rows), page)
    number = select(func.count()).select_from(Event).where(*_shown(*kind), *found)
    return Listing(rows, db.session.scalar(number, _keys(viewer, network_id)) or 0, page)


def list_networks(viewer: Viewer) -> Sequence[Any]:
    """The networks that have events which the viewer may see, for the filter."""
    with_events = select(Event.network_id).where(policy.visible_to(viewer))
    return db.session.execute(select(Network.id, Network.slug, Network.name).where(Network.id.in_(with_events)).order_by(Network.id)).all()


def list_next(viewer: Viewer, network_id: int, limit: int = 3) -> list[Row]:
    """The network's next events, for its home. One query."""
    return _read(viewer, _list_statement(pattern_of(viewer), Show.ALL, True), limit, network_id)


def list_next_for(viewer: Viewer, limit: int = 5) -> list[Row]:
    """The next events that are meant for the viewer, in all networks; before them those that offer a place for a while. One query."""
    return _read(viewer, _list_statement(pattern_of(viewer), Show.FOR_ME, offers_first=True), limit)


_COLUMNS = (
    Event.id, Event.type, Event.title, Event.summary, Event.mode, Event.starts_at, Event.ends_at, Event.date_text, Event.venue, Event.state,
    Event.registration_opens_at, Event.registration_closes_at,
)  # fmt: skip
_COUNTED = {"confirmed": CERTAIN, "waiting": (SignupState.WAITING,), "offered": (SignupState.OFFERED,)}
_WAYS = [(mode, name) for mode in (Mode.ONSITE, Mode.REMOTE) for name in _COUNTED]


_OWN, _AHEAD, _SEAT, _MINE = aliased(Signup, name="own"), aliased(Signup), aliased(Signup), aliased(Signup)
_OFFERS = case((_OWN.state == SignupState.OFFERED, 0), else_=1)


def _place(ahead: Any, of: Any) -> Select[Any]:
    """How many wait up to and including that sign-up, in the same way of taking part (I-14)."""
    return select(func.count()).where(
        ahead.event_id == of.event_id, ahead.mode == of.mode, ahead.state == SignupState.WAITING, ahead.id <= of.id
    )


def _is_own(own: Any, person: Any) -> ColumnElement[bool]:
    return and_(own.event_id == Event.id, own.user_id == person, own.state.in_(IN_FORCE))


# Built once: building these statements costs more than running them.
_COUNTS = tuple(
    select(func.count())
    .where(_SEAT.event_id == Event.id, _SEAT.mode == mode, _SEAT.state.in_(_COUNTED[name]))
    .correlate(Event)
    .scalar_subquery()
    .label(f"{mode}_{name}")
    for mode, name in _WAYS
)
_EVENT = select(Event).options(
    joinedload(Event.network), joinedload(Event.organiser), joinedload(Event.topics), joinedload(Event.host_organisation),
    with_expression(Event.has_programme, exists().where(Session.event_id == Event.id).correlate(Event)),
    with_expression(Event.has_questions, exists().where(Question.event_id == Event.id).correlate(Event)),
)  # fmt: skip
_EVENT_WITH_SEATS = _EVENT.add_columns(*_COUNTS)
_OWN_ROWS = (
    select(Signup, User.first_name, User.last_name, _place(_AHEAD, Signup).correlate(Signup).scalar_subquery().label("position"))
    .join(User, User.id == Signup.user_id)
    .where(
        Signup.event_id == bindparam("event_id"),
        Signup.state.in_(IN_FORCE),
        or_(Signup.user_id == bindparam("viewer_id"), Signup.organisation_id == bindparam("organisation_id")),
    )
    .order_by(Signup.id)
)


def _rows_statement() -> Any:
    """An event with the counts of its places and the viewer's own sign-up; every list of events begins with it."""
    return (
        select(
            *_COLUMNS, Event.capacity_onsite, Event.capacity_remote, Network.name.label("network"), *_COUNTS,
            _OWN.state.label("my_state"), _place(_AHEAD, _OWN).correlate(_OWN).scalar_subquery().label("my_position"),
        )
        .join(Network, Network.id == Event.network_id)
        .outerjoin(_OWN, _is_own(_OWN, bindparam("viewer_id")))
    )  # fmt: skip


_ROWS = _rows_statement()


def _read(viewer: Viewer, wanted: Select[Any], limit: int, network_id: int | None = None, offset: int = 0) -> list[Row]:
    """Events of a list with the counts of places and the viewer's own sign-up, in one query."""
    return [*map(_row, db.session.execute(wanted, _keys(viewer, network_id) | {"most": limit, "skipped": offset}).mappings())]


def _keys(viewer: Viewer, network_id: int | None) -> dict[str, Any]:
    return keys_of(viewer) | {"network_id": network_id, "now": clock.now()}


# Built once for each kind of viewer.
@lru_cache(maxsize=MOST)
def _list_statement(pattern: Viewer, show: Show, in_network: bool = False, offers_first: bool = False) -> Any:
    order = (Event.starts_at.desc().nulls_last(), Event.id.desc()) if show == Show.PAST else (Event.starts_at.nulls_last(), Event.id)
    wanted = _ROWS.where(*_shown(pattern, show, in_network)).order_by(*([_OFFERS] if offers_first else []), *order)
    return wanted.limit(bindparam("most", type_=Integer())).offset(bindparam("skipped", type_=Integer()))


def _row(row: Any) -> Row:
    seats = tuple(
        Seats(mode, row[f"capacity_{mode}"], row[f"{mode}_confirmed"], row[f"{mode}_waiting"], row[f"{mode}_offered"])
        for mode in (Mode.ONSITE, Mode.REMOTE)
        if row["mode"] in (mode, Mode.HYBRID)
    )
    columns = {column.key: row[column.key] for column in _COLUMNS}
    return Row(**columns, network=row["network"], seats=seats, my_state=row["my_state"], my_position=row["my_position"])


def _shown(viewer: Viewer, show: Show, in_network: bool) -> list[ColumnElement[bool]]:
    """Which events a list holds, as where-clauses on Event; run with `_keys`."""
    now = bindparam("now", type_=UTCDateTime())
    over = (EventState.HELD, EventState.ARCHIVED)
    undated = and_(Event.starts_at.is_(None), Event.state != EventState.CANCELLED)
    coming = and_(Event.state.not_in(over), or_(Event.ends_at >= now, undated))
    past = or_(Event.state.in_(over), Event.ends_at < now, and_(Event.starts_at.is_(None), Event.state == EventState.CANCELLED))
    where = [policy.visible_to(viewer), past if show == Show.PAST else coming]
    if in_network:
        where.append(Event.network_id == bindparam("network_id"))
    if show == Show.MINE:
        where += [select(_MINE.id).where(_is_own(_MINE, viewer.user_id or 0)).exists(), Event.state != EventState.CANCELLED]
    if show == Show.FOR_ME and viewer.is_signed_in:
        where.append(policy.addressed_to(viewer))
    return where
