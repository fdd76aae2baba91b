"""Feedback: asked once, given once, without a name unless one wants it, read by the organisers."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from extranet.attendance.forgetting import forget_names
from extranet.attendance.models import Feedback, FeedbackGiven
from extranet.attendance.tasks import ask_all
from extranet.audit.models import AuditEvent
from extranet.core import clock
from extranet.core.db import db
from extranet.events.kinds import Mode, SignupState
from extranet.events.models import Event
from extranet.mail.models import Letter
from extranet.notifications.models import Notification

CAME = SignupState.ATTENDED


def asked(rows):
    people = [n.user_id for n in rows(Notification, Notification.kind == "attendance.ask")]
    guests = [letter.to for letter in rows(Letter, Letter.template == "attendance/mail/feedback")]
    return sorted(people), guests


def say(browser, path, **fields):
    return browser.submit(browser.get(path), "main form", **fields)


def test_an_answer_has_no_name_and_is_given_once(browser, over, place, rows, cast):
    event = over()
    mine = place(event, "member", state=CAME)
    member = browser("member")
    empty = say(member, f"/events/{event}/feedback")
    assert empty.status == 422 and empty.has("#rating-error") and rows(Feedback) == []
    thanks = say(member, f"/events/{event}/feedback", rating="4", text="Hyvä  \n<b>kahvi</b>")
    assert "tallessa" in thanks.text("main") and not thanks.has("main form")
    kept = rows(Feedback)[0]
    assert (kept.event_id, kept.rating, kept.text, kept.signup_id) == (event, 4, "Hyvä  \n<b>kahvi</b>", None)
    assert [one.signup_id for one in rows(FeedbackGiven)] == [mine]
    assert member.post(f"/events/{event}/feedback", rating="1").status == 422 and len(rows(Feedback)) == 1
    audit = rows(AuditEvent, AuditEvent.name == "attendance.answer")[0]
    assert kept.id not in (audit.thing_id, *map(str, audit.detail.values())), "the log does not lead to the answer"


def test_nothing_about_an_answer_tells_when_or_whose():
    """What the table can keep at all."""
    assert set(Feedback.__table__.columns.keys()) == {"id", "event_id", "rating", "text", "signup_id"}
    assert set(FeedbackGiven.__table__.columns.keys()) == {"signup_id"}


def test_few_answers_are_kept_back_and_names_are_shown_when_wanted(browser, over, place):
    event = over()
    people = ("member", "medlem", "contact", "deputy")
    place(event, *people, state=CAME)
    moderator = browser("moderator")
    assert "Kukaan ei ole vielä" in moderator.get(f"/events/{event}/feedback/results").text("main")
    say(browser("member"), f"/events/{event}/feedback", rating="1", text="Liian pitkä päivä")
    say(browser("medlem"), f"/events/{event}/feedback", rating="5", text="Esimerkit auttoivat", is_named="y")
    page = moderator.get(f"/events/{event}/feedback/results")
    assert "Liian pitkä" not in page.text("main") and "Esimerkit auttoivat" in page.text("main") and "vähintään 3" in page.text("main")
    assert "5 / 5 ·" in page.text("ul.list")
    for name in ("contact", "deputy"):
        say(browser(name), f"/events/{event}/feedback", rating="4")
    page = moderator.get(f"/events/{event}/feedback/results")
    assert "Liian pitkä" in page.text("main") and page.text(".lead") == "4 vastausta, keskiarvo 3,5"
    assert [cell.get_text() for cell in page.soup.select("td.num")] == ["1", "2", "0", "0", "1"]
    assert len(page.soup.select("rect.bar")) == 3
    for name in ("member", "expert"):
        assert browser(name).get(f"/events/{event}/feedback/results").status == 403


@pytest.mark.parametrize(
    ("state", "more", "says"),
    [
        (SignupState.NO_SHOW, {}, "jotka osallistuivat"), (CAME, {"in_hours": -1, "state": "open"}, "kun tapahtuma on päättynyt"),
        (CAME, {"in_hours": -24 * 32}, "30 päivää"), (CAME, {"state": "cancelled"}, "jotka osallistuivat"),
    ],
)  # fmt: skip
def test_who_cannot_answer(browser, over, place, rows, state, more, says):
    event = over(**more)
    place(event, "member", state=state)
    member = browser("member")
    page = member.get(f"/events/{event}/feedback")
    assert says in page.text("main") and not page.has("main form")
    assert member.post(f"/events/{event}/feedback", rating="5").status == 422 and rows(Feedback) == []


@pytest.mark.parametrize("rating", ["0", "6", "x", ""])
def test_an_impossible_number(browser, over, place, rows, rating):
    event = over()
    place(event, "member", state=CAME)
    assert browser("member").post(f"/events/{event}/feedback", rating=rating).status == 422 and rows(Feedback) == []


def test_closing_the_list_asks_those_who_came_once(browser, over, place, close, work, rows, cast):
    event = over()
    mine, _other, guest = place(event, "member", "medlem", "vera.vieras@vieras.example")
    for one in (mine, guest):
        browser("moderator").post(f"/events/{event}/attendance/mark", present=one)
    close(event)
    work()
    assert asked(rows) == ([cast["member"]], ["vera.vieras@vieras.example"])
    browser("moderator").post(f"/events/{event}/attendance/reopen")
    close(event)
    work()
    assert asked(rows) == ([cast["member"]], ["vera.vieras@vieras.example"])
    letter = rows(Letter, Letter.template == "attendance/mail/feedback")[0]
    assert letter.subject.startswith("Hur var det?") and "/tickets/" in letter.text


def test_a_guest_answers_from_the_letter(browser, over, place, ticket, rows):
    event = over()
    guest = place(event, "vera.vieras@vieras.example", state=CAME)
    visitor = browser("visitor")
    thanks = say(visitor, f"{ticket(guest)}/feedback", rating="3", text="Bra", is_named="y")
    assert thanks.status == 200 and rows(Feedback)[0].signup_id == guest
    assert "Vera Vieras" in browser("moderator").get(f"/events/{event}/feedback/results").text("ul.list")


def test_a_member_s_ticket_lets_nobody_else_answer(browser, over, place, ticket, rows):
    one = place(over(), "member", state=CAME)
    assert browser("moderator").get(f"{ticket(one)}/feedback").status == 404
    assert browser("moderator").post(f"{ticket(one)}/feedback", rating="1").status == 404
    assert browser("visitor").post(f"{ticket(one)}/feedback", rating="1").status == 302 and rows(Feedback) == []


@pytest.mark.parametrize(
    ("marked", "people"), [((), {"member", "medlem", "contact"}), (("member",), {"member", "contact"})], ids=["nobody marked", "one marked"]
)
def test_the_morning_after_an_open_list_asks_those_who_probably_came(browser, over, place, work, rows, stage, cast, marked, people):
    """Marked ones and remote places; all where nobody was marked at all. Never those who wait."""
    event = over()
    place(event, "deputy", state=SignupState.WAITING)
    on_site = dict(zip(("member", "medlem"), place(event, "member", "medlem"), strict=True))
    place(event, "contact", mode=Mode.REMOTE)
    for name in marked:
        browser("moderator").post(f"/events/{event}/attendance/mark", present=on_site[name])
    with stage.app.app_context():
        ask_all()
        db.session.commit()
    work()
    assert asked(rows)[0] == sorted(cast[name] for name in people)


def test_old_events_are_not_asked_about(over, place, stage, work, rows):
    event = over()
    place(event, "member", state=CAME)
    with stage.app.app_context():
        long_ago = clock.now() - timedelta(days=9)
        db.session.execute(update(Event).where(Event.id == event).values(starts_at=long_ago, ends_at=long_ago + timedelta(hours=2)))
        ask_all()
        db.session.commit()
    work()
    assert asked(rows) == ([], [])


def test_after_a_year_the_words_stay_without_a_name(browser, over, place, stage, rows):
    old, new = over(), over()
    for event in (old, new):
        place(event, "member", state=CAME)
        say(browser("member"), f"/events/{event}/feedback", rating="5", text="Hyvä", is_named="y")
    with stage.app.app_context():
        long_ago = clock.now() - timedelta(days=370)
        db.session.execute(update(Event).where(Event.id == old).values(starts_at=long_ago, ends_at=long_ago + timedelta(hours=2)))
        forget_names()
        db.session.commit()
    assert {one.event_id: one.signup_id is not None for one in rows(Feedback)} == {old: False, new: True}
    assert len(rows(FeedbackGiven)) == 1
