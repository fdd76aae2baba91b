"""The event's page: who sees what of it, and when (I-18, I-29, T51, T54)."""

from datetime import timedelta

import pytest
import time_machine

from extranet.core import clock, settings
from extranet.core.text import LocalText, render_local_markdown
from extranet.events.kinds import EventState, Mode

LINK = "https://video.example/secret"


def sees_link(browser, name, event):
    return LINK in browser(name).get(f"/events/{event}/").html


def test_the_remote_link_is_for_confirmed_remote_participants_and_leads(browser, plan):
    event = plan(mode=Mode.HYBRID, stream_url=LINK, in_hours=20, capacity_remote=1)
    browser("medlem").post(f"/events/{event}/sign-up", mode="remote")
    browser("member").post(f"/events/{event}/sign-up", mode="remote")

    assert sees_link(browser, "medlem", event) and sees_link(browser, "moderator", event)
    assert not sees_link(browser, "member", event), "only waiting"
    browser("medlem").post(f"/events/{event}/cancel")
    assert not sees_link(browser, "medlem", event) and not sees_link(browser, "member", event), "only offered"
    browser("member").post(f"/events/{event}/accept")
    assert sees_link(browser, "member", event)
    browser("member").post(f"/events/{event}/cancel")
    browser("member").post(f"/events/{event}/sign-up", mode="onsite")
    assert not sees_link(browser, "member", event), "on site"


@pytest.mark.parametrize(("hours", "sees"), [(-25, False), (-23, True), (2, True), (4, False)])
def test_the_remote_link_is_there_from_a_day_before_until_the_end(browser, plan, hours, sees):
    event = plan(mode=Mode.REMOTE, stream_url=LINK, in_hours=30, hours=3)
    browser("member").post(f"/events/{event}/sign-up")

    with time_machine.travel(clock.now() + timedelta(hours=30 + hours), tick=False):
        assert sees_link(browser, "member", event) is sees
        assert browser("member").get(f"/events/{event}/", target="signup").html.count(LINK) == int(sees)


def test_a_cancelled_event_shows_no_link(browser, plan):
    event = plan(mode=Mode.REMOTE, stream_url=LINK, in_hours=2)
    browser("member").post(f"/events/{event}/sign-up")
    browser("moderator").post(f"/events/{event}/cancel-event", reason="Puhuja estynyt")
    assert not sees_link(browser, "member", event) and not sees_link(browser, "moderator", event)


def test_outsiders_see_title_and_date_but_not_the_programme(browser, plan):
    text = LocalText(fi="Salaiset kahvit")
    event = plan(description=text, description_html=render_local_markdown(text), summary=LocalText(fi="Tapaamme taas"))

    for who in ("visitor", "contact", "newcomer"):
        page = browser(who).get(f"/events/{event}/")
        assert "Tapaaminen" in page.text("h1") and "Tapaamme taas" in page.text() and "Salaiset kahvit" not in page.html
        assert "moderator@extranet.example" not in page.html and not page.has("#signup form")
    assert "Salaiset kahvit" in browser("member").get(f"/events/{event}/").text()
    assert f"/sign-in?next=/events/{event}/" in browser("visitor").get(f"/events/{event}/").links()


def test_events_of_a_secret_network_do_not_exist_for_others(browser, cast):
    for who in ("visitor", "member", "moderator", "contact", "orgadmin"):
        for url in ("", "cancel", "participants", "edit"):
            assert browser(who).get(f"/events/{cast['advisory_event']}/{url}").status in ((302, 404) if who == "visitor" else (404,))
        assert "Ensi kauden teemat" not in browser(who).get("/events/?show=all").html
    assert browser("expert").get(f"/events/{cast['advisory_event']}/").status == 200


def test_a_text_that_exists_only_in_swedish_is_marked(browser, plan):
    event = plan(title=LocalText(sv="Träff på svenska"))
    heading = browser("member").get(f"/events/{event}/").soup.select_one("h1 [lang=sv]")
    assert heading.get_text() == "Träff på svenska"


def test_the_signup_block_alone_and_the_whole_page_agree(browser, plan):
    event = plan()
    whole, part = browser("member").get(f"/events/{event}/"), browser("member").get(f"/events/{event}/", target="signup")
    assert part.soup.select_one("form")["action"] == whole.soup.select_one("#signup form")["action"]
    assert "HX-Target" in part.headers["Vary"] and part.headers["Cache-Control"] == "private, no-store"


def test_a_held_event_says_so(browser, cast):
    page = browser("member").get(f"/events/{cast['held_event']}/")
    assert not page.has("#signup form") and "/cancel" not in page.html


@pytest.mark.parametrize("state", list(EventState))
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_state_has_its_page_in_every_language(browser, plan, state, language):
    event = plan(state=state, mode=Mode.HYBRID, capacity_onsite=3)
    assert browser("moderator", language).get(f"/events/{event}/?lang={language}").status == 200


def fresh(browser, url):
    """The page, with the settings read anew: they are kept for a while."""
    settings.forget_cached()
    return browser.get(url)


def test_the_page_costs_the_same_with_many_sign_ups(app, browser, plan, crowd, count_queries):
    event, member, moderator = plan(capacity_onsite=30), browser("member"), browser("moderator")
    member.post(f"/events/{event}/sign-up")
    urls = [f"/events/{event}/", "/events/", "/networks/hr/events/"]
    few = [count_queries(lambda url=url: fresh(member, url)) for url in urls]
    desk = count_queries(lambda: fresh(moderator, f"/events/{event}/desk"))
    for someone in crowd(40):
        someone.post(f"/events/{event}/sign-up")

    assert [count_queries(lambda url=url: fresh(member, url)) for url in urls] == few
    assert count_queries(lambda: fresh(moderator, f"/events/{event}/desk")) == desk
    assert max(few) <= 8, few
