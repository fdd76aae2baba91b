"""The programme of an event: what it shows, what fits together, who is told (I-11, I-13, T20, T40)."""

from datetime import timedelta

import pytest
import time_machine

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.events import queries, signup_actions
from extranet.events.details import Details
from extranet.events.kinds import ChoiceRule, EventState, Mode
from extranet.events.models import Event
from extranet.events.programme_models import Choice, ChoiceState, Session, Speaker
from extranet.mail.models import Letter
from extranet.networks.access import viewer_for
from extranet.networks.models import Network, Visibility
from extranet.notifications.models import Notification
from tests.conftest import Stage


def add(browser, event, who="moderator", **data):
    page = browser(who).get(f"/events/{event}/programme/new")
    begins = page.soup.select_one("#starts")["value"]
    return browser(who).submit(page, "main form", follow=False, **({"title_fi": "Osio", "starts": begins} | data))


def edit(browser, event, session, **data):
    page = browser("moderator").get(f"/events/{event}/programme/{session}/edit")
    return browser("moderator").submit(page, "main form", follow=False, **data)


def remove(browser, event, session):
    page = browser("moderator").get(f"/events/{event}/programme/{session}/remove")
    return browser("moderator").submit(page, "main form", follow=False)


@pytest.fixture
def join(stage: Stage):
    """`join(event, "member", first, second)`: sign up with these wishes, a list of lists for several slots."""

    def make(event_id, name, *wishes, **slots):
        with stage.app.test_request_context("/", method="POST"):
            person = viewer_for(stage.ids[name])
            event = queries.get_event(person, event_id)
            signup_actions.sign_up(person, event, mode=Mode.ONSITE, details=Details(wishes=slots or {"A": wishes}))
            db.session.commit()

    return make


@pytest.fixture
def day(plan):
    """An open event from nine to three, thirty days from now."""

    def make(**more):
        begins = clock.local(clock.now() + timedelta(days=30)).replace(hour=9, minute=0, second=0, microsecond=0)
        return plan(starts_at=begins, ends_at=begins.replace(hour=15), **more)

    return make


@pytest.fixture
def told(letters):
    """What everybody has been told until ten minutes from now."""

    def read():
        with time_machine.travel(clock.now() + timedelta(minutes=11)):
            return letters()

    return read


def test_a_programme_is_shown_in_its_order_with_speakers_rooms_and_places_left(browser, day, cast, join):
    event = day()
    mail = "member@extranet.example"
    assert (
        add(
            browser,
            event,
            ends="10",
            title_fi="Mistä tekijät",
            speaker_1_name="Oskari Vuorio",
            speaker_1_title="johtaja",
            speaker_2_email=mail,
        ).status
        == 303
    )
    assert (
        add(
            browser, event, type="workshop", starts="10.15", ends="12", title_fi="Osaaminen", beside="new", capacity="5", room_fi="Kirjasto"
        ).status
        == 303
    )
    assert add(browser, event, type="workshop", starts="10.15", ends="12", title_fi="Johtaminen", beside="1", capacity="20").status == 303
    assert add(browser, event, type="break", starts="12.00", ends="13.00", title_fi="", title_sv="Lunch").status == 303

    page = browser("member").get(f"/events/{event}/")

    assert [tag.get_text() for tag in page.soup.select(".programme__time")] == ["9.00–10.00", "10.15–12.00", "12.00–13.00"]
    assert "Oskari Vuorio" in page.text(".programme > li") and "johtaja" in page.text(".programme > li")
    parallel = [" ".join(tag.get_text(" ").split()) for tag in page.soup.select(".parallel > li")]
    assert parallel[0].startswith("A A. Osaaminen Kirjasto") and "5 paikkaa" in parallel[0] and "20 paikkaa" in parallel[1]
    assert page.soup.select_one(".programme h3 [lang=sv]").get_text() == "Lunch"
    for who in ("visitor", "contact", "newcomer"):
        assert "Oskari Vuorio" not in browser(who).get(f"/events/{event}/").html, "the programme is for those whom the event is meant for"


def test_a_speaker_is_a_member_or_a_name(browser, day, cast, rows):
    event = day()
    add(
        browser,
        event,
        ends="10",
        speaker_1_email="member@extranet.example",
        speaker_2_name="Vieras Puhuja",
        speaker_2_organisation="Muu oy",
    )
    one, other = rows(Speaker, Speaker.name.in_(["Vieras Puhuja", _name_of(rows, cast["member"])]))
    assert (one.user_id, other.user_id, other.organisation) == (cast["member"], None, "Muu oy")

    page = add(browser, event, starts="10", ends="11", speaker_1_email="admin@nowhere.example")
    assert page.status == 422 and page.has("#speaker_1_email-error")
    shown = browser("moderator").get(f"/events/{event}/programme/{one.session_id}/edit")
    assert shown.soup.select_one("#speaker_1_email")["value"] == "member@extranet.example"
    edit(browser, event, one.session_id, speaker_1_name="", speaker_1_email="", speaker_1_title="")
    assert [s.name for s in rows(Speaker, Speaker.session_id == one.session_id)] == ["Vieras Puhuja"]


def _name_of(rows, user_id):
    return rows(User, User.id == user_id)[0].name


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"starts": "8.30", "ends": "10"}, "starts"),
        ({"starts": "14.00", "ends": "16.00"}, "ends"),
        ({"starts": "10.00", "ends": "9.30"}, "ends"),
        ({"starts": "", "ends": ""}, "starts"),
        ({"starts": "9.30", "ends": "10.30"}, "starts"),
        ({"starts": "9.30", "ends": "10.30", "beside": "new"}, "starts"),
        ({"starts": "11", "ends": "12", "title_fi": ""}, "title_fi"),
        ({"starts": "11", "ends": "12", "capacity": "5"}, "capacity"),
        ({"starts": "11", "ends": "12", "capacity": "0", "beside": "new"}, "capacity"),
        ({"starts": "11", "ends": "12", "type": "breakout"}, "network"),
        ({"starts": "11", "ends": "12", "speaker_1_title": "johtaja"}, "speaker_1_name"),
    ],
)
def test_what_does_not_fit_is_said_at_the_field_and_the_text_stays(browser, day, rows, data, field):
    event = day()
    add(browser, event, ends="10", title_fi="Avaus")
    page = add(browser, event, **({"description_fi": "Teksti säilyy"} | data))

    assert page.status == 422 and page.has(f"#{field}-error") and page.has(f'.callout--danger a[href="#{field}"]')
    assert page.text("#description_fi") == "Teksti säilyy"
    assert len(rows(Session, Session.event_id == event)) == 1


def test_an_event_without_a_day_has_no_sessions_yet(browser, cast):
    page = browser("moderator").get(f"/events/{cast['announced_event']}/programme")
    assert not page.has('a[href$="/programme/new"]') and page.has(f'a[href="/events/{cast["announced_event"]}/edit"]')
    assert add_raw(browser, cast["announced_event"]).status == 422


def add_raw(browser, event):
    return browser("moderator").post(f"/events/{event}/programme/new", type="lecture", title_fi="Osio", starts="9", ends="10")


def test_fewer_places_than_people_inside_are_refused_and_more_go_to_the_queue(browser, programme, rows, told, cast, join):
    event, [one, _other] = programme(2, 2)
    for name in ("medlem", "member", "expert"):
        join(event, name, one)

    page = edit(browser, event, one, capacity="1")
    assert page.status == 422 and "2" in page.text("#capacity-error")
    assert rows(Session, Session.id == one)[0].capacity == 2

    assert edit(browser, event, one, capacity="3").status == 303
    inside = rows(Choice, Choice.session_id == one, Choice.state == ChoiceState.CONFIRMED)
    assert len(inside) == 3
    assert [who for who, what in told() if what == "session_free"] == ["expert"]


def test_a_removed_workshop_loses_nobody_and_all_who_chose_it_are_told_once(browser, programme, rows, told, states, cast, join):
    event, [one, two, three] = programme(1, 1, 5)
    join(event, "medlem", one)
    join(event, "expert", two)
    join(event, "member", two, one)  # waits for both, the second workshop first

    asked = browser("moderator").get(f"/events/{event}/programme/{one}/remove")
    assert "2" in asked.text(".callout")
    browser("moderator").submit(asked, "main form", follow=False)

    assert rows(Session, Session.id == one) == []
    left = {(c.session_id, c.state) for c in rows(Choice, Choice.session_id.in_([one, two, three]))}
    assert left == {(two, ChoiceState.CONFIRMED), (two, ChoiceState.WAITING)}, "her queue for the other one stays"
    assert set(states(event).values()) == {"confirmed"}, "nobody loses the place in the event"
    assert sorted(who for who, what in told() if what == "session_removed") == ["medlem", "member"]
    [letter] = [x for x in rows(Letter) if x.to.startswith("medlem") and "session_removed" in x.key]
    assert "Paja 0" in letter.subject
    assert {n.user_id for n in rows(Notification) if n.kind == "events.session_removed"} == {cast["medlem"], cast["member"]}
    assert [what for _who, what in told()].count("session_removed") == 2, "once"


def test_the_next_wish_applies_where_a_workshop_is_removed(browser, programme, rows, stage, join):
    event, [one, two] = programme(2, 2)
    join(event, "member", one, two)
    assert {(c.session_id, c.state) for c in rows(Choice, Choice.session_id.in_([one, two]))} == {
        (one, ChoiceState.CONFIRMED),
        (two, ChoiceState.WISHED),
    }
    remove(browser, event, one)
    assert [(c.session_id, c.state) for c in rows(Choice, Choice.session_id == two)] == [(two, ChoiceState.CONFIRMED)]


def test_a_workshop_that_somebody_chose_meanwhile_is_not_removed_unseen(browser, programme, rows, join):
    event, [one, _two] = programme(2, 2)
    page = browser("moderator").get(f"/events/{event}/programme/{one}/remove")
    join(event, "member", one)

    assert browser("moderator").submit(page, "main form", follow=False).status == 422
    assert rows(Session, Session.id == one) and rows(Choice, Choice.session_id == one)
    assert remove(browser, event, one).status == 303


def test_what_people_chose_stays_once_the_event_has_begun(browser, programme, rows, join):
    event, [one, two] = programme(2, 2)
    join(event, "member", one)
    with time_machine.travel(clock.now() + timedelta(days=31)):
        assert remove(browser, event, one).status == 422
        assert remove(browser, event, two).status == 303
    assert [s.id for s in rows(Session, Session.event_id == event)] == [one] and rows(Choice, Choice.session_id == one)


def test_a_new_time_or_room_is_told_to_those_inside_in_one_letter(browser, programme, told, rows, letters, join):
    event, [one, two] = programme(3, 3)
    for name, wish in (("member", one), ("medlem", two)):
        join(event, name, wish)
    told()
    edit(browser, event, one, room_fi="Sali 3")
    edit(browser, event, one, room_fi="Sali 4", description_fi="Tuo läppäri")
    assert "programme" not in [what for _who, what in letters()], "not at once: more changes may come"

    assert [who for who, what in told() if what == "programme"] == ["member"]
    [letter] = [x for x in rows(Letter) if ":programme:" in x.key]
    assert "Sali 4" in letter.text and "Paja 0" in letter.text
    assert [what for _who, what in told()].count("programme") == 1
    edit(browser, event, two, description_fi="Uusi kuvaus")
    assert [what for _who, what in told()].count("programme") == 1, "a new description bothers nobody"


def test_people_hear_of_a_new_choice_and_nobody_before_sign_up_opens(browser, day, told):
    event, draft = day(), day(state=EventState.DRAFT)
    browser("member").post(f"/events/{event}/sign-up", mode="onsite")
    told()
    add(browser, draft, ends="10", beside="new")
    add(browser, event, ends="10", beside="new")
    assert [(who, what) for who, what in told() if what == "programme"] == [("member", "programme")]


def test_a_session_stays_in_its_slot_and_time_where_people_would_be_in_two_places(browser, day, rows, join):
    event = day()
    for title, starts, ends, beside in (("A", "9", "10", "new"), ("B", "9", "10", "1"), ("C", "11", "12", "new"), ("D", "11", "12", "2")):
        assert add(browser, event, title_fi=title, starts=starts, ends=ends, beside=beside, capacity="5").status == 303
    a, _b, c, _d = (s.id for s in rows(Session, Session.event_id == event))
    join(event, "member", **{"1": [a], "2": [c]})

    assert edit(browser, event, c, beside="1").has("#beside-error")
    assert edit(browser, event, c, starts="9.30", ends="10.30").status == 422
    assert clock.local(rows(Session, Session.id == c)[0].starts_at).hour == 11


def test_nobody_must_choose_in_two_groups_at_the_same_time(browser, day, rows):
    event = day()
    add(browser, event, starts="10", ends="12", title_fi="Eka", beside="new")
    assert "Vaihtoehtoja ei vielä ole" in browser("moderator").get(f"/events/{event}/programme").text("main")
    rival = add(browser, event, starts="10", ends="12", title_fi="Toka", beside="new")
    assert rival.status == 422 and "Eka" in rival.text("#beside-error") and rival.soup.select_one("#title_fi")["value"] == "Toka"

    assert add(browser, event, starts="10", ends="12", title_fi="Toka", beside="1").status == 303
    assert "Vaihtoehtoja ei vielä ole" not in browser("moderator").get(f"/events/{event}/programme").text("main")
    assert add(browser, event, starts="12", ends="13", title_fi="Kolmas", beside="new").status == 303
    assert {row.slot for row in rows(Session, Session.event_id == event)} == {"1", "2"}


def test_a_breakout_offers_to_join_its_theme_network(browser, day, cast, rows, told, stage, join):
    event = day()
    theme = cast["network:wellbeing"]
    assert add(browser, event, type="breakout", ends="10", beside="new", capacity="9", network=str(theme)).status == 303
    [session] = rows(Session, Session.event_id == event)

    page = browser("member").get(f"/events/{event}/")
    join(event, "member", **{"1": [session.id]})
    assert page.has('.parallel a[href="/networks/wellbeing/join"]')
    told()
    [letter] = [x for x in rows(Letter) if x.key.endswith(":confirmed:0") or ":confirmed:" in x.key]
    assert "/networks/wellbeing/join" in letter.text

    _make_secret(stage, theme)
    page = browser("medlem").get(f"/events/{event}/")
    assert "wellbeing" not in page.html and page.has(".parallel"), "a network that became secret is not named (T20)"


def _make_secret(stage, network_id):
    with stage.app.app_context():
        db.session.get_one(Network, network_id).visibility = Visibility.SECRET
        db.session.commit()


def test_the_sessions_move_with_the_event_and_none_is_left_outside(browser, day, rows):
    event = day()
    add(browser, event, starts="10", ends="12", title_fi="Keskipäivä")
    form = browser("moderator").get(f"/events/{event}/edit")

    moved = browser("moderator").submit(form, "main form", follow=False, day="2999-03-31", starts="10.00", ends="16.00")
    assert moved.status == 303
    [session] = rows(Session, Session.event_id == event)
    assert clock.local(session.starts_at).strftime("%d.%m.%Y %H.%M") == "31.03.2999 11.00", "as long as before: by the same hour"

    form = browser("moderator").get(f"/events/{event}/edit")
    refused = browser("moderator").submit(form, "main form", follow=False, starts="11.30", ends="16.00")
    assert refused.status == 422 and "Keskipäivä" in refused.text("#starts-error")
    assert clock.local(rows(Event, Event.id == event)[0].starts_at).hour == 10


def test_before_a_draw_places_are_shown_as_wishes(browser, day):
    event = day(choice_rule=ChoiceRule.WISHES)
    add(browser, event, ends="10", beside="new", capacity="7")
    page = browser("member").get(f"/events/{event}/")
    assert "7 paikkaa" in page.text(".parallel") and not page.has(".parallel .badge--ok")


def test_the_page_costs_the_same_however_long_the_programme(browser, day, plan, count_queries):
    event, bare, member = day(), plan(), browser("member")
    member.get("/events/")
    none = count_queries(lambda: member.get(f"/events/{bare}/"))
    add(browser, event, ends="10", speaker_1_name="Yksi", speaker_2_name="Kaksi")
    one = count_queries(lambda: member.get(f"/events/{event}/"))
    for hour in range(10, 15):
        add(browser, event, starts=f"{hour}", ends=f"{hour}.30", speaker_1_name="Puhuja")
    assert count_queries(lambda: member.get(f"/events/{event}/")) == one == none + 1


def test_a_title_in_one_language_is_marked(browser, programme, stage):
    event, _ids = programme(3, title=LocalText(fi="Päivä", sv="Dag"))
    assert browser("member", "sv").get(f"/events/{event}/?lang=sv").has(".parallel h4 [lang=fi]")
