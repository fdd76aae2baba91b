"""The month: what stands on which day, for whom, and the ways through it (S1-22)."""

from datetime import date, time

import pytest
import time_machine
from sqlalchemy import insert

from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.events.kinds import EventState, EventType, Mode
from extranet.events.models import event_topic
from extranet.networks.topics import Topic


@pytest.fixture
def on(plan):
    """`on(date(2027, 2, 3))`: an event of the HR network from nine to noon of that day."""

    def add(day, *args, starts=time(9), last=None, ends=time(12), **more):
        return plan(*args, starts_at=clock.from_local(day, starts), ends_at=clock.from_local(last or day, ends), **more)

    return add


def days_of(page, event):
    """The days on which the event stands."""
    cells = [cell for cell in page.soup.select("td") if cell.select_one(f'a[href="/events/{event}/"]')]
    return [cell.select_one("time")["datetime"] for cell in cells]


def test_each_event_stands_on_its_days(browser, on):
    one = on(date(2027, 2, 3))
    late = on(date(2027, 2, 28), starts=time(23), last=date(2027, 3, 1), ends=time(0))
    long = on(date(2027, 1, 30), last=date(2027, 2, 2), ends=time(16))
    early = on(date(2027, 2, 1), starts=time(0, 30), ends=time(2))
    page = browser("member").get("/calendars/month?month=2027-02")

    assert page.text("#month h2") == "Helmikuu 2027"
    assert days_of(page, one) == ["2027-02-03"] and days_of(page, late) == ["2027-02-28"]
    assert days_of(page, long) == ["2027-02-01", "2027-02-02"] and days_of(page, early) == ["2027-02-01"]
    march = browser("member").get("/calendars/month?month=2027-03")
    assert days_of(march, late) == [] and len(march.soup.select("tbody tr")) == 5


def test_the_ways_on_and_back_work_as_links_and_with_htmx(browser):
    member = browser("member")
    page = member.get("/calendars/month?month=2026-12&network=hr&show=all&type=meeting")
    links = [a["href"] for a in page.soup.select(".month-head nav a")]
    assert [link.rpartition("month=")[2] for link in links[:2]] == ["2026-11", "2027-01"]
    assert all("network=hr" in link and "type=meeting" in link for link in links)
    part = member.get(links[0], target="month")
    assert part.status == 200 and not part.has("html") and part.has("table.month")


def test_an_empty_month_leads_to_the_next_event(browser, on):
    on(date(2031, 5, 6))
    page = browser("member").get("/calendars/month?month=2031-02&show=all")
    link = page.soup.select_one(".month-head p a")
    assert "toukokuu 2031" in link.get_text()
    there = browser("member").get(link["href"])
    assert there.text("#month h2") == "Toukokuu 2031" and not there.soup.select(".month-head p a")
    assert not browser("member").get("/calendars/month?month=2031-06&show=all").soup.select(".month-head p a"), "nothing after it"


def test_today_is_marked_and_is_the_beginning(browser):
    with time_machine.travel(clock.from_local(date(2027, 5, 31), time(23, 30)), tick=False):
        page = browser("visitor").get("/calendars/month")
    assert page.text("#month h2") == "Toukokuu 2027"
    assert page.soup.select_one('td[aria-current="date"] time')["datetime"] == "2027-05-31"


@pytest.mark.parametrize("month", ["", "2027-13", "99999-01", "2027-1", "²027-01", "abcd-ef"])
def test_nonsense_shows_this_month(browser, month):
    page = browser("member").get(f"/calendars/month?month={month}&show=nonsense&network=nowhere&type=x&topic=y")
    assert page.status == 200 and page.has('td[aria-current="date"]')


def test_whose_events(browser, cast, on):
    mine, other = on(date(2027, 2, 3)), on(date(2027, 2, 4))
    secret, draft = on(date(2027, 2, 5), "hr-advisory-board"), on(date(2027, 2, 5), state=EventState.DRAFT)
    browser("member").post(f"/events/{mine}/sign-up")

    def found(name, show):
        page = browser(name).get(f"/calendars/month?month=2027-02&show={show}")
        return [event for event in (mine, other, secret, draft) if days_of(page, event)]

    assert found("member", "mine") == [mine] and found("member", "for-me") == [mine, other]
    assert found("contact", "for-me") == [] and found("contact", "all") == [mine, other] == found("visitor", "mine")
    assert found("expert", "all") == [mine, other, secret, draft]


def test_filters(app, browser, on):
    meeting, webinar = on(date(2027, 2, 3)), on(date(2027, 2, 4), type=EventType.WEBINAR, mode=Mode.REMOTE)
    elsewhere = on(date(2027, 2, 4), "work-and-life", title=LocalText(fi="Muualla"))
    with app.app_context():
        slug = db.session.get(Topic, 1).slug
        db.session.execute(insert(event_topic).values(event_id=meeting, topic_id=1))
        db.session.commit()

    def found(query):
        page = browser("expert").get(f"/calendars/month?month=2027-02&show=all&{query}")
        return [event for event in (meeting, webinar, elsewhere) if days_of(page, event)]

    assert found("") == [meeting, webinar, elsewhere] and found("type=webinar") == [webinar]
    assert found(f"topic={slug}") == [meeting] and found("network=hr") == [meeting, webinar] and found("topic=nothing") == []


def test_the_month_costs_the_same_with_many_events(browser, on, count_queries):
    member = browser("member")

    def look():
        assert member.get("/calendars/month?month=2027-02").status == 200

    on(date(2027, 2, 1))  # an empty month asks once more, for the next event
    look()
    few = count_queries(look)
    for day in range(2, 20):
        on(date(2027, 2, day))
    assert count_queries(look) == few <= 8
