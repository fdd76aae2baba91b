"""Members, organisers and the clock act at random; I-11, I-14 to I-17 always hold (a stateful property test)."""

from datetime import timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import select

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.viewer import SYSTEM
from extranet.events import actions, queries, signup_actions
from extranet.events.kinds import IN_FORCE, TAKEN, Mode, SignupState
from extranet.events.models import Event, Signup
from extranet.networks.access import viewer_for
from tests.conftest import Stage

MODES = (Mode.ONSITE, Mode.REMOTE)
NAMES = ("member", "medlem", "moderator", "expert", "admin")


class WaitingList(RuleBasedStateMachine):
    """Plays with one event in one transaction, which is rolled back at the end."""

    stage: Stage
    event_id: int

    def __init__(self) -> None:
        super().__init__()
        db.session.rollback()
        self.organiser = viewer_for(self.stage.ids["moderator"])
        self.people = [viewer_for(self.stage.ids[name]) for name in NAMES]
        self.event = queries.get_event(self.organiser, self.event_id)
        self.jumped: set[int] = set()  # sign-ups that got a place by hand, by changing over or from a colleague
        self.clock = time_machine.travel(clock.now(), tick=False)
        self.time = self.clock.start()

    def signups(self, *states: SignupState) -> list[Signup]:
        found = db.session.scalars(select(Signup).where(Signup.event_id == self.event_id).order_by(Signup.id)).all()
        return [s for s in found if s.state in (states or tuple(SignupState))]

    def active(self, person) -> Signup | None:
        return next((s for s in self.signups(*IN_FORCE) if s.user_id == person.user_id), None)

    @rule(who=st.integers(0, len(NAMES) - 1), mode=st.sampled_from(MODES))
    def sign_up(self, who: int, mode: Mode) -> None:
        person, before = self.people[who], self.active(self.people[who])
        try:
            signup = signup_actions.sign_up(person, self.event, mode=mode)
        except Refused:
            assert before is not None or self.event.has_begun
        else:
            assert (before is None or before.state not in IN_FORCE) and not self.event.has_begun
            waiting = [s for s in self.signups(SignupState.WAITING) if s.mode == mode]
            assert signup.is_confirmed or waiting[-1] is signup
            assert queries.find_own(person, self.event).position == len(waiting)

    @rule(who=st.integers(0, len(NAMES) - 1))
    def cancel(self, who: int) -> None:
        before = self.active(self.people[who])
        try:
            signup_actions.cancel(self.people[who], self.event)
        except Refused:
            assert before is None or self.event.has_begun

    @rule(hours=st.sampled_from([1, 5, 20, 25, 24 * 29, 24 * 31]))
    def time_passes(self, hours: int) -> None:
        self.time.shift(timedelta(hours=hours))
        signup_actions.move_queue(SYSTEM, self.event)

    @precondition(lambda self: self.signups(SignupState.OFFERED))
    @rule(data=st.data(), late=st.booleans())
    def accept(self, data, late: bool) -> None:
        signup = data.draw(st.sampled_from(self.signups(SignupState.OFFERED)))
        if late:
            self.time.shift(timedelta(hours=25))
        try:
            signup_actions.accept(next(p for p in self.people if p.user_id == signup.user_id), signup)
        except Refused:
            assert late and signup.state == SignupState.EXPIRED
        else:
            assert not late and signup.is_confirmed

    @precondition(lambda self: self.signups(*IN_FORCE))
    @rule(data=st.data(), mode=st.sampled_from(MODES))
    def change_over(self, data, mode: Mode) -> None:
        signup = data.draw(st.sampled_from(self.signups(*IN_FORCE)))
        before = (signup.mode, signup.state)
        try:
            signup_actions.change_mode(next(p for p in self.people if p.user_id == signup.user_id), signup, mode=mode)
        except Refused:
            assert (signup.mode, signup.state) == before
        else:
            self.jumped.add(signup.id)

    @precondition(lambda self: self.signups(SignupState.CONFIRMED))
    @rule(data=st.data(), who=st.integers(0, len(NAMES) - 1))
    def hand_over(self, data, who: int) -> None:
        signup = data.draw(st.sampled_from(self.signups(SignupState.CONFIRMED)))
        user = db.session.get_one(User, self.people[who].user_id)
        try:
            heir = signup_actions.substitute(self.organiser, signup, user=user)
        except Refused:
            assert signup.is_confirmed
        else:
            assert heir.organisation_id == user.organisation_id and heir.mode == signup.mode and signup.state == SignupState.REPLACED
            self.jumped.add(heir.id)

    @rule(places=st.one_of(st.none(), st.integers(1, 3)), mode=st.sampled_from(MODES))
    def change_places(self, places: int | None, mode: Mode) -> None:
        signup_actions.move_queue(SYSTEM, self.event)
        taken = len([s for s in self.signups(*TAKEN) if s.mode == mode])
        if places is not None and places < taken:
            places = taken
        data = {f"capacity_{mode}": places}
        actions.edit(self.organiser, self.event, lock_version=self.event.lock_version, **data)

    @precondition(lambda self: self.signups(*IN_FORCE) and self.event.can_move_people)
    @rule(data=st.data())
    def remove(self, data) -> None:
        signup = data.draw(st.sampled_from(self.signups(*IN_FORCE)))
        signup_actions.remove(self.organiser, self.signup(signup), reason="by hand")

    @precondition(lambda self: self.signups(SignupState.WAITING) and self.event.can_move_people)
    @rule(data=st.data())
    def promote(self, data) -> None:
        signup = data.draw(st.sampled_from(self.signups(SignupState.WAITING)))
        signup_actions.promote(self.organiser, self.signup(signup), reason="by hand")
        self.jumped.add(signup.id)

    def signup(self, signup: Signup) -> Signup:
        return queries.get_signup(self.organiser, self.event, signup.id)

    @invariant()
    def never_more_people_than_places(self) -> None:
        for seats in queries.count_seats(self.organiser, self.event):
            assert seats.capacity is None or seats.taken <= seats.capacity

    @invariant()
    def nobody_waits_while_a_place_is_free(self) -> None:
        for seats in queries.count_seats(self.organiser, self.event):
            assert not seats.waiting or seats.free == 0 or not self.event.moves_queue

    @invariant()
    def one_place_a_person(self) -> None:
        active = [s.user_id for s in self.signups(*IN_FORCE)]
        assert len(active) == len(set(active))

    @invariant()
    def first_in_first_out(self) -> None:
        """Whoever got a place from the queue came before all who still wait for the same."""
        for mode in MODES:
            waiting = [s.id for s in self.signups(SignupState.WAITING) if s.mode == mode]
            promoted = [s.id for s in self.signups() if s.mode == mode and s.promoted_at and s.id not in self.jumped]
            assert not waiting or not promoted or max(promoted) < min(waiting)

    @invariant()
    def offers_are_open_and_end_by_the_start(self) -> None:
        for signup in self.signups(SignupState.OFFERED):
            assert signup.confirm_by is not None and signup.confirm_by <= self.event.starts_at

    def teardown(self) -> None:
        self.clock.stop()
        db.session.rollback()


@pytest.mark.slow
def test_the_waiting_list_holds_whatever_people_do(stage, plan):
    event_id = plan(mode=Mode.HYBRID, capacity_onsite=1, capacity_remote=1)
    machine = type("Machine", (WaitingList,), {"stage": stage, "event_id": event_id})
    with stage.app.test_request_context("/", method="POST"):
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=25, stateful_step_count=20, deadline=None, database=None, derandomize=True,
                suppress_health_check=list(HealthCheck),
            ),
        )  # fmt: skip
        assert db.session.get(Event, event_id).capacity_onsite == 1
