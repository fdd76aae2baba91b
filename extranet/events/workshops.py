"""Places in parallel sessions: one for each participant and slot, a queue for each session. The event's row is held by the caller (I-11, I-13)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import bindparam, delete, func, select, update

from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.i18n import gettext as _
from extranet.core.i18n import local_plain
from extranet.core.viewer import Viewer
from extranet.events.kinds import IN_FORCE, TAKEN, ChoiceRule
from extranet.events.models import Event, Signup
from extranet.events.programme_models import Choice, ChoiceState, Session
from extranet.jobs.queue import enqueue

Wishes = Mapping[str, Sequence[int]]  # the slot, and its sessions from the most wanted on


@dataclass(frozen=True)
class Room:
    """The places of one session."""

    session: Session
    confirmed: int
    waiting: int
    wished: int = 0

    @property
    def chosen(self) -> int:
        """How many count on it in one way or another."""
        return self.confirmed + self.waiting + self.wished

    @property
    def free(self) -> int | None:
        """Places left; None for no limit."""
        return None if self.session.capacity is None else max(0, self.session.capacity - self.confirmed)

    @property
    def is_full(self) -> bool:
        """Whether the next one comes to its queue."""
        return self.free == 0 or self.waiting > 0


# How many are in a session, wait for it, or only wish for it; asked of each session by the index, not of the whole table.
COUNTS = tuple(
    select(func.count()).where(Choice.session_id == Session.id, Choice.state == state).correlate(Session).scalar_subquery()
    for state in (ChoiceState.CONFIRMED, ChoiceState.WAITING, ChoiceState.WISHED)
)
_ROOMS = (
    select(Session, *COUNTS)
    .where(Session.event_id == bindparam("event_id"), Session.slot != "")
    .order_by(Session.starts_at, Session.slot, Session.id)
)


def list_rooms(viewer: Viewer, event: Event) -> dict[int, Room]:
    """The parallel sessions of an event with their places, in the order of the programme. One query."""
    return {session.id: Room(session, *counts) for session, *counts in db.session.execute(_ROOMS, {"event_id": event.id})}


def choose(viewer: Viewer, signup: Signup, wishes: Wishes) -> None:
    """Set what the participant wants in each slot, in place of what was there; Refused where it does not fit together (T40)."""
    event = signup.event
    rooms = list_rooms(viewer, event)
    _check(rooms, wishes)
    kept = {(c.session_id): c for c in _choices(signup)}
    wanted = {session_id: rank for ids in wishes.values() for rank, session_id in enumerate(ids, 1)}
    for session_id, choice in kept.items():
        if session_id not in wanted:
            db.session.delete(choice)
        else:
            choice.rank = wanted[session_id]
    db.session.add_all(
        Choice(signup_id=signup.id, session_id=session_id, state=ChoiceState.WISHED, rank=rank)
        for session_id, rank in wanted.items()
        if session_id not in kept
    )
    db.session.flush()
    settle(viewer, [signup])


def settle(viewer: Viewer, signups: Iterable[Signup]) -> None:
    """Give people who have a place in the event their sessions: the best wish with room, and the queue of a better one that is full.

    Before a draw they stay wishes.
    """
    for signup in signups:
        event = signup.event
        if signup.state not in TAKEN or (event.choice_rule == ChoiceRule.WISHES and event.drawn_at is None):
            continue
        rooms = list_rooms(viewer, event)
        by_slot: dict[str, list[Choice]] = defaultdict(list)
        for choice in _choices(signup):
            by_slot[rooms[choice.session_id].session.slot].append(choice)
        for choices in by_slot.values():
            _settle(rooms, sorted(choices, key=lambda c: c.rank))
        db.session.flush()
        fill(viewer, event)


def vacate(viewer: Viewer, signups: Iterable[Signup]) -> None:
    """Take these people out of all sessions; their places go to the first in each queue."""
    ids = [signup.id for signup in signups]
    if ids and db.session.scalars(delete(Choice).where(Choice.signup_id.in_(ids)).returning(Choice.id)).all():
        fill(viewer, next(iter(signups)).event)


def close(viewer: Viewer, session: Session) -> list[Signup]:
    """Take everybody out of a session that will not be held. Their next wishes and queues apply; they are returned to be told."""
    concerned = list(
        db.session.scalars(
            select(Signup).join(Choice, Choice.signup_id == Signup.id).where(Choice.session_id == session.id, Signup.state.in_(IN_FORCE)).order_by(Signup.id)
        )
    )  # fmt: skip
    db.session.execute(delete(Choice).where(Choice.session_id == session.id))
    db.session.flush()
    settle(viewer, concerned)
    return concerned


def hand_over(signup: Signup, heir: Signup) -> None:
    """The substitute keeps the sessions (I-17)."""
    db.session.execute(update(Choice).where(Choice.signup_id == signup.id).values(signup_id=heir.id))


def fill(viewer: Viewer, event: Event) -> None:
    """Move people from the queues of sessions into free places, first in first out; leaving another session may free the next (I-14).

    Not after the event has begun: people are where they are (T37).
    """
    moved = event.moves_queue
    while moved:
        moved = False
        for room in list_rooms(viewer, event).values():
            if room.waiting and room.free != 0:
                first = db.session.scalars(
                    select(Choice)
                    .where(Choice.session_id == room.session.id, Choice.state == ChoiceState.WAITING)
                    .order_by(Choice.lot.nulls_first(), Choice.id)
                    .limit(1)
                ).one()
                _enter(first, room.session)
                moved = True
                break


def _settle(rooms: Mapping[int, Room], choices: list[Choice]) -> None:
    """One slot of one person: the first that has room; better ones keep a place in their queues, worse ones stay wishes."""
    inside = next((c for c in choices if c.state == ChoiceState.CONFIRMED), None)
    for choice in choices:
        if choice is inside:
            break
        if choice.state == ChoiceState.WISHED and not rooms[choice.session_id].is_full:
            inside = choice
            choice.state = ChoiceState.CONFIRMED
            break
        if choice.state != ChoiceState.WAITING:
            choice.state, choice.lot = ChoiceState.WAITING, _last_lot(choice.session_id) + 1
    if inside is not None:
        for choice in choices[choices.index(inside) + 1 :]:
            choice.state = ChoiceState.WISHED


def _last_lot(session_id: int) -> int:
    """Whoever enters a queue comes last, however old the wish is (I-14)."""
    return db.session.scalar(select(func.max(Choice.lot)).where(Choice.session_id == session_id)) or 0


def _enter(choice: Choice, session: Session) -> None:
    """Out of the queue into the session, and out of the worse ones of the same slot, which stay wishes; the person is told."""
    same_slot = select(Session.id).where(Session.event_id == session.event_id, Session.slot == session.slot)
    worse = (Choice.signup_id == choice.signup_id, Choice.session_id.in_(same_slot), Choice.rank > choice.rank)
    db.session.execute(update(Choice).where(*worse).values(state=ChoiceState.WISHED))
    choice.state = ChoiceState.CONFIRMED
    db.session.flush()
    enqueue("events.write", what="session_free", signup_ids=[choice.signup_id], edition=choice.id, about=session.title)


def _choices(signup: Signup) -> list[Choice]:
    return list(db.session.scalars(select(Choice).where(Choice.signup_id == signup.id).order_by(Choice.rank, Choice.id)))


def _check(rooms: Mapping[int, Room], wishes: Wishes) -> None:
    """Wishes of different slots must not overlap, whichever of them comes true (T40)."""
    chosen: list[Session] = []
    for slot, ids in wishes.items():
        if any(i not in rooms or rooms[i].session.slot != slot for i in ids) or len(set(ids)) != len(ids):
            raise Refused(_("The programme has changed meanwhile. Open the event's page again and choose from what there is now."))
        chosen += [rooms[i].session for i in ids]
    chosen.sort(key=lambda session: (session.starts_at, session.id))
    for one, other in combinations(chosen, 2):
        if one.slot != other.slot and other.starts_at < one.ends_at:
            raise Refused(
                _("“%(one)s” and “%(other)s” overlap. Choose one of them.", one=local_plain(one.title), other=local_plain(other.title))
            )
