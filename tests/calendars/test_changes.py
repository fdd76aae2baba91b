"""Every way in which a place or an event changes reaches the calendars of those concerned, members and guests (T43)."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.db import db
from extranet.events import signup_actions
from extranet.events.details import Guest
from extranet.events.kinds import Mode
from extranet.events.models import Event, Signup
from extranet.mail.models import Letter
from extranet.networks.access import viewer_for
from tests.events.test_edit import edit


@pytest.fixture
def act(app, cast):
    """`act("member", "substitute", signup, user=…)`: an action of the sign-up as that person; users by their name in the cast."""

    def do(name, verb, thing, *, on=Signup, **data):
        with app.app_context():
            to_event = joinedload(Signup.event)
            loads = [joinedload(Event.network)] if on is Event else [to_event.joinedload(Event.network), joinedload(Signup.user)]
            found = db.session.scalars(select(on).where(on.id == thing).options(*loads)).one()
            data = {key: db.session.get(User, cast[value]) if key == "user" else value for key, value in data.items()}
            made = getattr(signup_actions, verb)(viewer_for(cast[name]), found, **data)
            db.session.commit()
            return made.id if made is not None else None

    return do


def methods(got):
    return [method for method, _ in got]


def numbers(got):
    return [int(entry["SEQUENCE"]) for _, entry in got]


def test_each_change_of_an_own_place_has_a_higher_number(browser, plan, files):
    event = plan(mode=Mode.HYBRID)
    browser("member").post(f"/events/{event}/sign-up", mode="onsite")
    files("member")
    for mode in (Mode.REMOTE, Mode.ONSITE, Mode.REMOTE):
        browser("member").post(f"/events/{event}/signup", mode=mode)
        files("member")
    browser("member").post(f"/events/{event}/cancel")
    files("member")
    browser("member").post(f"/events/{event}/sign-up", mode="onsite")
    got = files("member")

    assert methods(got) == ["REQUEST"] * 4 + ["CANCEL", "REQUEST"]
    assert numbers(got) == sorted(set(numbers(got))), "each is newer than the one before"
    assert len({entry["UID"] for _, entry in got}) == 1
    assert [str(entry["LOCATION"]) for _, entry in got][1:3] == ["Etänä", ""]


def test_a_new_time_after_own_changes_is_newer_still(browser, plan, files):
    event = plan()
    for verb in ("sign-up", "cancel", "sign-up"):
        browser("member").post(f"/events/{event}/{verb}")
        files("member")
    later = (clock.today() + timedelta(days=60)).isoformat()
    edit(browser, event, day=later, last_day="", starts="10.00", ends="11.00")
    files("member")
    browser("moderator").post(f"/events/{event}/cancel-event", reason="Puhuja estynyt")
    got = files("member")
    assert methods(got) == ["REQUEST", "CANCEL", "REQUEST", "REQUEST", "CANCEL"] and numbers(got) == sorted(set(numbers(got)))


def test_a_place_that_goes_to_a_colleague_leaves_one_calendar_and_enters_another(app, cast, plan, files, act, browser, signup_of):
    with app.app_context():
        db.session.get(User, cast["medlem"]).organisation_id = db.session.get(User, cast["member"]).organisation_id
        db.session.commit()
    event = plan()
    browser("member").post(f"/events/{event}/sign-up")
    files("member")
    act("member", "substitute", signup_of(event, "member"), user="medlem")
    assert methods(files("member")) == ["REQUEST", "CANCEL"] and methods(files("medlem")) == ["REQUEST"]
    act("moderator", "cancel_for", signup_of(event, "medlem"))
    assert methods(files("medlem")) == ["REQUEST", "CANCEL"]


def test_what_was_never_put_in_is_not_taken_out(browser, plan, files, signup_of, act, rows):
    event = plan(capacity_onsite=1)
    for name in ("medlem", "member", "expert"):
        browser(name).post(f"/events/{event}/sign-up")
    act("moderator", "remove", signup_of(event, "member"), reason="Sovittu")
    browser("moderator").post(f"/events/{event}/cancel-event", reason="Puhuja estynyt")

    assert methods(files("medlem"))[-1] == "CANCEL" and files("member") == [] and files("expert") == []
    assert {letter.to.split("@")[0] for letter in rows(Letter) if "Puhuja estynyt" in letter.text} == {"medlem", "expert"}


def test_guests_hear_of_everything_with_the_address_of_their_own_page(app, browser, cast, plan, files, act, rows):
    event = plan(takes_guests=True, capacity_onsite=1)
    guest = Guest("Gunilla Gäst", "gunilla@guest.example", "Gästhuset", "sv")
    signup = act("moderator", "enter_by_hand", event, on=Event, who=guest, mode=Mode.ONSITE, reason="Puhuja")
    files("gunilla")
    later = (clock.today() + timedelta(days=60)).isoformat()
    edit(browser, event, day=later, last_day="", starts="10.00", ends="11.00")
    files("gunilla")
    act("moderator", "remove", signup, reason="Sovittu")
    got = files("gunilla")

    assert methods(got) == ["REQUEST", "REQUEST", "CANCEL"] and numbers(got) == sorted(set(numbers(got)))
    letters = rows(Letter, Letter.to == "gunilla@guest.example")
    assert all(letter.language == "sv" and "/events/guests/" in letter.text for letter in letters)
    assert all(f"/events/{event}/" not in letter.text + letter.html for letter in letters), "that page may be closed to her"
    assert "/events/guests/" in str(got[0][1]["URL"]) and "guest.example" not in got[0][1].to_ical().decode()


@pytest.mark.parametrize(
    ("day", "starts", "in_utc"),
    [
        (date(2027, 3, 28), "9.00", time(6)),  # the day when the clock goes forward
        (date(2027, 10, 31), "9.00", time(7)),  # and back
        (date(2027, 11, 1), "9.00", time(7)),
    ],
)
def test_moved_over_a_change_of_the_clock(browser, plan, files, day, starts, in_utc):
    event = plan()
    browser("member").post(f"/events/{event}/sign-up")
    files("member")
    edit(browser, event, day=day.isoformat(), last_day="", starts=starts, ends="12.00")
    entry = files("member")[-1][1]
    assert (entry.start.date(), entry.start.time()) == (day, time(9))
    assert entry.start.astimezone(clock.UTC).time() == in_utc and entry.end.hour == 12
