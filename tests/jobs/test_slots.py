"""Schedules are right on every night, those two included."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from extranet.core import clock
from extranet.core.db import db
from extranet.jobs import calendar, queue
from extranet.jobs.models import Job, Schedule
from extranet.jobs.slots import Daily, Minutes

SPRING = date(2027, 3, 28)  # 3.00 becomes 4.00
AUTUMN = date(2026, 10, 25)  # 4.00 becomes 3.00

moments = st.datetimes(datetime(2024, 1, 1), datetime(2034, 1, 1), timezones=st.just(UTC))
times = st.times().map(lambda t: f"{t.hour:02}:{t.minute:02}")


@settings(deadline=None, max_examples=40)
@given(moments, times)
def test_a_daily_job_has_one_slot_each_day(moment, at):
    rule = Daily(at)
    slots = [rule.after(moment)]
    for _day in range(400):
        slots.append(rule.after(slots[-1]))
    days = [clock.local(slot).date() for slot in slots]
    assert slots[0] > moment
    assert days == [days[0] + timedelta(days=n) for n in range(401)]
    assert len({rule.key(slot) for slot in slots}) == 401


@settings(deadline=None)
@given(moments, times)
def test_a_daily_slot_is_at_its_time_or_an_hour_later(moment, at):
    shown = clock.local(Daily(at).after(moment)).strftime("%H:%M")
    assert shown == at or (at.startswith("03") and shown == f"04{at[2:]}")


@settings(deadline=None)
@given(moments, st.integers(1, 1440))
def test_every_so_many_minutes_neither_skips_nor_doubles(moment, minutes):
    rule = Minutes(minutes)
    first, second = rule.after(moment), rule.after(rule.after(moment))
    assert moment < first <= moment + timedelta(minutes=minutes)
    assert second - first == timedelta(minutes=minutes)
    assert rule.key(first) != rule.key(second)


def test_the_two_nights():
    assert Daily("03:30").after(datetime(2027, 3, 27, 22, tzinfo=UTC)) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)  # 4.30 summer time
    assert Daily("03:30").after(datetime(2026, 10, 24, 22, tzinfo=UTC)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # the first 3.30


@pytest.fixture
def only(monkeypatch):
    """Declare schedules that are there for this test only."""

    def declare(**rules):
        monkeypatch.setattr(queue, "schedules", rules)
        monkeypatch.setattr(calendar, "schedules", rules)

    return declare


@pytest.mark.parametrize("night", [SPRING, AUTUMN], ids=["spring", "autumn"])
def test_a_job_at_half_past_three_runs_once_in_the_night_when_the_clock_changes(app, only, night):
    only(**{"nightly": Daily("03:30"), "often": Minutes(30)})
    start = datetime(night.year, night.month, night.day, tzinfo=UTC) - timedelta(hours=2, minutes=1)
    with app.app_context(), time_machine.travel(start, tick=False) as now:
        calendar.declare()
        for _tick in range(12 * 12):
            now.shift(timedelta(minutes=5))
            calendar.bring_back()
            _begin_all()
        slots = list(db.session.scalars(select(Job.slot)))
        assert [slot for slot in slots if slot.startswith("nightly")] == [f"nightly:{night}"]
        often = sorted(slot for slot in slots if slot.startswith("often"))
        assert len(often) == len(set(often)) == 24
        db.session.rollback()


def test_two_machines_bring_a_slot_back_once(app, only):
    only(**{"nightly": Daily("03:30")})
    with app.app_context(), time_machine.travel(datetime(2026, 11, 20, 0, 0, tzinfo=UTC), tick=False) as now:
        calendar.declare()
        db.session.commit()
        schedule = db.session.get_one(Schedule, "nightly")
        slot = schedule.next_at
        now.shift(timedelta(hours=2))
        assert calendar.bring_back() == 1
        _begin_all()
        schedule.next_at = slot  # what the other machine read before
        assert calendar.bring_back() == 0
        db.session.rollback()


def test_a_standstill_of_days_is_made_up_for_once(app, only):
    only(**{"nightly": Daily("03:30"), "often": Minutes(10)})
    with app.app_context(), time_machine.travel(datetime(2026, 11, 20, 12, 0, tzinfo=UTC), tick=False) as now:
        calendar.declare()
        now.shift(timedelta(days=3))
        assert calendar.bring_back() == 2
        assert calendar.bring_back() == 0
        assert db.session.get_one(Schedule, "nightly").next_at == datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
        db.session.rollback()


def test_a_schedule_that_is_no_longer_declared_goes_and_a_changed_one_moves(app, only):
    with app.app_context(), time_machine.travel(datetime(2026, 11, 20, 12, 0, tzinfo=UTC), tick=False):
        only(**{"nightly": Daily("03:30"), "gone": Daily("05:00")})
        calendar.declare()
        db.session.flush()
        only(**{"nightly": Daily("04:15")})
        calendar.declare()
        db.session.expire_all()
        assert [(s.name, s.rule, s.next_at) for s in db.session.scalars(select(Schedule))] == [
            ("nightly", "04:15", datetime(2026, 11, 21, 2, 15, tzinfo=UTC))
        ]
        db.session.rollback()


def _begin_all():
    """As if a worker had taken every job that waits."""
    for job in db.session.scalars(select(Job).where(Job.dedupe.is_not(None))):
        job.dedupe = None
    db.session.flush()
