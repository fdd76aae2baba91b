"""Signing up: a place, or a place in the queue, while registration is open (I-11, I-14 to I-16)."""

from datetime import timedelta

import pytest

from extranet.audit.models import AuditEvent
from extranet.core import clock
from extranet.core.db import db
from extranet.events.kinds import Audience, EventState, Mode
from extranet.events.models import Signup
from extranet.mail.models import Letter
from extranet.networks.models import Network, NetworkState
from extranet.notifications.models import Notification


def test_a_member_signs_up_with_one_press(browser, cast, plan, rows, work):
    event, member = plan(capacity_onsite=2), browser("member")

    page = member.submit(member.get(f"/events/{event}/"), "#signup form")

    assert "Ilmoittauduttu" in page.text("#signup") and "Perun ilmoittautumisen" not in page.text()
    assert "1 ilmoittautunut" in page.text("#signup")
    assert "member@extranet.example" in page.text("#flash")
    [signup] = rows(Signup, Signup.event_id == event)
    assert (signup.user_id, signup.state, signup.organisation_id is not None) == (cast["member"], "confirmed", True)
    assert [(e.name, e.thing, e.user_id) for e in rows(AuditEvent)] == [("events.sign_up", "signup", cast["member"])]
    work()
    [letter] = rows(Letter)
    assert letter.to == "member@extranet.example" and "Tapaaminen" in letter.subject and f"/events/{event}/" in letter.text


def test_htmx_gets_the_card_with_the_new_state(browser, plan):
    page = browser("member").post(f"/events/{plan()}/sign-up", target="signup", follow=True)

    assert page.status == 200 and not page.has("html")
    assert "Ilmoittauduttu" in page.soup.get_text() and page.has("#flash")


def test_a_hybrid_event_asks_how_one_takes_part(browser, cast, plan, rows):
    event, member = plan(mode=Mode.HYBRID, capacity_onsite=1, stream_url="https://video.example/x"), browser("member")

    page = member.get(f"/events/{event}/")
    assert page.soup.select_one("#signup input[value=onsite]").has_attr("checked")
    member.submit(page, "#signup form", mode="remote")

    assert [s.mode for s in rows(Signup, Signup.event_id == event)] == ["remote"]


def test_a_way_that_the_event_does_not_have_is_explained(browser, plan, rows):
    event = plan(mode=Mode.HYBRID)
    page = browser("member").post(f"/events/{event}/sign-up", mode="balloon")

    assert page.status == 422 and page.has("#signup .error")
    assert rows(Signup, Signup.event_id == event) == []


def test_when_all_places_are_taken_the_same_button_leads_to_the_waiting_list(browser, cast, plan, states, letters):
    event = plan(capacity_onsite=1)
    browser("medlem").post(f"/events/{event}/sign-up")
    member = browser("member")

    page = member.get(f"/events/{event}/")
    assert "Jää varasijalle" in page.text("#signup form")
    page = member.submit(page, "#signup form")

    assert "Varasijalla" in page.text("#signup") and "1." in page.text("#signup")
    assert states(event) == {cast["medlem"]: "confirmed", cast["member"]: "waiting"}
    assert letters() == [("medlem", "confirmed"), ("member", "waiting")]


def test_waiting_people_are_in_no_count(browser, plan):
    event = plan(capacity_onsite=1)
    for name in ("medlem", "member"):
        browser(name).post(f"/events/{event}/sign-up")

    assert "1 ilmoittautunut" in browser("moderator").get(f"/events/{event}/").text("#signup")
    page = browser("moderator").get(f"/events/{event}/desk")
    assert "Linda Blomstrand" in page.text("table") and "Milla" not in page.text("table")


def test_a_person_has_one_place(browser, plan, rows):
    event = plan()
    browser("member").post(f"/events/{event}/sign-up")
    again = browser("member").post(f"/events/{event}/sign-up")

    assert again.status == 422 and "jo ilmoittautunut" in again.text()
    assert len(rows(Signup, Signup.event_id == event)) == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"state": EventState.CLOSED}, "päättynyt"),
        ({"state": EventState.CANCELLED}, "peruttu"),
        ({"state": EventState.ANNOUNCED}, "ei ole vielä avattu"),
        ({"registration_opens_at": timedelta(days=1)}, "ei ole vielä avattu"),
        ({"registration_closes_at": timedelta(minutes=-1)}, "päättynyt"),
        ({"in_hours": -1}, "alkanut"),
    ],
)
def test_a_tab_left_open_since_yesterday_gets_a_clear_sentence(browser, plan, rows, change, words):
    event = plan(**{k: clock.now() + v if isinstance(v, timedelta) else v for k, v in change.items()})

    page = browser("member").post(f"/events/{event}/sign-up")

    assert page.status == 422 and words in page.text()
    assert rows(Signup, Signup.event_id == event) == []


def test_a_deputy_sees_that_the_primary_has_signed_up(browser, cast):
    page = browser("deputy").get(f"/events/{cast['contact_event']}/")
    assert "Kaisa Virtasalo" in page.text("#signup .callout")


def test_names_stay_within_the_organisation(browser, plan):
    event = plan()
    browser("medlem").post(f"/events/{event}/sign-up")

    page = browser("member").get(f"/events/{event}/")
    assert "Blomstrand" not in page.html


def test_an_event_for_anyone_signed_in_takes_staff_only_where_the_network_does(browser, plan):
    for_all = plan("work-and-life", audience=Audience.SIGNED_IN)
    for_employers = plan("hr", audience=Audience.SIGNED_IN)

    assert browser("newcomer").post(f"/events/{for_all}/sign-up").status == 303
    assert browser("staff").post(f"/events/{for_all}/sign-up").status == 303
    assert browser("newcomer").post(f"/events/{for_employers}/sign-up").status == 303
    assert browser("staff").post(f"/events/{for_employers}/sign-up").status == 403


def test_an_archived_network_takes_no_sign_ups(app, browser, cast, plan):
    event = plan()
    with app.app_context():
        db.session.get(Network, cast["network:hr"]).state = NetworkState.ARCHIVED
        db.session.commit()

    assert "arkistoitu" in browser("member").get(f"/events/{event}/").text("#signup")
    assert browser("member").post(f"/events/{event}/sign-up").status == 403
    assert browser("moderator").post(f"/events/{event}/close").status == 403


def test_contact_persons_come_where_they_are_asked(browser, plan):
    assert browser("contact").post(f"/events/{plan(audience=Audience.CONTACT_PERSONS)}/sign-up").status == 303
    assert browser("contact").post(f"/events/{plan()}/sign-up").status == 403


def test_nothing_is_notified_to_oneself(browser, plan, rows):
    browser("member").post(f"/events/{plan()}/sign-up")
    assert rows(Notification) == []


def test_the_letter_is_in_the_readers_language(browser, plan, rows, work):
    event = plan()
    for name in ("member", "medlem"):
        browser(name).post(f"/events/{event}/sign-up")
    work()

    assert [letter.subject for letter in rows(Letter)] == ["Ilmoittautuminen vahvistettu: Tapaaminen", "Anmälan bekräftad: Träff"]


def test_the_confirmation_carries_no_link_to_the_remote_meeting(browser, plan, rows, work):
    event = plan(mode=Mode.REMOTE, stream_url="https://video.example/secret", in_hours=48)
    browser("member").post(f"/events/{event}/sign-up")
    work()

    [letter] = rows(Letter)
    assert "secret" not in letter.text + letter.html and "24 tuntia" in letter.text


def test_a_letter_that_is_no_longer_true_is_not_written(browser, plan, letters):
    event = plan()
    browser("member").post(f"/events/{event}/sign-up")
    browser("member").post(f"/events/{event}/cancel")

    assert letters() == [("member", "given_up")]
