"""Finding events: past ones by words and year, all of them by kind and topic."""

import pytest

from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.events.kinds import EventState, EventType
from extranet.events.models import Event
from extranet.networks.topics import Topic
from tests.events.test_edit import edit


@pytest.fixture
def titles(browser):
    def find(query, name="member", url="/events/?show=past&"):
        page = browser(name).get(f"{url}{query}")
        assert page.status == 200
        return [tag.get_text(strip=True) for tag in page.soup.select("#events .list__title")]

    return find


def test_past_events_by_words_in_any_spelling(plan, titles):
    plan(in_hours=-50, state=EventState.HELD, title=LocalText(fi="Työkyvyn ÄÄRELLÄ", sv="Arbetsförmåga"), venue=LocalText(fi="Åbo"))
    for words in ("äärellä", "ÄÄRELLÄ työkyvyn", "arbetsFÖRMÅGA", "åbo", "a\u0308a\u0308rella\u0308"):
        assert titles(f"q={words}") == ["Työkyvyn ÄÄRELLÄ"], words
    assert titles("q=äärellä palkka") == titles("q=%25") == titles("q=_") == []
    assert titles("q=äärellä", name="visitor") == ["Työkyvyn ÄÄRELLÄ"] and titles("q=äärellä", url="/networks/hr/events/?show=past&") != []


def test_a_new_title_is_found_at_once(browser, plan, titles):
    event = plan(title=LocalText(fi="Entinen otsikko"))
    assert edit(browser, event, title_fi="Uusi nimi").status == 303
    assert titles("q=nimi", url="/events/?show=all&") == ["Uusi nimi"] and titles("q=otsikko", url="/events/?show=all&network=hr&") == []


def test_by_year_and_kind(plan, titles):
    plan(in_hours=-24 * 800, state=EventState.HELD, title=LocalText(fi="Vanha"), type=EventType.NETWORK_DAY)
    year = clock.days_ago(800).year
    assert titles(f"year={year}") == ["Vanha"] and titles(f"year={year}&type=webinar") == []
    assert titles("type=network_day") == ["Vanha"]
    assert len(titles("year=99999&type=nonsense&topic=")) == len(titles(""))


def test_topics_are_chosen_shown_and_looked_for(app, browser, plan, titles, rows):
    event = plan()
    with app.app_context():
        topic = db.session.get(Topic, 3)
        slug, name = topic.slug, topic.name["fi"]
    assert edit(browser, event, topics=["3"]).status == 303
    page = browser("member").get(f"/events/{event}/")
    assert name in page.text("dl.facts") and f"/events/?show=all&topic={slug}" in page.links()
    assert titles(f"topic={slug}", url="/events/?show=all&") == ["Tapaaminen"] and titles(f"topic={slug}") == []
    assert edit(browser, event, topics=[]).status == 303
    assert titles(f"topic={slug}", url="/events/?show=all&") == []
    assert edit(browser, event, topics=["999"]).status == 422


def test_pages_keep_what_was_looked_for(browser, plan):
    for n in range(27):
        plan(in_hours=-100 - n, state=EventState.HELD, title=LocalText(fi="Sarja"))
    page = browser("member").get("/events/?show=past&q=sarja")
    assert any("q=sarja" in link and "page=2" in link for link in page.links())
    assert browser("member").get("/events/?show=past&q=olematon").has("#events .empty a.button")


def test_an_event_keeps_its_words_when_other_things_change(browser, plan, rows):
    event = plan()
    browser("moderator").post(f"/events/{event}/close")
    assert rows(Event, Event.id == event)[0].search_text == "tapaaminen träff"
