"""Reminders a week and a day before: they move with the event, come once, and only to those with a place (T41, T27, I-18)."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine

from extranet.core import clock
from extranet.core.db import db
from extranet.events import reminders
from extranet.events.kinds import EventState, Mode, SignupState
from extranet.events.models import Event, Signup
from extranet.events.reminders import Stage
from extranet.jobs.queue import enqueue
from extranet.mail.models import Letter
from extranet.notifications.models import Letters, Notification, NotificationChoice
from tests.events.test_edit import edit


@pytest.fixture
def reminded(stage, work, rows):
    """`reminded(event, days)`: who has got which reminder when the clock stands so many days before the event."""
    seen = []

    def run(event, days, minutes=1):
        with stage.app.app_context():
            begins = db.session.get(Event, event).starts_at
        with time_machine.travel(begins - timedelta(days=days) + timedelta(minutes=minutes), tick=False):
            with stage.app.app_context():
                enqueue("events.remind")
                db.session.commit()
            work()
        own = {signup.id for signup in rows(Signup, Signup.event_id == event)}
        keys = [(letter.to.partition("@")[0], *letter.key.split(":")[1:3]) for letter in rows(Letter) if letter.key]
        now = [(who, what) for who, signup, what in keys if int(signup) in own and what in set(Stage)]
        new = now[len(seen) :]
        seen[:] = now
        return new

    return run


def sign_up(browser, event, *names, **data):
    for name in names:
        assert browser(name).post(f"/events/{event}/sign-up", **data).status == 303


def test_a_week_and_a_day_before_once_each(browser, cast, plan, reminded, rows):
    event = plan()
    sign_up(browser, event, "member")

    assert reminded(event, 8) == []
    assert reminded(event, 7) == [("member", "week_before")]
    assert reminded(event, 5) == []
    assert reminded(event, 1) == [("member", "day_before")]
    assert reminded(event, 0.5) == [] and reminded(event, -0.01) == []
    assert [n.user_id for n in rows(Notification, Notification.kind == "events.day_before", Notification.about_id == event)] == [
        cast["member"]
    ]


def test_only_those_with_a_place_hear(browser, plan, reminded, signup_of):
    event = plan(capacity_onsite=2)
    sign_up(browser, event, "moderator", "medlem", "member", "expert")
    browser("medlem").post(f"/events/{event}/cancel")

    assert reminded(event, 7) == [("moderator", "week_before")], "offered, waiting and cancelled ones do not"


def test_it_moves_with_the_event(browser, plan, reminded, rows):
    event = plan()
    sign_up(browser, event, "member")
    assert reminded(event, 7) == [("member", "week_before")]
    begins = rows(Event, Event.id == event)[0].starts_at
    later = clock.local(begins).date() + timedelta(days=30)
    with time_machine.travel(begins - timedelta(days=6), tick=False):
        edit(browser, event, day=later.isoformat(), last_day="", starts="10.00", ends="11.00")

    assert reminded(event, 29) == [], "nothing on the old day"
    assert reminded(event, 7) == [("member", "week_before")] and reminded(event, 1) == [("member", "day_before")]


def test_the_letter_about_a_nearer_day_stands_in_for_the_reminder(browser, plan, reminded, rows):
    event = plan()
    sign_up(browser, event, "member")
    begins = rows(Event, Event.id == event)[0].starts_at
    with time_machine.travel(begins - timedelta(days=20), tick=False):
        nearer = clock.today() + timedelta(days=4)
        edit(browser, event, day=nearer.isoformat(), last_day="", starts="10.00", ends="11.00")

    assert reminded(event, 3.9) == []
    assert reminded(event, 1) == [("member", "day_before")]


def test_another_hour_of_the_same_day_repeats_nothing(browser, plan, reminded, rows):
    event = plan()
    sign_up(browser, event, "member")
    assert reminded(event, 7) == [("member", "week_before")]
    begins = rows(Event, Event.id == event)[0].starts_at
    with time_machine.travel(begins - timedelta(days=5), tick=False):
        day = clock.local(begins).date().isoformat()
        edit(browser, event, day=day, last_day="", starts="23.00", ends="23.30")
    assert reminded(event, 4) == []


@pytest.mark.parametrize("state", [EventState.CANCELLED, EventState.DRAFT, EventState.ANNOUNCED, EventState.HELD])
def test_an_event_that_is_not_coming_reminds_nobody(stage, plan, state):
    event = plan(in_hours=20, state=state)
    with stage.app.app_context():
        assert reminders.due(db.session.get(Event, event)) is None


def test_whoever_signs_up_just_then_knows(browser, plan, reminded, rows):
    event = plan()
    begins = rows(Event, Event.id == event)[0].starts_at
    with time_machine.travel(begins - timedelta(days=7, hours=2), tick=False):
        sign_up(browser, event, "member")
    assert reminded(event, 7) == []
    assert reminded(event, 1) == [("member", "day_before")]


def test_whoever_wants_no_letters_sees_it_on_the_page_only(browser, cast, stage, plan, reminded, rows):
    event = plan()
    sign_up(browser, event, "member", "medlem")
    with stage.app.app_context():
        db.session.add(NotificationChoice(user_id=cast["member"], letters=Letters.NONE))
        db.session.commit()

    assert reminded(event, 1) == [("medlem", "day_before")]
    told = rows(Notification, Notification.kind == "events.day_before", Notification.about_id == event)
    assert {n.user_id for n in told} == {cast["member"], cast["medlem"]}


def test_what_it_says_and_that_the_link_itself_is_not_in_it(browser, plan, reminded, rows):
    event = plan(mode=Mode.REMOTE, stream_url="https://video.example/secret")
    sign_up(browser, event, "member", "medlem")
    reminded(event, 7)
    reminded(event, 1)
    own = {signup.id for signup in rows(Signup, Signup.event_id == event)}
    mine = [letter for letter in rows(Letter) if int(letter.key.split(":")[1]) in own]
    found = {(letter.user_id and letter.language, letter.key.split(":")[2]): letter for letter in mine}

    early, late, swedish = found["fi", "week_before"], found["fi", "day_before"], found["sv", "day_before"]
    assert "24 tuntia ennen" in early.text and "nyt tapahtuman sivulla" in late.text and "nu på evenemangets sida" in swedish.text
    assert f"/events/{event}/" in late.text and "moderator@extranet.example" in late.text and "/notifications/settings" in late.text
    assert all(
        "video.example" not in letter.text + letter.html and not letter.attachments for letter in found.values() if "before" in letter.key
    )


def test_a_guest_is_reminded_in_her_language(stage, plan, reminded, rows):
    event = plan()
    with stage.app.app_context():
        guest = Signup(
            event_id=event, guest_name="Gunilla Gäst", guest_email="gunilla@guest.example", guest_language="sv", mode=Mode.ONSITE,
            state=SignupState.CONFIRMED,
        )  # fmt: skip
        db.session.add(guest)
        db.session.commit()
    assert reminded(event, 1) == [("gunilla", "day_before")]
    letter = rows(Letter, Letter.to == "gunilla@guest.example")[0]
    assert (
        letter.language == "sv" and "Träff" in letter.subject and "settings" not in letter.text and f"/events/{event}/" not in letter.text
    )


@pytest.mark.parametrize(
    ("day", "week_before", "day_before"),
    [
        (date(2027, 3, 29), "2027-03-22T07:00:00+00:00", "2027-03-28T06:00:00+00:00"),  # the clock went forward in between
        (date(2027, 11, 1), "2027-10-25T06:00:00+00:00", "2027-10-31T07:00:00+00:00"),  # and back
    ],
)
def test_the_hour_on_the_wall_stays_when_clocks_change(stage, plan, day, week_before, day_before):
    event = plan(starts_at=clock.from_local(day, time(9)), ends_at=clock.from_local(day, time(12)))
    with stage.app.app_context():
        found = db.session.get(Event, event)
        for moment, stage_of_it in ((week_before, Stage.WEEK), (day_before, Stage.DAY)):
            with time_machine.travel(moment, tick=False):
                assert reminders.due(found) == stage_of_it
            with time_machine.travel(datetime.fromisoformat(moment) - timedelta(minutes=1), tick=False):
                assert reminders.due(found) != stage_of_it
