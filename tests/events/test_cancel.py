"""Giving up one's own place: it goes to the first who waits, at once, once, with a word (I-14, T37, T39)."""

from datetime import timedelta

import pytest

from extranet.audit.models import AuditEvent
from extranet.core import clock
from extranet.core.db import db
from extranet.events.kinds import EventState, Mode
from extranet.events.models import Signup
from extranet.notifications.models import Notification


def test_a_cancelled_place_goes_to_the_first_who_waits(browser, cast, plan, states, rows, letters):
    event = plan(capacity_onsite=1)
    for name in ("medlem", "member", "expert"):
        browser(name).post(f"/events/{event}/sign-up")
    assert letters() == [("medlem", "confirmed"), ("member", "waiting"), ("expert", "waiting")]

    medlem = browser("medlem")
    page = medlem.submit(medlem.get(f"/events/{event}/cancel"), "main form")

    assert "peruttiin" in page.text("#flash") or "annullerades" in page.text("#flash")
    assert states(event) == {cast["medlem"]: "cancelled", cast["member"]: "offered", cast["expert"]: "waiting"}
    assert [(n.user_id, n.kind) for n in rows(Notification)] == [(cast["member"], "events.offered")]
    assert letters()[3:] == [("member", "offered"), ("medlem", "given_up")]
    assert [e.name for e in rows(AuditEvent)][-1] == "events.cancel"


def test_a_place_in_one_way_does_not_help_those_who_wait_for_the_other(browser, cast, plan, states):
    event = plan(mode=Mode.HYBRID, capacity_onsite=1, capacity_remote=1)
    browser("medlem").post(f"/events/{event}/sign-up", mode="onsite")
    browser("member").post(f"/events/{event}/sign-up", mode="remote")
    browser("expert").post(f"/events/{event}/sign-up", mode="remote")

    browser("medlem").post(f"/events/{event}/cancel")
    assert states(event)[cast["expert"]] == "waiting"
    browser("member").post(f"/events/{event}/cancel")
    assert states(event)[cast["expert"]] == "offered"


def test_what_a_late_cancellation_costs_is_said_before_and_after(browser, plan):
    event = plan(price_cents=12000, cancel_free_until=clock.now() - timedelta(hours=1), late_cancel_percent=50)
    member = browser("member")
    review = member.submit(member.get(f"/events/{event}/"), "#signup form", accepts_terms="y")
    member.submit(review, "main form")
    page = member.get(f"/events/{event}/cancel")
    assert "60,00" in page.text("main") and page.soup.select_one(f"main a[href='/events/{event}/signup/substitute']")
    assert "60,00" in member.submit(page, "main form").text("#flash")


def test_whoever_comes_back_comes_last(browser, cast, plan, rows):
    event = plan(capacity_onsite=1)
    for name in ("medlem", "member", "expert"):
        browser(name).post(f"/events/{event}/sign-up")
    browser("member").post(f"/events/{event}/cancel")
    page = browser("member").post(f"/events/{event}/sign-up", follow=True)

    assert "2." in page.text("#signup")
    assert len(rows(Signup, Signup.event_id == event)) == 4


@pytest.mark.parametrize("state", [EventState.OPEN, EventState.CLOSED])
def test_also_from_a_full_or_closed_event(browser, cast, plan, states, state):
    event = plan(capacity_onsite=1)
    for name in ("member", "medlem"):
        browser(name).post(f"/events/{event}/sign-up")
    if state == EventState.CLOSED:
        browser("moderator").post(f"/events/{event}/close")

    assert browser("member").post(f"/events/{event}/cancel").status == 303
    assert states(event) == {cast["member"]: "cancelled", cast["medlem"]: "offered"}


def test_after_the_start_nobody_cancels_and_nobody_moves_up(browser, cast, plan, states, app, signup_of):
    event = plan(in_hours=-1, capacity_onsite=1)
    with app.app_context():
        for name, state in (("member", "confirmed"), ("medlem", "waiting")):
            db.session.add(Signup(event_id=event, user_id=cast[name], mode=Mode.ONSITE, state=state))
        db.session.commit()

    assert browser("member").post(f"/events/{event}/cancel").status == 422
    url = f"/events/{event}/desk/{signup_of(event, 'member')}/remove"
    assert browser("moderator").post(url, reason="Estynyt").status == 303
    assert states(event) == {cast["member"]: "cancelled", cast["medlem"]: "waiting"}


def test_a_second_press_is_told_so(browser, plan):
    event = plan()
    browser("member").post(f"/events/{event}/sign-up")
    browser("member").post(f"/events/{event}/cancel")

    page = browser("member").post(f"/events/{event}/cancel")
    assert page.status == 422 and "ei ole paikkaa" in page.text()
    assert browser("member").get(f"/events/{event}/cancel").has("main a.button")


def test_the_confirm_page_keeps_the_place_on_no(browser, plan, cast, states):
    event, member = plan(), browser("member")
    member.post(f"/events/{event}/sign-up")

    page = member.get(f"/events/{event}/cancel")
    assert "Säilytä paikka" in page.text() and f"/events/{event}/" in page.links()
    assert states(event) == {cast["member"]: "confirmed"}
