"""The personal feed: what stands in it, for whom, and how long (T17, T43, I-18, D20)."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import update

from extranet.accounts.misses import MISSES
from extranet.accounts.models import LinkMiss, User, UserState
from extranet.calendars.models import Feed
from extranet.core import clock
from extranet.core.db import db
from extranet.events.kinds import Audience, EventState, Mode
from extranet.events.models import Event
from tests.calendars.conftest import entries

LINK = "https://video.example/secret"


@pytest.fixture
def feed(browser, cast):
    """`feed()`: what the member's calendar program reads now, by event; `feed("medlem")`: everything meant for her."""

    def fetch(name="member"):
        answer = browser("visitor").client.get(f"/calendars/feed/{cast[f'{name}_feed']}.ics")
        assert answer.status_code == 200, answer.status
        return {int(entry["UID"].split("@")[0].split("-")[1]): entry for entry in entries(answer.data)}

    return fetch


def status(entry):
    return str(entry["STATUS"])


def test_own_places_and_how_certain_they_are(browser, cast, plan, feed):
    sure, full = plan(), plan(capacity_onsite=1)
    browser("medlem").post(f"/events/{full}/sign-up")
    for event in (sure, full):
        browser("member").post(f"/events/{event}/sign-up")
    own = feed()

    assert (status(own[sure]), own[sure]["TRANSP"]) == ("CONFIRMED", "OPAQUE")
    assert status(own[full]) == "TENTATIVE" and "(" in own[full]["SUMMARY"] and cast["hr_event"] not in own
    browser("medlem").post(f"/events/{full}/cancel")
    assert status(feed()[full]) == "TENTATIVE", "offered"
    browser("member").post(f"/events/{full}/accept")
    assert status(feed()[full]) == "CONFIRMED" and feed()[full]["SUMMARY"] == "Tapaaminen"


def test_what_is_off_is_shown_as_off_for_a_while(browser, plan, feed):
    given_up, called_off = plan(in_hours=24 * 50), plan(in_hours=24 * 50)
    for event in (given_up, called_off):
        browser("member").post(f"/events/{event}/sign-up")
    browser("member").post(f"/events/{given_up}/cancel")
    browser("moderator").post(f"/events/{called_off}/cancel-event", reason="Puhuja estynyt")
    own = feed()

    assert status(own[given_up]) == status(own[called_off]) == "CANCELLED"
    assert own[called_off]["SEQUENCE"] == 1 and "Puhuja estynyt" in own[called_off]["DESCRIPTION"]
    with time_machine.travel(clock.now() + timedelta(days=31), tick=False):
        assert given_up not in feed() and called_off in feed()


def test_everything_that_is_meant_for_her_where_she_chose_so(cast, plan, feed):
    draft = plan(state=EventState.DRAFT)
    theirs = feed("medlem")
    assert {cast["hr_event"], cast["open_event"], cast["full_event"]} <= set(theirs)
    assert {cast["contact_event"], cast["advisory_event"], draft}.isdisjoint(theirs)
    assert theirs[cast["hr_event"]]["TRANSP"] == "TRANSPARENT"


def test_the_remote_link_comes_a_day_before_for_certain_places_only(browser, plan, feed):
    event = plan(mode=Mode.REMOTE, stream_url=LINK, in_hours=30, capacity_remote=1)
    browser("member").post(f"/events/{event}/sign-up")
    browser("medlem").post(f"/events/{event}/sign-up")
    seen = {}
    for hours in (-29, -23, 2, 4):
        with time_machine.travel(clock.now() + timedelta(hours=30 + hours), tick=False):
            seen[hours] = LINK in str(feed()[event].to_ical())
            assert LINK not in str(feed("medlem")[event].to_ical()) if event in feed("medlem") else True
    assert seen == {-29: False, -23: True, 2: True, 4: False}


def test_giving_the_place_up_takes_the_link_away(browser, plan, feed):
    event = plan(mode=Mode.HYBRID, stream_url=LINK, in_hours=3)
    browser("member").post(f"/events/{event}/sign-up", mode="remote")
    assert LINK in str(feed()[event].to_ical())
    browser("member").post(f"/events/{event}/cancel")
    assert LINK not in str(feed()[event].to_ical())
    browser("member").post(f"/events/{event}/sign-up", mode="onsite")
    assert LINK not in str(feed()[event].to_ical())


def test_coming_back_is_newer_than_having_left(browser, plan, feed, files):
    event, member = plan(), browser("member")
    seen = []
    for verb in ("sign-up", "cancel", "sign-up", "cancel", "sign-up"):
        member.post(f"/events/{event}/{verb}")
        seen.append(feed()[event]["SEQUENCE"])
        assert files("member")[-1][1]["SEQUENCE"] == seen[-1], "letter and feed agree (T43)"
    assert seen == [0, 1, 2, 3, 4]
    [page] = entries(member.client.get(f"/events/{event}/calendar.ics").data)
    assert page["SEQUENCE"] == 4


def test_whoever_left_the_network_reads_nothing_of_it(browser, cast, plan, feed):
    event, open_to_all = plan(mode=Mode.REMOTE, stream_url=LINK, in_hours=3), plan("work-and-life", audience=Audience.SIGNED_IN)
    for one in (event, open_to_all):
        browser("member").post(f"/events/{one}/sign-up")
    assert event in feed()
    assert browser("member").post("/networks/hr/leave").status == 303
    assert event not in feed() and open_to_all in feed()


def test_nobody_elses_name_or_address(app, browser, cast, plan, feed):
    event = plan()
    for name in ("member", "medlem", "expert"):
        browser(name).post(f"/events/{event}/sign-up")
    text = browser("visitor").client.get(f"/calendars/feed/{cast['medlem_feed']}.ics").data.decode().replace("\r\n ", "")
    assert "BEGIN:VEVENT" in text
    for word in ("ATTENDEE", "ORGANIZER", "CONTACT", "mailto", "extranet.example", "Kallioniemi", "Lahdenpohja", "Blomstrand"):
        assert word not in text.replace("https://video.extranet.example", ""), word


def test_a_new_address_ends_the_old_one(browser, cast, rows):
    member, old = browser("member"), f"/calendars/feed/{cast['member_feed']}.ics"
    page = member.get("/calendars/")
    assert page.soup.select_one("#address")["value"].endswith(old)
    page = member.submit(page, 'form[action="/calendars/renew"]')
    new = page.soup.select_one("#address")["value"].removeprefix("http://localhost")

    assert browser("visitor").get(old).status == 404 and browser("visitor").get(new).status == 200
    kept = rows(Feed, Feed.user_id == cast["member"])[0]
    assert new.split("/")[-1].removesuffix(".ics") not in (kept.salt, kept.token_hash)
    member.submit(member.get("/calendars/"), 'form[action="/calendars/stop"]')
    assert browser("visitor").get(new).status == 404 and rows(Feed, Feed.user_id == cast["member"]) == []


def test_the_first_address(browser, rows, cast):
    newcomer = browser("newcomer")
    page = newcomer.submit(newcomer.get("/calendars/"), 'form[action="/calendars/renew"]')
    assert page.has("#address") and len(rows(Feed, Feed.user_id == cast["newcomer"])) == 1
    assert newcomer.post("/calendars/choose", holds="nonsense").status == 422
    page = newcomer.submit(newcomer.get("/calendars/"), 'form[action="/calendars/choose"]', holds="all")
    assert rows(Feed, Feed.user_id == cast["newcomer"])[0].holds == "all"
    assert browser("dpo").post("/calendars/choose", holds="all").status == 404


def test_a_closed_account_has_no_feed(app, browser, cast):
    with app.app_context():
        db.session.execute(update(User).where(User.id == cast["member"]).values(state=UserState.SUSPENDED))
        db.session.commit()
    assert browser("visitor").get(f"/calendars/feed/{cast['member_feed']}.ics").status == 404


def test_trying_addresses_is_slowed_down_but_a_right_one_answers(browser, cast, rows):
    visitor = browser("visitor")
    answers = [visitor.get(f"/calendars/feed/{'x' * 40}{n}.ics") for n in range(MISSES + 2)]
    assert [answer.status for answer in answers] == [404] * MISSES + [429] * 2
    assert int(answers[-1].headers["Retry-After"]) > 0 and len(rows(LinkMiss)) == MISSES
    assert visitor.get(f"/calendars/feed/{cast['member_feed']}.ics").status == 200


def test_programs_ask_whether_there_is_anything_new(browser, cast):
    visitor, url = browser("visitor"), f"/calendars/feed/{cast['member_feed']}.ics"
    first = visitor.get(url)
    assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert first.headers["Cache-Control"] == "private, no-cache" and first.headers["Referrer-Policy"] == "no-referrer"
    assert visitor.client.get(url, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    browser("member").post(f"/events/{cast['open_event']}/sign-up")
    assert visitor.client.get(url, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_the_number_of_queries_does_not_grow(browser, cast, plan, count_queries):
    def fetch():
        assert browser("visitor").get(f"/calendars/feed/{cast['medlem_feed']}.ics").status == 200

    few = count_queries(fetch)
    for _ in range(12):
        browser("medlem").post(f"/events/{plan()}/sign-up")
    assert count_queries(fetch) == few <= 6


def test_in_her_language(browser, plan, feed, rows):
    event = plan()
    browser("medlem").post(f"/events/{event}/sign-up")
    assert feed("medlem")[event]["SUMMARY"] == "Träff" and rows(Event, Event.id == event)[0].title["fi"] == "Tapaaminen"
