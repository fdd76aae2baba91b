"""Changing an event: places, times, and two people at once (I-11, T37)."""

from datetime import timedelta

import pytest

from extranet.audit.models import AuditEvent
from extranet.core import clock
from extranet.events.kinds import EventState, Mode
from extranet.events.models import Event
from extranet.notifications.models import Notification


def edit(browser, event, **data):
    moderator = browser("moderator")
    return moderator.submit(moderator.get(f"/events/{event}/edit"), "main form", follow=False, **data)


def test_more_places_go_to_those_who_wait_in_their_order(browser, cast, plan, states, letters, rows):
    event = plan(capacity_onsite=1)
    for name in ("medlem", "member", "expert", "admin"):
        browser(name).post(f"/events/{event}/sign-up")

    assert edit(browser, event, capacity_onsite="3").status == 303

    assert list(states(event).values()) == ["confirmed", "offered", "offered", "waiting"]
    assert {n.user_id for n in rows(Notification)} == {cast["member"], cast["expert"]}
    assert ("member", "offered") in letters() and ("expert", "offered") in letters()
    edit(browser, event, capacity_onsite="")
    assert list(states(event).values()) == ["confirmed", "offered", "offered", "confirmed"], "without a limit nobody has to answer"
    assert [who for who, what in letters() if what == "promoted"] == ["admin"]


def test_fewer_places_than_confirmed_people_are_refused_at_the_field(browser, plan, rows):
    event = plan(capacity_onsite=5)
    for name in ("medlem", "member"):
        browser(name).post(f"/events/{event}/sign-up")

    page = edit(browser, event, capacity_onsite="1")

    assert page.status == 422 and "jo 2" in page.text("#capacity_onsite-error")
    assert rows(Event, Event.id == event)[0].capacity_onsite == 5
    assert edit(browser, event, capacity_onsite="2").status == 303


def test_a_way_of_taking_part_with_people_in_it_cannot_be_dropped(browser, plan, rows):
    event = plan(mode=Mode.HYBRID)
    browser("member").post(f"/events/{event}/sign-up", mode="onsite")

    page = edit(browser, event, mode="remote")

    assert page.status == 422 and page.has("#mode-error")
    assert rows(Event, Event.id == event)[0].mode == Mode.HYBRID


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"ends": "08:00"}, "ends"),
        ({"ends": ""}, "ends"),
        ({"starts": "kello yhdeksän"}, "starts"),
        ({"day": "huomenna"}, "day"),
        ({"day": "", "starts": "", "ends": ""}, "day"),
        ({"title_fi": "", "title_sv": ""}, "title_fi"),
        ({"capacity_onsite": "0"}, "capacity_onsite"),
        ({"capacity_onsite": "monta"}, "capacity_onsite"),
        ({"closes_on": "2999-01-01", "closes_at": "16:00"}, "closes_on"),
        ({"closes_on": "2026-01-01", "closes_at": ""}, "closes_at"),
        ({"opens_on": "2998-01-01", "opens_at": "9:00"}, "opens_on"),
        ({"stream_url": "javascript:alert(1)"}, "stream_url"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_the_text_stays(browser, plan, rows, data, field):
    event = plan()
    page = edit(browser, event, summary_fi="Uusi tiivistelmä", **({"starts": "9:00", "ends": "12:00"} | data))

    assert page.status == 422 and page.has(f"#{field}-error")
    assert page.has(f'.callout--danger a[href="#{field}"]')
    assert page.soup.select_one("#summary_fi")["value"] == "Uusi tiivistelmä"
    assert rows(Event, Event.id == event)[0].summary == {}


def test_a_new_time_is_told_to_all_who_take_part_once(browser, cast, plan, rows, letters):
    event = plan(capacity_onsite=1)
    for name in ("medlem", "member"):
        browser(name).post(f"/events/{event}/sign-up")
    letters()

    edit(browser, event, day="31.12.2999", starts="10.00", ends="11")

    assert {(n.user_id, n.kind) for n in rows(Notification)} == {(cast[who], "events.changed") for who in ("member", "medlem")}
    assert letters()[2:] == [("medlem", "changed"), ("member", "changed")]
    saved = rows(Event, Event.id == event)[0]
    assert clock.local(saved.starts_at).strftime("%d.%m.%Y %H.%M") == "31.12.2999 10.00"


def test_a_new_description_bothers_nobody(browser, plan, rows, letters):
    event = plan()
    browser("member").post(f"/events/{event}/sign-up")
    edit(browser, event, description_fi="**Tervetuloa**")

    assert rows(Notification) == [] and letters() == [("member", "confirmed")]
    assert "<strong>Tervetuloa</strong>" in browser("member").get(f"/events/{event}/").html


def test_two_people_editing_at_once_lose_nothing(browser, plan, rows):
    event, moderator = plan(), browser("moderator")
    page = moderator.get(f"/events/{event}/edit")
    browser("admin").submit(browser("admin").get(f"/events/{event}/edit"), "main form", title_fi="Toisen otsikko")

    second = moderator.submit(page, "main form", follow=False, title_fi="Oma otsikko")
    assert second.status == 422 and "Joku muu tallensi" in second.text(".callout--danger")
    assert rows(Event, Event.id == event)[0].title["fi"] == "Toisen otsikko"

    assert moderator.submit(second, "main form", follow=False).status == 303
    assert rows(Event, Event.id == event)[0].title["fi"] == "Oma otsikko"


def test_an_event_over_several_days_and_the_form_shows_what_was_saved(browser, plan, rows):
    event, moderator = plan(), browser("moderator")
    edit(browser, event, day="2027-02-01", starts="09:00", last_day="2027-02-02", ends="15:30", closes_on="2027-01-25", closes_at="16:00")

    page = moderator.get(f"/events/{event}/edit")
    shown = {name: page.soup.select_one(f"#{name}")["value"] for name in ("day", "starts", "last_day", "ends", "closes_on", "closes_at")}
    assert shown == {
        "day": "2027-02-01", "starts": "09:00", "last_day": "2027-02-02", "ends": "15:30", "closes_on": "2027-01-25", "closes_at": "16:00",
    }  # fmt: skip
    assert rows(Event, Event.id == event)[0].ends_at - rows(Event, Event.id == event)[0].starts_at == timedelta(hours=30.5)


def test_a_secret_network_has_no_wider_audience(browser, cast, rows):
    expert = browser("expert")
    page = expert.get(f"/events/{cast['advisory_event']}/edit")
    assert [tag["value"] for tag in page.soup.select("input[name=audience]")] == ["network"]

    refused = expert.submit(page, "main form", follow=False, audience="signed_in")
    assert refused.status == 422
    assert rows(Event, Event.id == cast["advisory_event"])[0].audience == "network"


def test_every_edit_leaves_a_trace(browser, cast, plan, rows):
    event = plan(state=EventState.DRAFT)
    edit(browser, event, title_fi="Uusi")
    assert [(e.name, e.thing_id, e.network_id) for e in rows(AuditEvent)] == [("events.edit", str(event), cast["network:hr"])]
