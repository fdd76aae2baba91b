"""Where the rules of appointments interlock: whatever is tried, in whatever order, I-02, I-03 and I-04 hold."""

from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from extranet.accounts.models import Side, User, UserState
from extranet.core.errors import Refused
from extranet.organisations.models import Appointment, AppointmentKind, AppointmentState
from extranet.organisations.rules import Period, check_lead, check_period, check_person, find_lead, period_of

DAY = date(2026, 1, 1)
days = st.integers(0, 60).map(lambda n: DAY + timedelta(days=n))
KINDS = st.sampled_from(list(AppointmentKind))


@st.composite
def periods(draw):
    starts_on = draw(days)
    length = draw(st.none() | st.integers(0, 20))
    return Period(starts_on, None if length is None else starts_on + timedelta(days=length))


def days_of(period):
    last = period.ends_on or DAY + timedelta(days=200)
    return {period.starts_on + timedelta(days=n) for n in range((last - period.starts_on).days + 1)}


@given(periods(), periods())
def test_periods_overlap_when_they_share_a_day(one, other):
    shared = bool(days_of(one) & days_of(other))
    assert one.overlaps(other) == other.overlaps(one) == shared


@pytest.mark.parametrize(
    ("facts", "is_refused"),
    [
        ({}, False),
        ({"state": UserState.INVITED}, False),
        ({"side": Side.STAFF}, True),
        ({"organisation_id": 9}, True),
        ({"organisation_id": None}, True),
        ({"state": UserState.SUSPENDED}, True),
        ({"state": UserState.CLOSED}, True),
    ],
)
def test_who_may_be_a_contact_person(app, facts, is_refused):
    known = {"first_name": "A", "last_name": "B", "organisation_id": 1, "side": Side.EMPLOYER, "state": UserState.ACTIVE}
    person = User(**known | facts)
    with app.app_context():
        if not is_refused:
            check_person(person, {1, 2})
            return
        with pytest.raises(Refused):
            check_person(person, {1, 2})


class Appointing(RuleBasedStateMachine):
    """Two organisations and four people; everything that the actions do to an appointment, in any order."""

    def __init__(self):
        super().__init__()
        self.people = [User(id=n, first_name=f"P{n}", last_name="X") for n in range(4)]
        self.all = []
        self.today = DAY + timedelta(days=10)

    @rule(person=st.integers(0, 3), organisation=st.integers(1, 2), kind=KINDS, period=periods(), is_lead=st.booleans())
    def appoint(self, person, organisation, kind, period, is_lead):
        who = self.people[person]
        wants_lead = is_lead and kind == AppointmentKind.PRIMARY
        try:
            check_period(organisation, who, kind, period, self.all)
            if wants_lead:
                check_lead(organisation, period, self.all)
        except Refused:
            return
        alone = find_lead(organisation, period, self.all) is None
        made = Appointment(
            organisation_id=organisation,
            user_id=who.id,
            kind=kind,
            starts_on=period.starts_on,
            ends_on=period.ends_on,
            is_lead=kind == AppointmentKind.PRIMARY and (wants_lead or alone),
            state=AppointmentState.CONFIRMED,
        )
        made.user = who
        self.all.append(made)

    @precondition(lambda self: self.all)
    @rule(data=st.data())
    def end(self, data):
        one = data.draw(st.sampled_from(self.all))
        if one.state == AppointmentState.CONFIRMED and (one.ends_on is None or one.ends_on >= self.today):
            one.state, one.ends_on = AppointmentState.ENDED, max(self.today, one.starts_on)

    @rule(days=st.integers(1, 10))
    def wait(self, days):
        self.today += timedelta(days=days)

    @invariant()
    def the_rules_hold(self):
        for one, other in combinations(self.all, 2):
            first, second = period_of(one), period_of(other)
            if first is None or second is None or not first.overlaps(second):
                continue
            if one.user_id == other.user_id:
                assert one.kind != other.kind, "I-03: the same person and kind at the same time"
                assert one.organisation_id != other.organisation_id, "I-02: primary and deputy of one organisation are one person"
            if one.organisation_id == other.organisation_id and one.state == other.state == AppointmentState.CONFIRMED:
                assert not (one.is_lead and other.is_lead), "I-03: two leads at a time"


def test_whatever_is_tried_the_rules_hold(app):
    with app.app_context():
        run_state_machine_as_test(
            Appointing, settings=settings(max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck))
        )
