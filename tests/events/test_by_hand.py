"""Adding and moving people by hand, with a reason: past closed registration, never past the number of places (I-11, I-13, I-16)."""

from datetime import timedelta

import pytest
import time_machine

from extranet.audit.models import AuditEvent
from extranet.core import clock
from extranet.core.db import db
from extranet.events.kinds import ChoiceRule, EventState, Mode, SignupState
from extranet.events.models import Event, Signup
from extranet.events.programme_models import Choice, ChoiceState, Session
from extranet.mail.models import Letter


@pytest.fixture
def hybrid(browser, plan, app, cast):
    """One place on site and one remotely: medlem on site, member remotely, expert waits on site."""
    event = plan(mode=Mode.HYBRID, capacity_onsite=1, capacity_remote=1)
    for name, mode in (("medlem", "onsite"), ("member", "remote"), ("expert", "onsite")):
        browser(name).post(f"/events/{event}/sign-up", mode=mode)
    return event


def put(app, event, user_id):
    """A place on site without the form; its id."""
    with app.app_context():
        signup = Signup(event_id=event, user_id=user_id, mode=Mode.ONSITE, state=SignupState.CONFIRMED)
        db.session.add(signup)
        db.session.commit()
        return signup.id


def modes(rows, event):
    return {s.user_id: (s.mode.value, s.state.value) for s in rows(Signup, Signup.event_id == event)}


def test_an_organiser_adds_a_member_after_registration_has_closed(browser, cast, plan, rows, letters):
    event, moderator = plan(state=EventState.CLOSED, capacity_onsite=5), browser("moderator")
    found = moderator.get(f"/events/{event}/desk/add?q=milla")
    assert f"/events/{event}/desk/add/{cast['member']}" in found.links()

    form = moderator.get(f"/events/{event}/desk/add/{cast['member']}")
    assert moderator.submit(form, "main form", reason="").status == 422
    page = moderator.submit(form, "main form", reason="Sovittu puhelimessa")

    [signup] = rows(Signup, Signup.event_id == event)
    assert (signup.user_id, signup.state, signup.registered_by_id, signup.note) == (
        cast["member"],
        "confirmed",
        cast["moderator"],
        "Sovittu puhelimessa",
    )
    assert letters() == [("member", "registered")] and "Milla Lahdenpohja" in page.text("h1")
    assert rows(AuditEvent, AuditEvent.name == "events.enter_by_hand")[0].reason == "Sovittu puhelimessa"
    assert "Maija Kallioniemi" in page.text(".log")
    again = moderator.get(f"/events/{event}/desk/add?q=milla")
    assert f"/desk/add/{cast['member']}" not in again.html and "ilmoittautunut" in again.text("main")


def test_whoever_is_added_to_a_full_event_waits(browser, cast, hybrid, states):
    moderator = browser("moderator")
    page = moderator.submit(
        moderator.get(f"/events/{hybrid}/desk/add/{cast['moderator']}"), "main form", mode="remote", reason="Puheenjohtaja"
    )
    assert states(hybrid)[cast["moderator"]] == "waiting" and "jonossa viimeisenä" in page.text("#flash")


def test_a_guest_is_added_where_the_event_takes_guests(browser, plan, rows, work):
    event, moderator = plan(takes_guests=True), browser("moderator")
    form = moderator.get(f"/events/{event}/desk/add/guest")
    assert moderator.submit(form, "main form", name="Ville Vieras", email="ei osoite", reason="Puhuja").status == 422

    moderator.submit(
        form, "main form", name="Ville Vieras", email="ville@muualla.example", organisation="Silta Oy", language="sv", reason="Puhuja"
    )
    work()
    [signup] = rows(Signup, Signup.event_id == event)
    assert (signup.guest_name, signup.guest_email, signup.state, signup.user_id) == (
        "Ville Vieras",
        "ville@muualla.example",
        "confirmed",
        None,
    )
    assert [(letter.to, letter.language) for letter in rows(Letter)] == [("ville@muualla.example", "sv")]
    desk = moderator.get(f"/events/{event}/desk")
    assert "Ville Vieras" in desk.text("table") and "Silta Oy" in desk.text("table")
    closed = plan()
    assert (
        moderator.post(f"/events/{closed}/desk/add/guest", name="V", email="v@m.example", language="fi", mode="onsite", reason="x").status
        == 422
    )


def test_nobody_is_found_whom_the_organiser_does_not_know(browser, cast, plan):
    event, moderator = plan(), browser("moderator")
    page = moderator.get(f"/events/{event}/desk/add?q=staff@extranet.example")
    assert "/desk/add/" not in page.html and moderator.get(f"/events/{event}/desk/add/{cast['staff']}").status == 404


def test_moving_to_a_full_way_makes_one_place_more_and_frees_the_other(browser, cast, hybrid, rows, letters, signup_of):
    letters()
    moderator, url = browser("moderator"), f"/events/{hybrid}/desk/{signup_of(hybrid, 'medlem')}/move"
    page = moderator.submit(moderator.get(url), "main form", mode="remote", reason="Esteetön tila puuttuu")

    assert modes(rows, hybrid) == {
        cast["medlem"]: ("remote", "confirmed"), cast["member"]: ("remote", "confirmed"), cast["expert"]: ("onsite", "offered"),
    }  # fmt: skip
    event = rows(Event, Event.id == hybrid)[0]
    assert (event.capacity_onsite, event.capacity_remote) == (1, 2)
    assert letters()[3:] == [("expert", "offered"), ("medlem", "moved")]
    assert rows(AuditEvent, AuditEvent.name == "events.move")[0].reason == "Esteetön tila puuttuu"
    assert "Järjestäjä siirsi henkilön" in page.text(".log") and "Esteetön tila puuttuu" in page.text(".log")


def test_nothing_is_moved_without_a_reason_or_a_change(browser, hybrid, rows, signup_of):
    moderator, url = browser("moderator"), f"/events/{hybrid}/desk/{signup_of(hybrid, 'medlem')}/move"
    assert moderator.submit(moderator.get(url), "main form", mode="remote", reason=" ").status == 422
    assert moderator.submit(moderator.get(url), "main form", reason="Muuten vain").status == 422
    assert not rows(AuditEvent, AuditEvent.name == "events.move")


def test_whoever_waits_is_moved_only_where_there_is_room(browser, app, cast, hybrid, rows, signup_of):
    moderator, url = browser("moderator"), f"/events/{hybrid}/desk/{signup_of(hybrid, 'expert')}/move"
    refused = moderator.submit(moderator.get(url), "main form", mode="remote", reason="Kokeillaan")
    assert refused.status == 422 and modes(rows, hybrid)[cast["expert"]] == ("onsite", "waiting")
    with app.app_context():
        db.session.get_one(Event, hybrid).capacity_remote = 2
        db.session.commit()
    moderator.submit(moderator.get(url), "main form", mode="remote", reason="Nyt mahtuu")
    assert modes(rows, hybrid)[cast["expert"]] == ("remote", "confirmed")


def test_moving_to_a_full_workshop_keeps_its_queue_and_frees_the_old_one(browser, app, cast, programme, rows, signup_of):
    event, (first, second) = programme(1, 1)
    for name in ("medlem", "member", "expert"):
        put(app, event, cast[name])
    with app.app_context():
        ids = {name: signup_of(event, name) for name in ("medlem", "member", "expert")}
        for name, session, state in (
            ("medlem", first, "confirmed"), ("member", second, "confirmed"), ("expert", first, "waiting"), ("expert", second, "waiting"),
        ):  # fmt: skip
            db.session.add(Choice(signup_id=ids[name], session_id=session, state=ChoiceState(state), rank=1 if session == first else 2))
        db.session.commit()
    moderator, url = browser("moderator"), f"/events/{event}/desk/{ids['medlem']}/move"
    page = moderator.get(url)
    assert [o["value"] for o in page.soup.select("select option[selected]")] == [str(first)]

    moderator.submit(page, "main form", slot_1=str(second), reason="Vetää pajan")

    inside = {
        (c.signup_id, c.session_id) for c in rows(Choice, Choice.state == ChoiceState.CONFIRMED, Choice.session_id.in_([first, second]))
    }
    assert inside == {(ids["medlem"], second), (ids["member"], second), (ids["expert"], first)}
    assert {s.id: s.capacity for s in rows(Session, Session.event_id == event)} == {first: 1, second: 2}
    assert not rows(Choice, Choice.state == ChoiceState.WAITING, Choice.session_id.in_([first, second]))
    moderator.submit(moderator.get(url), "main form", slot_1="", reason="Ei tulekaan pajaan")
    assert not rows(Choice, Choice.signup_id == ids["medlem"])


def test_nobody_is_moved_from_one_workshop_to_another_when_all_have_begun(browser, cast, programme, rows, signup_of, letters):
    event, (full, other) = programme(1, 5, in_hours=5)
    browser("member").post(f"/events/{event}/sign-up", mode="onsite", slot_1_1=full)
    browser("medlem").post(f"/events/{event}/sign-up", mode="onsite", slot_1_1=full, slot_1_meanwhile=other)
    with time_machine.travel(clock.now() + timedelta(hours=5, minutes=5), tick=False):
        page = browser("moderator").post(f"/events/{event}/desk/{signup_of(event, 'member')}/remove", reason="Ei tullutkaan.")
        assert page.status == 303
        assert {c.session_id: c.state for c in rows(Choice, Choice.session_id.in_([full, other]))} == {full: "waiting", other: "confirmed"}
        assert "session_free" not in [what for _who, what in letters()]


def test_there_is_nothing_to_give_before_a_draw(browser, app, cast, programme):
    event, _sessions = programme(1, 1, choice_rule=ChoiceRule.WISHES)
    url = f"/events/{event}/desk/{put(app, event, cast['member'])}/move"
    page = browser("moderator").get(url)
    assert page.status == 200 and not page.has("main form")
    assert browser("moderator").post(url, mode="onsite", slot_1="1", reason="Kokeillaan").status == 422


@pytest.mark.parametrize("state", [EventState.CANCELLED, EventState.HELD])
def test_nobody_is_moved_or_added_when_all_is_over(browser, cast, plan, app, state):
    event = plan(state=state, mode=Mode.HYBRID)
    url = f"/events/{event}/desk/{put(app, event, cast['member'])}/move"
    moderator = browser("moderator")
    assert moderator.post(url, mode="remote", reason="Myöhässä").status == 422
    assert moderator.post(f"/events/{event}/desk/add/{cast['medlem']}", mode="onsite", reason="Myöhässä").status == 422


def test_the_page_of_a_sign_up_tells_what_happened_to_it(browser, cast, plan, signup_of, app):
    event, moderator = plan(capacity_onsite=1), browser("moderator")
    browser("medlem").post(f"/events/{event}/sign-up", mode="onsite")
    browser("member").post(f"/events/{event}/sign-up", mode="onsite")
    browser("medlem").post(f"/events/{event}/cancel")
    browser("member").post(f"/events/{event}/accept")
    first = moderator.get(f"/events/{event}/desk/{signup_of(event, 'medlem')}").text(".log")
    second = moderator.get(f"/events/{event}/desk/{signup_of(event, 'member')}").text(".log")
    assert "Perui ilmoittautumisen, Linda Blomstrand" in first
    assert "Otti tarjotun paikan vastaan, Milla Lahdenpohja" in second and "Paikka vapautui" in second
