"""One event and all who act on it, for the property test: what they can do, and what must hold whatever they do (I-11 … I-17)."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import time_machine
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import NotAllowed, NotFound, Refused
from extranet.core.viewer import Viewer
from extranet.events import changing, queries, workshops
from extranet.events.details import Details
from extranet.events.kinds import IN_FORCE, TAKEN, ChoiceRule, Mode, SignupState
from extranet.events.models import Event, Signup
from extranet.events.programme_models import Choice, ChoiceState, Session
from extranet.events.question_models import Needs
from extranet.events.signup_queries import read_told
from extranet.networks.access import viewer_for
from tests.conftest import Stage

NAMES = ("member", "medlem", "expert", "admin", "contact", "deputy")
MODES = (Mode.ONSITE, Mode.REMOTE)
INSIDE, QUEUED = ChoiceState.CONFIRMED, ChoiceState.WAITING


@dataclass(frozen=True)
class Picture:
    """Everybody's places at one moment. `queues`: who waits for a session, in order; `inside`: sign-up and session."""

    states: dict[int, tuple[SignupState, Mode]]
    slots: dict[int, str]
    queues: dict[int, list[int]]
    inside: set[tuple[int, int]]

    def waiting(self, mode: Mode) -> list[int]:
        return [i for i, state in self.states.items() if state == (SignupState.WAITING, mode)]


class World:
    """Plays in one transaction, which is rolled back at the end; each act is a request of its own, undone where it is refused."""

    def __init__(self, stage: Stage, event_id: int) -> None:
        db.session.rollback()
        self.ids, self.networks, self.event_id = stage.ids, stage.networks, event_id
        self.clock = time_machine.travel(clock.now(), tick=False)
        self.time = self.clock.start()

    def end(self) -> None:
        self.clock.stop()
        db.session.rollback()

    @property
    def organiser(self) -> Viewer:
        return viewer_for(self.ids["moderator"])

    @property
    def event(self) -> Event:
        return queries.get_event(self.organiser, self.event_id)

    def viewer(self, name: str) -> Viewer:
        return viewer_for(self.ids[name])

    @property
    def now(self) -> datetime:
        return clock.now()

    def user(self, name: str) -> User:
        return db.session.get_one(User, self.ids[name])

    def signups(self, *states: SignupState) -> list[Signup]:
        found = db.session.scalars(select(Signup).where(Signup.event_id == self.event_id).order_by(Signup.id)).all()
        return [s for s in found if s.state in (states or tuple(SignupState))]

    def signup(self, one: Signup) -> Signup:
        loads = (joinedload(Signup.event).joinedload(Event.network), joinedload(Signup.user))
        return db.session.scalars(select(Signup).where(Signup.id == one.id).options(*loads).execution_options(populate_existing=True)).one()

    def in_force(self, name: str) -> Signup | None:
        return next((s for s in self.signups(*IN_FORCE) if s.user_id == self.ids[name]), None)

    def sessions(self) -> list[Session]:
        return [room.session for room in workshops.list_rooms(self.organiser, self.event).values()]

    @contextmanager
    def act(
        self, own: Iterable[int] = (), may_end: Iterable[int] = (), draws: bool = False, undo: bool = False
    ) -> Iterator[list[Exception]]:
        """One request. `own`: sign-ups that the actor changes, past any queue; `may_end`: those that it may end.

        What it refuses is in the list that it gives; then nothing at all may have changed.
        """
        before, refusals = self.picture(), []
        step = db.session.begin_nested()
        try:
            yield refusals
            db.session.flush()
            step.commit()
        except (Refused, NotAllowed, NotFound) as refusal:
            step.rollback()
            db.session.expire_all()
            refusals.append(refusal)
        after = self.picture()
        if refusals:
            assert after == before, "what is refused changes nothing"
        else:
            self._check_step(before, after, set(own), set(may_end), draws)
        self._check_state()

    def picture(self) -> Picture:
        rows = db.session.execute(
            select(Choice.signup_id, Choice.session_id, Choice.state, Session.slot)
            .join(Session, Session.id == Choice.session_id)
            .where(Session.event_id == self.event_id)
            .order_by(Choice.lot.nulls_first(), Choice.id)
        ).all()
        queues: dict[int, list[int]] = {}
        for row in rows:
            if row.state == QUEUED:
                queues.setdefault(row.session_id, []).append(row.signup_id)
        inside = {(row.signup_id, row.session_id) for row in rows if row.state == INSIDE}
        slots = dict(db.session.execute(select(Session.id, Session.slot).where(Session.event_id == self.event_id)).all())
        return Picture({s.id: (s.state, s.mode) for s in self.signups()}, slots, queues, inside)

    def _check_step(self, before: Picture, after: Picture, own: set[int], may_end: set[int], draws: bool) -> None:
        ended = {i for i, (state, _mode) in before.states.items() if state in IN_FORCE and after.states[i][0] not in IN_FORCE}
        assert ended <= may_end, "nobody loses a place or a turn by what others do"
        lost = {i for i, (state, _m) in before.states.items() if state == SignupState.CONFIRMED and after.states[i][0] != state}
        assert lost <= may_end
        for mode in MODES:
            _check_queue(
                before.waiting(mode), after.waiting(mode), own, lambda i, m=mode: after.states[i][0] in TAKEN and after.states[i][1] == m
            )
        for session_id, queue in before.queues.items():
            if session_id in after.slots and not draws:
                got = lambda i, s=session_id: (i, s) in after.inside  # noqa: E731
                _check_queue(queue, after.queues.get(session_id, []), own, got)
        for signup_id, session_id in before.inside - after.inside:
            if signup_id in own | ended or session_id not in after.slots or draws:
                continue
            slot = before.slots[session_id]
            assert any(i == signup_id and after.slots[s] == slot for i, s in after.inside), (
                "a place in a session is left for a better one only"
            )

    def _check_state(self) -> None:
        event = self.event
        for seats in queries.count_seats(self.organiser, event):
            assert seats.capacity is None or seats.taken <= seats.capacity, "I-11"
            assert not seats.waiting or seats.free == 0 or not event.moves_queue, "I-14: nobody waits while a place is free"
        rooms = workshops.list_rooms(self.organiser, event)
        for room in rooms.values():
            assert room.session.capacity is None or room.confirmed <= room.session.capacity, "I-11"
            assert not room.waiting or room.free == 0, "I-14"
        active = self.signups(*IN_FORCE)
        who = [s.user_id or s.guest_email for s in active]
        assert len(who) == len(set(who)), "I-15"
        taken = {s.id for s in active if s.state in TAKEN}
        choices = db.session.scalars(
            select(Choice).join(Session, Session.id == Choice.session_id).where(Session.event_id == self.event_id)
        ).all()
        assert {c.signup_id for c in choices} <= {s.id for s in active}, "whoever is gone takes no place"
        assert {c.signup_id for c in choices if c.state != ChoiceState.WISHED} <= taken, "whoever waits has no place in a session yet"
        for signup_id in taken:
            mine = [(c, rooms[c.session_id].session) for c in choices if c.signup_id == signup_id]
            inside = sorted((s.starts_at, s.ends_at, s.slot) for c, s in mine if c.state == INSIDE)
            assert len({slot for _a, _b, slot in inside}) == len(inside), "I-13: one session in a slot"
            assert all(one[1] <= other[0] for one, other in zip(inside, inside[1:], strict=False)), "T40: nothing at the same time"
            rank = {s.slot: c.rank for c, s in mine if c.state == INSIDE}
            assert all(c.rank < rank.get(s.slot, 99) for c, s in mine if c.state == QUEUED), "queues are for what one likes better"
            if event.choice_rule == ChoiceRule.FIRST_COME or event.drawn_at is not None:
                better = [c.state for c, s in mine if c.rank < rank.get(s.slot, 99)]
                assert ChoiceState.WISHED not in better, "no wish of somebody who has a place lies still"
        for one in self.signups(SignupState.OFFERED):
            assert one.confirm_by is not None and one.confirm_by <= event.starts_at, "I-14: offers end by the start"
        gone = {s.id for s in self.signups() if s.state not in IN_FORCE}
        assert not gone & set(db.session.scalars(select(Needs.signup_id))), "§6.2: what was said of diet goes with the person"


def _check_queue(before: list[int], after: list[int], own: set[int], got: Callable[[int], Any]) -> None:
    """First in, first out: whoever got a place came before all who still wait; those keep their order, and who is new comes last."""
    still = [i for i in after if i in set(before) - own]
    assert still == [i for i in before if i in set(still)], "I-14: the order stays"
    promoted = [i for i in before if i not in after and i not in own and got(i)]
    assert not still or all(before.index(i) < before.index(still[0]) for i in promoted), "I-14: first in, first out"
    new = [place for place, i in enumerate(after) if i not in before]
    assert not new or not still or min(new) > after.index(still[-1]), "I-14: who comes later waits behind"


def change_over(viewer, signup, mode):
    """Take part in the other way."""
    changing.change(viewer, signup, mode, Details(wishes=read_told(signup.id).wishes))


def choose_anew(viewer, signup, wishes):
    """Wish for other workshops."""
    changing.change(viewer, signup, signup.mode, Details(wishes=wishes))
