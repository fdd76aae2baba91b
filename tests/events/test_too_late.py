"""Pages that were left open: what they send when the event is called off, or begins earlier, changes nothing (I-14, I-16)."""

from datetime import timedelta

import pytest
import time_machine

from extranet.core import clock
from extranet.core.db import db
from extranet.events.kinds import Mode, SignupState
from extranet.events.models import Event, Signup
from extranet.notifications.models import Notification


@pytest.fixture
def offer(app, cast):
    """`offer(event, "member")`: a place that she may take within two days."""

    def make(event_id, name):
        with app.app_context():
            until = clock.now() + timedelta(days=2)
            db.session.add(Signup(event_id=event_id, user_id=cast[name], mode=Mode.ONSITE, state=SignupState.OFFERED, confirm_by=until))
            db.session.commit()

    return make


@pytest.fixture
def call_off(browser):
    """The organiser cancels the event."""
    return lambda event_id: browser("moderator").post(f"/events/{event_id}/cancel-event", reason="Puhuja on estynyt.")


def test_an_offer_of_a_cancelled_event_is_no_place(browser, cast, plan, offer, call_off, states, letters):
    event = plan(capacity_onsite=1)
    offer(event, "member")
    assert call_off(event).status == 303

    page = browser("member").post(f"/events/{event}/accept")

    assert page.status == 422 and "peruttu" in page.text() and states(event) == {cast["member"]: "offered"}
    assert letters() == [("member", "cancelled")]


def test_a_sign_up_for_a_cancelled_event_stays_as_it_is(browser, plan, call_off, rows):
    event, member = plan(mode=Mode.HYBRID), browser("member")
    member.post(f"/events/{event}/sign-up", mode="onsite")
    call_off(event)
    assert member.post(f"/events/{event}/signup", mode="remote", message="Terve").status == 422
    [signup] = rows(Signup, Signup.event_id == event)
    assert (signup.mode, signup.message) == ("onsite", "")


def test_nobody_hears_of_changes_to_what_is_called_off(browser, cast, plan, call_off, letters, rows):
    event, moderator = plan(), browser("moderator")
    browser("member").post(f"/events/{event}/sign-up")
    call_off(event)
    page = moderator.get(f"/events/{event}/edit")
    assert moderator.submit(page, "main form", follow=False, venue_fi="Muualla").status == 303
    assert [n.kind for n in rows(Notification, Notification.user_id == cast["member"])] == ["events.cancelled"]
    assert "changed" not in [what for _who, what in letters()]


def test_an_offer_ends_with_the_beginning_also_where_that_was_moved(app, browser, cast, plan, offer, states):
    event, moderator = plan(in_hours=24 * 5, capacity_onsite=1), browser("moderator")
    offer(event, "member")
    with app.app_context():
        soon = clock.local(db.session.get_one(Event, event).starts_at - timedelta(days=4))
    page = moderator.get(f"/events/{event}/edit")
    assert moderator.submit(page, "main form", follow=False, day=soon.date().isoformat()).status == 303

    with time_machine.travel(soon + timedelta(minutes=1), tick=False):
        page = browser("member").post(f"/events/{event}/accept")

    assert page.status == 422 and states(event) != {cast["member"]: "confirmed"}
