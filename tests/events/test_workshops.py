"""Parallel workshops: one place a person and slot, each with its own limit and queue (I-13, T40); a stateful property test."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import select

from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.events import queries, signup_actions, workshops
from extranet.events.details import Details
from extranet.events.kinds import IN_FORCE, TAKEN, Mode
from extranet.events.models import Event, Signup
from extranet.events.programme_models import Choice, ChoiceState
from extranet.networks.access import viewer_for
from tests.conftest import Stage

NAMES = ("member", "medlem", "moderator", "expert", "admin")


class Workshops(RuleBasedStateMachine):
    stage: Stage
    event_id: int
    sessions: list[int]

    def __init__(self) -> None:
        super().__init__()
        db.session.rollback()
        self.people = [viewer_for(self.stage.ids[name]) for name in NAMES]
        self.event = queries.get_event(self.people[2], self.event_id)

    def signups(self) -> list[Signup]:
        return list(db.session.scalars(select(Signup).where(Signup.event_id == self.event_id, Signup.state.in_(IN_FORCE))))

    def choices(self, *states: ChoiceState) -> list[Choice]:
        return list(
            db.session.scalars(select(Choice).where(Choice.session_id.in_(self.sessions), Choice.state.in_(states)).order_by(Choice.id))
        )

    @rule(who=st.integers(0, len(NAMES) - 1), data=st.data(), many=st.integers(1, 3))
    def sign_up(self, who: int, data, many: int) -> None:
        wanted = data.draw(st.permutations(self.sessions))[:many]
        try:
            signup_actions.sign_up(self.people[who], self.event, mode=Mode.ONSITE, details=Details(wishes={"A": wanted}))
        except Refused:
            assert any(s.user_id == self.people[who].user_id for s in self.signups())

    @precondition(lambda self: self.signups())
    @rule(data=st.data(), many=st.integers(1, 3))
    def choose_anew(self, data, many: int) -> None:
        signup = data.draw(st.sampled_from(self.signups()))
        inside = {c.session_id for c in self.choices(ChoiceState.CONFIRMED) if c.signup_id == signup.id}
        wanted = data.draw(st.permutations(self.sessions))[:many]
        signup_actions.choose(next(p for p in self.people if p.user_id == signup.user_id), signup, wishes={"A": wanted})
        if inside & set(wanted):
            assert any(c.signup_id == signup.id for c in self.choices(ChoiceState.CONFIRMED)), (
                "nobody loses a place by wishing for a better one"
            )

    @precondition(lambda self: self.signups())
    @rule(data=st.data())
    def cancel(self, data) -> None:
        signup = data.draw(st.sampled_from(self.signups()))
        signup_actions.cancel(next(p for p in self.people if p.user_id == signup.user_id), self.event)

    @precondition(lambda self: any(s.is_offered for s in self.signups()))
    @rule(data=st.data())
    def accept(self, data) -> None:
        signup = data.draw(st.sampled_from([s for s in self.signups() if s.is_offered]))
        signup_actions.accept(next(p for p in self.people if p.user_id == signup.user_id), signup)

    @invariant()
    def never_more_people_than_places(self) -> None:
        for room in workshops.list_rooms(self.people[0], self.event).values():
            assert room.confirmed <= room.session.capacity
            assert not room.waiting or room.free == 0, "nobody waits while a place is free"

    @invariant()
    def one_session_a_person(self) -> None:
        inside = [c.signup_id for c in self.choices(ChoiceState.CONFIRMED)]
        assert len(inside) == len(set(inside))
        with_places = {s.id for s in self.signups() if s.state in TAKEN}
        assert {c.signup_id for c in self.choices(ChoiceState.CONFIRMED, ChoiceState.WAITING)} <= with_places
        assert {c.signup_id for c in self.choices(*ChoiceState)} <= {s.id for s in self.signups()}

    @invariant()
    def queues_are_only_for_better_sessions(self) -> None:
        inside = {c.signup_id: c.rank for c in self.choices(ChoiceState.CONFIRMED)}
        assert all(c.rank < inside.get(c.signup_id, 99) for c in self.choices(ChoiceState.WAITING))

    def teardown(self) -> None:
        db.session.rollback()


@pytest.mark.slow
def test_the_workshops_hold_whatever_people_do(stage, programme):
    event_id, sessions = programme(1, 1, 2, capacity_onsite=4)
    machine = type("Machine", (Workshops,), {"stage": stage, "event_id": event_id, "sessions": sessions})
    with stage.app.test_request_context("/", method="POST"):
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=25, stateful_step_count=20, deadline=None, database=None, derandomize=True,
                suppress_health_check=list(HealthCheck),
            ),
        )  # fmt: skip
        assert db.session.get_one(Event, event_id).capacity_onsite == 4


def test_sessions_of_another_event_or_slot_cannot_be_chosen(stage, programme):
    event_id, [mine, *_rest] = programme(1, 1)
    _other, [foreign] = programme(1)
    with stage.app.test_request_context("/", method="POST"):
        member = viewer_for(stage.ids["member"])
        event = queries.get_event(member, event_id)
        for wishes in ({"A": [foreign]}, {"B": [mine]}, {"A": [mine, mine]}):
            with pytest.raises(Refused):
                signup_actions.sign_up(member, event, mode=Mode.ONSITE, details=Details(wishes=wishes))
            db.session.rollback()
        assert db.session.scalar(select(Choice.id).where(Choice.session_id.in_([mine, foreign]))) is None
