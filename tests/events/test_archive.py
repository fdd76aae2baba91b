"""A year later: the archive, and the year in numbers (S1-23)."""

from datetime import datetime, timedelta

from sqlalchemy import insert

from extranet.core import clock
from extranet.core.db import db
from extranet.events.kinds import EventState, EventType, SignupState
from extranet.events.models import Event, Signup, event_topic
from extranet.jobs.queue import enqueue
from extranet.networks.topics import Topic


def test_a_year_after_it_was_held_an_event_is_archived_and_still_read(app, browser, plan, work, rows):
    old, recent, off = (plan(in_hours=-24 * days, state=state) for days, state in (
        (370, EventState.HELD), (300, EventState.HELD), (400, EventState.CANCELLED)
    ))  # fmt: skip
    with app.app_context():
        enqueue("events.archive")
        db.session.commit()
    work()

    assert [rows(Event, Event.id == one)[0].state for one in (old, recent, off)] == ["archived", "held", "cancelled"]
    assert browser("member").get(f"/events/{old}/").status == 200
    assert f"/events/{old}/" in browser("member").get("/networks/hr/events/?show=past").links()
    assert browser("member").post(f"/events/{old}/sign-up").status == 422


def counted(page):
    return {row.th.get_text(strip=True): [int(cell.get_text()) for cell in row.select("td")] for row in page.soup.select("tbody tr")}


def test_the_year_by_topic_and_kind(app, browser, cast, plan, count_queries):
    year = clock.today().year - 1
    begins = datetime(year, 12, 31, 22, 30, tzinfo=clock.UTC)  # already the next year in Helsinki
    events = [plan(in_hours=(datetime(year, month, 10, 9, tzinfo=clock.UTC) - clock.now()) / timedelta(hours=1), state=state, type=kind)
              for month, state, kind in ((3, EventState.ARCHIVED, EventType.MEETING), (4, EventState.HELD, EventType.WEBINAR),
                                         (5, EventState.CANCELLED, EventType.MEETING))]  # fmt: skip
    plan(starts_at=begins, ends_at=begins + timedelta(hours=1), state=EventState.HELD)
    plan(network="work-and-life", starts_at=begins - timedelta(days=30), ends_at=begins - timedelta(days=29), state=EventState.HELD)
    came = {"member": SignupState.ATTENDED, "medlem": SignupState.CONFIRMED, "expert": SignupState.NO_SHOW, "admin": SignupState.WAITING}
    with app.app_context():
        first, second = db.session.query(Topic).order_by(Topic.id).limit(2)
        names = first.name["fi"], second.name["fi"]
        for event, topics in zip(events, ([first, second], [first], [first]), strict=True):
            db.session.execute(insert(event_topic), [{"event_id": event, "topic_id": topic.id} for topic in topics])
            for name, state in came.items():
                db.session.add(
                    Signup(event_id=event, user_id=cast[name], organisation_id=1 if name == "member" else 2, mode="onsite", state=state)
                )
        db.session.commit()

    page = browser("member").get(f"/networks/hr/events/year?year={year}")
    found = counted(page)
    assert found[names[0]] == [2, 4, 2] and found[names[1]] == [1, 2, 2]
    assert found["Verkostotapaaminen"] == [1, 2, 2] and found["Webinaari"] == [1, 2, 2]
    assert [dd.get_text() for dd in page.soup.select(".stats dd")] == ["2", "4", "2"]
    assert count_queries(lambda: browser("member").get(f"/networks/hr/events/year?year={year}")) <= 11


def test_a_year_without_events_and_one_that_is_none(browser):
    assert browser("member").get("/networks/hr/events/year?year=2001").has(".empty")
    assert browser("member").get("/networks/hr/events/year?year=abc").status == 200
