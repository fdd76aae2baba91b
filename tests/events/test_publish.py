"""From a draft to an open event: drafts are seen by editors only, each step is told once (T22, S0-17, S0-18)."""

from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.core.viewer import SYSTEM
from extranet.events import actions, tasks
from extranet.events.kinds import EventState
from extranet.events.models import Event
from extranet.notifications.models import Notification


def test_a_leader_writes_a_draft_that_only_editors_see(browser, cast, rows):
    moderator = browser("moderator")
    page = moderator.submit(
        moderator.get("/networks/hr/events/new"), "main form",
        type="idea_workshop", title_fi="Uusi ajatus", title_sv="En ny tanke", date_text_fi="Helmikuun alussa", date_text_sv="I början av februari",
    )  # fmt: skip

    assert "Uusi ajatus" in page.text("h1") and "Helmikuun alussa" in page.text() and "Luonnos" in page.text()
    event = rows(Event)[-1]
    assert (event.state, event.organiser_id, event.network_id) == ("draft", cast["moderator"], cast["network:hr"])
    for who in ("member", "contact", "visitor", "newcomer"):
        assert browser(who).get(event.path).status == 404
        for url in ("/events/", "/events/?show=all", "/networks/hr/events/"):
            assert "Uusi ajatus" not in browser(who).get(url).text()
    assert "Uusi ajatus" in moderator.get("/networks/hr/events/").text()
    assert rows(Notification) == []


def test_an_empty_form_says_what_is_missing(browser, rows):
    before = len(rows(Event))
    page = browser("moderator").post("/networks/hr/events/new", type="meeting", mode="onsite", audience="network")

    assert page.status == 422 and page.has("#title_fi-error") and page.has("#day-error")
    assert len(rows(Event)) == before


def test_announcing_and_opening_are_told_to_the_members_once_each(browser, cast, plan, rows, work):
    event = plan(state=EventState.DRAFT, starts_at=None, ends_at=None, date_text=LocalText(fi="Keväällä"))
    moderator = browser("moderator")

    assert moderator.post(f"/events/{event}/publish", to="open").status == 422
    assert moderator.post(f"/events/{event}/publish", to="announced").status == 303
    assert moderator.post(f"/events/{event}/publish", to="announced").status == 422
    work()
    assert {(n.user_id, n.kind) for n in rows(Notification)} == {(cast[who], "events.announced") for who in ("member", "medlem")}
    page = browser("member").get(f"/events/{event}/")
    assert "Keväällä" in page.text() and not page.has("#signup form") and "ei ole vielä avattu" in page.text("#signup")

    moderator.submit(moderator.get(f"/events/{event}/edit"), "main form", day="2999-03-04", starts="9:00", ends="12:00")
    assert moderator.post(f"/events/{event}/publish", to="open").status == 303
    work()
    assert sorted(n.kind for n in rows(Notification, Notification.user_id == cast["member"])) == ["events.announced", "events.open"]
    assert browser("member").get(f"/events/{event}/").has("#signup form")


def test_what_was_cancelled_before_the_members_could_be_told_is_not_told(browser, plan, rows, work):
    event = plan(state=EventState.DRAFT)
    browser("moderator").post(f"/events/{event}/publish", to="open")
    browser("moderator").post(f"/events/{event}/cancel-event", reason="Ei tullutkaan")
    work()
    assert rows(Notification) == []


def test_an_event_in_the_past_is_not_opened(browser, plan):
    page = browser("moderator").post(f"/events/{plan(state=EventState.DRAFT, in_hours=-5)}/publish", to="open")
    assert page.status == 422 and "aika on mennyt" in page.text()


def test_close_and_reopen(browser, plan, rows):
    event, moderator = plan(), browser("moderator")

    assert moderator.post(f"/events/{event}/close").status == 303
    assert moderator.post(f"/events/{event}/close").status == 422
    assert browser("member").post(f"/events/{event}/sign-up").status == 422
    assert moderator.post(f"/events/{event}/reopen").status == 303
    assert moderator.post(f"/events/{event}/reopen").status == 422
    assert browser("member").post(f"/events/{event}/sign-up").status == 303


def test_an_event_whose_time_to_sign_up_has_passed_is_not_reopened(browser, plan):
    event = plan(state=EventState.CLOSED, registration_closes_at=clock.now() - timedelta(hours=1))
    assert browser("moderator").post(f"/events/{event}/reopen").status == 422
    assert browser("moderator").post(f"/events/{plan(state=EventState.CLOSED, in_hours=-1)}/reopen").status == 422


def test_cancelling_an_event_tells_everyone_who_signed_up_why_once(browser, cast, plan, rows, letters):
    event, moderator = plan(capacity_onsite=1), browser("moderator")
    for name in ("medlem", "member"):
        browser(name).post(f"/events/{event}/sign-up")
    letters()
    assert moderator.post(f"/events/{event}/cancel-event", reason="").status == 422

    page = moderator.submit(moderator.get(f"/events/{event}/cancel-event"), "main form", reason="Puhuja on estynyt")

    assert "Puhuja on estynyt" in page.text() and page.status == 200
    assert {(n.user_id, n.kind) for n in rows(Notification)} == {(cast[who], "events.cancelled") for who in ("member", "medlem")}
    assert letters()[2:] == [("medlem", "cancelled"), ("member", "cancelled")]
    assert moderator.post(f"/events/{event}/cancel-event", reason="Uudestaan").status == 422
    assert browser("member").post(f"/events/{event}/sign-up").status == 422
    assert "inställt" in browser("medlem").get(f"/events/{event}/").text("#signup")


def test_a_draft_is_not_cancelled_into_the_open(browser, cast):
    assert browser("moderator").post(f"/events/{cast['draft_event']}/cancel-event", reason="Ei").status == 422
    assert browser("member").get(f"/events/{cast['draft_event']}/").status == 404


def test_events_that_are_over_are_held(browser, plan, rows, app):
    over, coming = plan(in_hours=-5), plan()
    with app.app_context():
        tasks.finish()
        db.session.commit()
    assert [rows(Event, Event.id == e)[0].state for e in (over, coming)] == ["held", "open"]


def test_an_event_that_was_moved_meanwhile_is_not_held(plan, rows, app):
    event = plan(in_hours=-5)
    with app.app_context():
        found = db.session.scalars(select(Event).where(Event.id == event).options(joinedload(Event.network))).one()
        later = {"starts_at": clock.now() + timedelta(days=2), "ends_at": clock.now() + timedelta(days=2, hours=3)}
        db.session.execute(update(Event).where(Event.id == event).values(**later).execution_options(synchronize_session=False))
        assert found.is_over, "as it was when the job looked"
        actions.finish(SYSTEM, found)
        db.session.commit()
    assert rows(Event, Event.id == event)[0].state == "open"
