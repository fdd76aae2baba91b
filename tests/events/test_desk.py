"""The organisers' list, and what they do by hand with a reason (I-14, I-16, domain.md §4.7)."""

import pytest

from extranet.audit.models import AuditEvent
from extranet.events.models import Event
from extranet.notifications.models import Notification


@pytest.fixture
def full(browser, plan):
    event = plan(capacity_onsite=1)
    for name in ("medlem", "member", "expert"):
        browser(name).post(f"/events/{event}/sign-up")
    return event


def test_an_organiser_reads_the_list_and_the_reading_is_logged(browser, cast, full, rows):
    page = browser("moderator").get(f"/events/{full}/desk")

    assert "Linda Blomstrand" in page.text("table") and "Raasepori" in page.text("table") and "Milla" not in page.text("table")
    waiting = browser("moderator").get(f"/events/{full}/desk?state=waiting").text("table")
    assert waiting.index("Milla Lahdenpohja") < waiting.index("Eero Koskivuori")
    assert [e.thing_id for e in rows(AuditEvent, AuditEvent.name == "events.participants")] == [str(full)] * 2


def test_taking_a_person_off_lets_the_next_in(browser, cast, full, states, letters, rows, signup_of):
    letters()
    moderator, url = browser("moderator"), f"/events/{full}/desk/{signup_of(full, 'medlem')}/remove"
    assert moderator.post(url, reason="").status == 422

    page = moderator.submit(moderator.get(url), "main form", reason="Paikka oli tarkoitettu kollegalle")

    assert states(full) == {cast["medlem"]: "cancelled", cast["member"]: "offered", cast["expert"]: "waiting"}
    assert letters()[3:] == [("member", "offered"), ("medlem", "removed")] and page.status == 200
    assert {(n.user_id, n.kind) for n in rows(Notification)} == {(cast["member"], "events.offered"), (cast["medlem"], "events.removed")}
    [event] = rows(AuditEvent, AuditEvent.name == "events.remove")
    assert (event.reason, event.user_id, event.network_id) == ("Paikka oli tarkoitettu kollegalle", cast["moderator"], cast["network:hr"])
    assert moderator.post(url, reason="Uudelleen").status == 422
    assert "kollegalle" in moderator.get(f"/events/{full}/desk?state=cancelled").text("table")


def test_a_place_by_hand_is_one_place_more_and_never_one_too_many(browser, cast, full, states, letters, rows, signup_of):
    letters()
    moderator, url = browser("moderator"), f"/events/{full}/desk/{signup_of(full, 'expert')}/promote"
    assert moderator.post(url, reason=" ").status == 422

    page = moderator.get(url)
    assert "paikkoja on 2" in page.text(".callout--warn")
    moderator.submit(page, "main form", reason="Esiintyjä")

    assert states(full) == {cast["medlem"]: "confirmed", cast["member"]: "waiting", cast["expert"]: "confirmed"}
    assert rows(Event, Event.id == full)[0].capacity_onsite == 2
    assert letters()[3:] == [("expert", "promoted")]
    assert rows(AuditEvent, AuditEvent.name == "events.promote")[0].reason == "Esiintyjä"
    assert moderator.post(url, reason="Toisen kerran").status == 422


def test_sign_ups_of_another_event_are_not_reached_from_here(browser, cast, full, plan, signup_of):
    other = plan()
    url = f"/events/{other}/desk/{signup_of(full, 'medlem')}/remove"
    assert browser("moderator").get(url).status == 404


def test_an_expert_sees_the_participants_of_own_events_only(browser, cast, plan):
    assert browser("expert").get(f"/events/{plan()}/desk").status == 403
    assert browser("expert").get(f"/events/{plan(organiser_id=cast['expert'])}/desk").status == 200


def test_htmx_fills_only_the_list(browser, full):
    page = browser("moderator").get(f"/events/{full}/desk?state=waiting", target="people")
    assert not page.has("html") and "Milla Lahdenpohja" in page.soup.get_text()


def test_a_reason_is_shown_as_it_was_written(browser, full, signup_of):
    moderator, reason = browser("moderator"), "Oli <img src=x onerror=alert(1)> 100 % varma"
    moderator.post(f"/events/{full}/desk/{signup_of(full, 'medlem')}/remove", reason=reason)
    page = moderator.get(f"/events/{full}/desk?state=cancelled")
    assert page.status == 200 and reason in page.text("table") and not page.has("table img")
