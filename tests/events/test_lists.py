"""Lists: what is coming for me, where I take part, what there was; one query each (I-29)."""

import pytest

from extranet.events import queries
from extranet.events.kinds import EventState, Mode


def test_what_is_coming_is_grouped_by_month_with_the_undated_last(browser):
    page = browser("member").get("/events/")

    titles = [tag.get_text(strip=True) for tag in page.soup.select("#events .list__title")]
    assert titles[0] == "Osaamiskartta käytännössä" and titles[-1] == "Ideatyöpaja: eri-ikäisten johtaminen"
    assert page.soup.select("#events h2")[-1].get_text(strip=True) == "Ajankohta kerrotaan myöhemmin"
    assert "Helmikuun alussa" in page.text("#events") and page.has("#events .date__day")


def test_my_own_sign_ups_with_state_and_place(browser, cast):
    member = browser("member")
    member.post(f"/events/{cast['full_event']}/sign-up")
    member.post(f"/events/{cast['hr_event']}/sign-up", mode="remote")

    text = member.get("/events/?show=mine").text("#events")
    assert "Varasijalla 1." in text and "Ilmoittauduttu" in text and "Kuukausikahvit" not in text
    assert "lähtöhaastattelu" not in text, "cancelled by the organiser"


def test_each_list_shows_what_its_reader_may_see(browser, cast):
    assert "Paluu toimistolle" in browser("visitor").get("/events/").text("#events")
    for_contact, all_for_contact = (browser("contact").get(f"/events/{q}").text("#events") for q in ("", "?show=all"))
    assert "Paluu toimistolle" not in for_contact and "kuukausikahvit" in for_contact and "Työajan pienet" in for_contact
    assert "Paluu toimistolle" in all_for_contact
    assert "Henkilöstötieto johtoryhmän" in browser("member").get("/events/?show=past").text("#events")
    for who in ("visitor", "member", "contact"):
        html = browser(who).get("/events/?show=all").html
        assert "luvuista tarinaksi" not in html, "a draft (T22)"
        assert "hr-advisory-board" not in html, "not even in the filter (T20)"


def test_filters_and_pages(browser, plan):
    for n in range(queries.PAGE + 3):
        plan("hr", in_hours=24 * 30 + n)
    member = browser("member")

    first, second = member.get("/events/?show=all&network=hr"), member.get("/events/?show=all&network=hr&page=2")
    assert len(first.soup.select("#events .list > li")) == queries.PAGE
    assert first.has("nav.pages") and 0 < len(second.soup.select("#events .list > li")) < queries.PAGE
    assert "Työajan pienet" not in first.html
    part = member.get("/events/?show=past&network=hr", target="events")
    assert part.status == 200 and not part.has("html")
    assert member.get("/events/?show=nonsense&network=nowhere&page=-3").status == 200
    assert member.get("/events/?page=999").status == 200


@pytest.mark.parametrize("show", ["mine", "past"])
def test_empty_lists_say_what_to_do(browser, show):
    page = browser("dpo").get(f"/events/?show={show}&network=work-and-life")
    assert page.has("#events .empty a.button")


def test_the_lists_for_other_pages_take_one_query_each(app, viewer, cast, plan, count_queries):
    plan(mode=Mode.HYBRID, capacity_onsite=5)
    member = viewer("member")
    with app.app_context():
        counts = [
            count_queries(lambda: queries.list_next(member, cast["network:hr"], 3)),
            count_queries(lambda: queries.list_next_for(member, 5)),
        ]
        rows = queries.list_next(member, cast["network:hr"], 3)
    assert counts == [1, 1] and len(rows) == 3
    assert (rows[0].title["fi"], rows[0].confirmed, rows[0].capacity, rows[0].is_full) == ("Osaamiskartta käytännössä", 1, 1, True)


def test_cancelled_events_stay_visible_until_their_day(browser, cast):
    assert "Peruttu" in browser("member").get("/networks/hr/events/").text("#events")


def test_a_past_event_that_was_never_marked_is_past_all_the_same(browser, plan):
    plan(in_hours=-50, state=EventState.OPEN)
    assert "Tapaaminen" in browser("member").get("/networks/hr/events/?show=past").text("#events")
    assert "Tapaaminen" not in browser("member").get("/networks/hr/events/").text("#events")
