"""What can you see of a programme: its sessions in their order, who speaks, how many places are left, and what you have chosen."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import and_, bindparam, exists, select
from sqlalchemy.orm import joinedload

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import NotFound
from extranet.core.viewer import Viewer
from extranet.events.kinds import IN_FORCE, ChoiceRule
from extranet.events.models import Event, Signup
from extranet.events.programme_models import Choice, ChoiceState, Session, Speaker
from extranet.events.workshops import COUNTS, Room
from extranet.networks import policy as networks
from extranet.networks.models import Membership, MembershipState, Network, NetworkKind, NetworkState, Visibility

_OWN = (
    select(Choice.session_id, Choice.state.label("state"))
    .join(Signup, Signup.id == Choice.signup_id)
    .where(Signup.event_id == bindparam("event_id"), Signup.user_id == bindparam("viewer_id"), Signup.state.in_(IN_FORCE))
    .subquery()
)
# Built once: building it costs more than running it.
_PROGRAMME = (
    select(Session, Speaker, Network, _OWN.c.state, *COUNTS)
    .select_from(Session)
    .outerjoin(Speaker, Speaker.session_id == Session.id)
    .outerjoin(_OWN, _OWN.c.session_id == Session.id)
    .where(Session.event_id == bindparam("event_id"))
    .order_by(Session.starts_at, Session.ends_at, Session.id, Speaker.id)
)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Part:
    """One session as a viewer sees it. `network` is the theme network, where she may know of it; `mine` what she chose."""

    session: Session
    room: Room
    speakers: tuple[Speaker, ...]
    network: Network | None
    mine: ChoiceState | None
    can_join: bool = False
    letter: str = ""

    @property
    def starts_at(self) -> datetime:
        return self.session.starts_at

    @property
    def ends_at(self) -> datetime:
        return self.session.ends_at


@dataclass(frozen=True)
class Entry:
    """What happens at one time: a session for everybody, or several of which one is chosen."""

    parts: tuple[Part, ...]

    @property
    def slot(self) -> str:
        """Empty where everybody takes part."""
        return self.parts[0].session.slot

    @property
    def starts_at(self) -> datetime:
        return min(part.starts_at for part in self.parts)

    @property
    def ends_at(self) -> datetime:
        return max(part.ends_at for part in self.parts)

    @property
    def differ(self) -> bool:
        """Whether the sessions of the choice have times of their own."""
        return len({(part.starts_at, part.ends_at) for part in self.parts}) > 1


@dataclass(frozen=True)
class Day:
    """One day of a programme."""

    first: datetime
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Programme:
    """An event's sessions; `is_drawn_later` where places are not given before the draw."""

    entries: tuple[Entry, ...] = ()
    is_drawn_later: bool = False
    by_id: dict[int, Part] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.entries)

    @property
    def choices(self) -> tuple[Entry, ...]:
        """Where people choose one of several."""
        return tuple(entry for entry in self.entries if entry.slot)

    @property
    def rooms(self) -> dict[int, Room]:
        """The places of the parallel sessions, as `workshops.list_rooms` gives them."""
        return {part.session.id: part.room for entry in self.choices for part in entry.parts}

    @property
    def days(self) -> list[Day]:
        """The entries of each day."""
        grouped = [tuple(found) for _day, found in groupby(self.entries, lambda entry: clock.local(entry.starts_at).date())]
        return [Day(entries[0].starts_at, entries) for entries in grouped]


def context(viewer: Viewer, event: Event, reads: bool = True) -> dict[str, Any]:
    """What the event's page needs for `_programme.html`."""
    is_told = reads and event.starts_at is not None and event.has_programme is not False
    return {"programme": get_programme(viewer, event) if is_told else Programme()}


def get_programme(viewer: Viewer, event: Event) -> Programme:
    """The whole programme with speakers, places, theme networks that may be known (T20) and the viewer's own choices. One query."""
    # The join that depends on the viewer comes last.
    known = _PROGRAMME.outerjoin(Network, and_(Network.id == Session.network_id, networks.visible_to(viewer)))
    rows = db.session.execute(known, {"event_id": event.id, "viewer_id": viewer.user_id or 0}).all()
    parts = [_part(viewer, list(found)) for _id, found in groupby(rows, lambda row: row.Session.id)]
    entries = _in_order(parts)
    by_id = {part.session.id: part for entry in entries for part in entry.parts}
    return Programme(entries, event.choice_rule == ChoiceRule.WISHES and event.drawn_at is None, by_id)


def may_join(viewer: Viewer, network: Network | None) -> bool:
    """Whether a theme network takes people and this one is not in it."""
    return network is not None and network.takes_people and networks.can_join(viewer, network) and not networks.is_member(viewer, network)


def list_sessions(viewer: Viewer, event: Event) -> Sequence[Session]:
    """The sessions in their order, with their speakers, as they are now: whoever holds the event's row sees what others left."""
    wanted = (
        select(Session).where(Session.event_id == event.id).options(joinedload(Session.speakers)).execution_options(populate_existing=True)
    )
    return db.session.scalars(wanted.order_by(Session.starts_at, Session.id)).unique().all()


def get_part(programme: Programme, session_id: int) -> Part:
    """One session of the programme; NotFound where it is not in it, or not any more."""
    if session_id not in programme.by_id:
        raise NotFound
    return programme.by_id[session_id]


def list_themes(viewer: Viewer, event: Event, present: int | None = None) -> Sequence[Network]:
    """The networks that a breakout can stand for: those in work that may be named to everybody here, theme networks first."""
    wanted = select(Network).where(
        Network.state.in_([NetworkState.ACTIVE, NetworkState.DORMANT]) & (Network.visibility != Visibility.SECRET) & (Network.id != event.network_id)
        | (Network.id == (present or 0)),
        networks.visible_to(viewer),
    )  # fmt: skip
    return db.session.scalars(wanted.order_by(Network.kind != NetworkKind.THEME, Network.id)).all()


def find_members(viewer: Viewer, event: Event, emails: Iterable[str]) -> dict[str, User]:
    """Members of the event's network by their addresses, to be named as speakers."""
    asked = [email.strip().lower() for email in emails if email.strip()]
    if not asked or not networks.can_list_members(viewer, event.network):
        return {}
    wanted = (
        select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(User.email.in_(asked), Membership.network_id == event.network_id, Membership.state == MembershipState.ACTIVE)
    )
    return {user.email: user for user in db.session.scalars(wanted)}


def addresses_of(viewer: Viewer, speakers: Iterable[Speaker]) -> dict[int, str]:
    """The e-mail addresses of speakers who have an account, for the form."""
    ids = [speaker.user_id for speaker in speakers if speaker.user_id is not None]
    found = db.session.execute(select(User.id, User.email).where(User.id.in_(ids))) if ids else ()
    return {user_id: email for user_id, email in found}


def list_themes_to_join(signups: Iterable[Signup]) -> dict[int, list[Network]]:
    """For letters: the theme networks of the breakouts that people have chosen, where they could join and are not members yet."""
    ids = [signup.id for signup in signups if signup.user_id is not None]
    asked = [MembershipState.ACTIVE, MembershipState.REQUESTED]
    is_in = exists().where(Membership.network_id == Network.id, Membership.user_id == Signup.user_id, Membership.state.in_(asked))
    rows = db.session.execute(
        select(Signup.id, Network)
        .join(Choice, Choice.signup_id == Signup.id)
        .join(Session, Session.id == Choice.session_id)
        .join(Network, Network.id == Session.network_id)
        .where(Signup.id.in_(ids), Network.visibility != Visibility.SECRET, ~is_in)
        .order_by(Session.starts_at, Session.id)
    )
    found: dict[int, list[Network]] = defaultdict(list)
    for signup_id, network in rows:
        if network.takes_people:
            found[signup_id].append(network)
    return found


def _part(viewer: Viewer, rows: list[Any]) -> Part:
    first = rows[0]
    speakers = tuple(row.Speaker for row in rows if row.Speaker is not None)
    return Part(first.Session, Room(first.Session, *first[4:]), speakers, first.Network, first.state, may_join(viewer, first.Network))


def _in_order(parts: list[Part]) -> tuple[Entry, ...]:
    """Sessions of one slot together, at the time of the first; lettered through the whole programme."""
    groups: dict[Any, list[Part]] = {}
    for part in parts:
        groups.setdefault(part.session.slot or part.session.id, []).append(part)
    names = iter([*LETTERS, *(f"{one}{other}" for one in LETTERS for other in LETTERS)])
    entries = []
    for group in groups.values():
        is_choice = group[0].session.is_parallel
        entries.append(Entry(tuple(replace(part, letter=next(names)) if is_choice else part for part in group)))
    return tuple(entries)
