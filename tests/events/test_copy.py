"""Holding an event again: all but its people, everything with a time moved by the clock on the wall."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest

from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.events.kinds import ChoiceRule, EventState, Mode
from extranet.events.models import Event, Signup
from extranet.events.programme_models import Choice, Session, SessionType, Speaker
from extranet.events.question_models import Question, QuestionKind
from extranet.events.shifting import Shift


def at(day, hour, minute=0):
    return clock.from_local(day, time(hour, minute))


def local(moment):
    return clock.local(moment).strftime("%d.%m.%Y %H.%M")


@pytest.fixture
def earlier(stage, plan):
    """An event of two days in the summer of 2027 with everything that an event can have."""
    first = date(2027, 6, 10)
    event_id = plan(
        starts_at=at(first, 9), ends_at=at(first + timedelta(days=1), 15, 30), title=LocalText(fi="Kesäpäivät"), mode=Mode.HYBRID, capacity_onsite=30,
        registration_opens_at=at(date(2027, 5, 1), 8), registration_closes_at=at(date(2027, 6, 3), 16), cancel_free_until=at(date(2027, 6, 1), 12),
        organisation_seats=2, organisation_seats_until=at(date(2027, 5, 20), 12), price_cents=12_050, vat_percent=Decimal("13.5"), catering=True,
        recorded=True, takes_guests=True, choice_rule=ChoiceRule.WISHES, terms=LocalText(fi="Ehdot"), terms_version=3, offer_hours=12,
        stream_url="https://video.example/vanha", recording_url="https://video.example/tallenne", draw_seed="salainen", drawn_at=clock.now(),
        co_organisers=LocalText(fi="Kosken kunta"), sequence=4,
    )  # fmt: skip
    with stage.app.app_context():
        for day, hour, slot in ((0, 10, ""), (1, 13, "1"), (1, 13, "1")):
            begins = at(first + timedelta(days=day), hour)
            speakers = [Speaker(name="Oskari Vuorio", title="johtaja", organisation="Kosken kunta", user_id=stage.ids["member"])]
            db.session.add(
                Session(event_id=event_id, type=SessionType.WORKSHOP, title=LocalText(fi=f"Osio {hour}"), starts_at=begins, ends_at=begins + timedelta(minutes=90),
                        slot=slot, capacity=8 if slot else None, room=LocalText(fi="Sali"), speakers=speakers)
            )  # fmt: skip
        db.session.add(Question(event_id=event_id, position=1, kind=QuestionKind.TEXT, label=LocalText(fi="Mitä odotat?"), required=True))
        db.session.add(
            Question(event_id=event_id, position=2, kind=QuestionKind.TEXT, label=LocalText(fi="Suljettu"), closed_at=clock.now())
        )
        db.session.add(Signup(event_id=event_id, user_id=stage.ids["member"], mode=Mode.ONSITE, state="confirmed"))
        db.session.commit()
    return event_id


def copy(browser, event, **data):
    moderator = browser("moderator")
    return moderator.submit(moderator.get(f"/events/{event}/copy"), "main form", follow=False, **data)


def test_a_copy_has_all_but_the_people_and_moves_across_the_change_of_the_clock(browser, earlier, rows, cast):
    old = rows(Event, Event.id == earlier)[0]
    answer = copy(browser, earlier, day="2028-01-20", title_fi="Talvipäivät")

    assert answer.status == 303 and answer.location.endswith("/edit")
    [made] = rows(Event, Event.copied_from_id == earlier)
    assert (made.state, made.title, made.organiser_id) == (EventState.DRAFT, {"fi": "Talvipäivät"}, cast["moderator"])
    assert (local(made.starts_at), local(made.ends_at)) == ("20.01.2028 09.00", "21.01.2028 15.30")
    assert local(made.registration_opens_at) == "11.12.2027 08.00" and local(made.registration_closes_at) == "13.01.2028 16.00"
    assert local(made.cancel_free_until) == "11.01.2028 12.00" and local(made.organisation_seats_until) == "30.12.2027 12.00"
    for name in ("mode", "capacity_onsite", "organisation_seats", "price_cents", "vat_percent", "catering", "recorded", "takes_guests", "choice_rule",
                 "terms", "offer_hours", "co_organisers", "network_id", "venue", "late_cancel_percent"):  # fmt: skip
        assert getattr(made, name) == getattr(old, name), name
    sessions = rows(Session, Session.event_id == made.id)
    assert [local(s.starts_at) for s in sessions] == ["20.01.2028 10.00", "21.01.2028 13.00", "21.01.2028 13.00"]
    assert [(s.slot, s.capacity, s.room) for s in sessions][1:] == [("1", 8, {"fi": "Sali"})] * 2
    assert [s.name for s in rows(Speaker, Speaker.session_id == sessions[0].id)] == ["Oskari Vuorio"]
    assert [q.label for q in rows(Question, Question.event_id == made.id)] == [{"fi": "Mitä odotat?"}]


def test_nothing_of_the_earlier_people_and_links_comes_along(browser, earlier, rows):
    copy(browser, earlier, day="2028-01-20")
    [made] = rows(Event, Event.copied_from_id == earlier)
    assert rows(Signup, Signup.event_id == made.id) == []
    assert rows(Choice, Choice.session_id.in_([s.id for s in rows(Session, Session.event_id == made.id)])) == []
    assert (made.stream_url, made.recording_url, made.drawn_at, made.sequence) == ("", "", None, 0)
    assert made.draw_seed != "salainen"


@pytest.mark.parametrize(
    ("data", "field"),
    [({"day": ""}, "day"), ({"day": "2020-01-01"}, "day"), ({"starts": ""}, "starts"), ({"title_fi": "", "title_sv": ""}, "title_fi")],
)
def test_what_is_wrong_is_said_at_the_field(browser, earlier, rows, data, field):
    page = copy(browser, earlier, **({"day": "2028-01-20"} | data))
    assert page.status == 422 and page.has(f"#{field}-error")
    assert rows(Event, Event.copied_from_id == earlier) == []


def test_an_event_that_never_had_a_day_can_be_held(browser, cast, rows):
    assert copy(browser, cast["announced_event"], day="2028-02-03", starts="13.00").status == 303
    [made] = rows(Event, Event.copied_from_id == cast["announced_event"])
    assert (local(made.starts_at), local(made.ends_at)) == ("03.02.2028 13.00", "03.02.2028 16.00")


@pytest.mark.parametrize(
    ("old", "new", "moment", "expected"),
    [
        ((date(2027, 3, 27), 9), (date(2027, 3, 28), 9), (date(2027, 3, 27), 15), "28.03.2027 15.00"),
        ((date(2027, 3, 20), 1), (date(2027, 3, 28), 1), (date(2027, 3, 20), 3), "28.03.2027 04.00"),
        ((date(2027, 10, 30), 9), (date(2027, 10, 31), 10), (date(2027, 10, 30), 12), "31.10.2027 13.00"),
        ((date(2027, 10, 31), 1), (date(2027, 11, 7), 1), (date(2027, 10, 31), 15), "07.11.2027 15.00"),
    ],
)
def test_times_move_by_the_clock_on_the_wall(old, new, moment, expected):
    assert local(Shift(at(*old), at(*new))(at(*moment))) == expected


def test_a_programme_of_several_days_has_a_heading_for_each(browser, earlier):
    page = browser("member").get(f"/events/{earlier}/")
    headings = [tag.get_text() for tag in page.soup.select("h3.h-small")]
    assert headings == ["Torstai 10.6.2027", "Perjantai 11.6.2027"] and len(page.soup.select(".programme")) == 2
    assert [tag.get_text() for tag in page.soup.select(".parallel h5 span.vh")] == ["A. ", "B. "]
    desk = browser("moderator").get(f"/events/{earlier}/programme")
    assert [tag.get_text() for tag in desk.soup.select("h2.h-small")] == headings
    form = browser("moderator").get(f"/events/{earlier}/programme/new")
    assert form.soup.select_one("#day")["value"] == "2027-06-11", "a new session comes after the last"
