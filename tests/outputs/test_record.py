"""The recording of an event, its captions in time, and who hears of both."""

from datetime import timedelta

import pytest

from extranet.core import clock
from extranet.core.db import db
from extranet.events.kinds import EventState
from extranet.events.models import Event
from extranet.mail.models import Letter
from extranet.materials.models import Material, MaterialKind
from extranet.notifications.models import Notification

LINK = "https://video.example/katso/7"


def record(browser, event, by="moderator", **data):
    moderator = browser(by)
    page = moderator.get(f"/events/{event}/materials")
    return moderator.submit(page, f'form[action="/events/{event}/recording"]', follow=False, **{"address": LINK} | data)


def saved(rows, event):
    return rows(Event, Event.id == event)[0]


def told(rows, event, kind="outputs.added"):
    return sorted(n.user_id for n in rows(Notification, Notification.about_id == event, Notification.kind == kind))


def test_it_is_on_the_page_for_those_whom_the_event_was_meant_for(browser, held, rows):
    event = held("member")
    assert record(browser, event).status == 303

    assert saved(rows, event).captions_by == clock.today() + timedelta(days=14)
    page = browser("member").get(f"/events/{event}/")
    assert LINK in page.links() and "Tekstitys lisätään" in page.text("#after")
    assert LINK not in browser("newcomer").get(f"/events/{event}/").html and LINK not in browser("visitor").get(f"/events/{event}/").html


def test_the_first_day_holds_when_the_address_changes(app, browser, held, rows):
    event = held()
    record(browser, event)
    with app.app_context():
        db.session.get(Event, event).captions_by = early = clock.today() + timedelta(days=3)
        db.session.commit()
    record(browser, event, address="video.example/8")

    assert (saved(rows, event).captions_by, saved(rows, event).recording_url) == (early, "https://video.example/8")


def test_captions_end_the_waiting(browser, held, rows):
    event, moderator = held(), browser("moderator")
    record(browser, event)
    assert f"/events/{event}/" in moderator.get("/recordings/overdue").links()
    done = moderator.post(f"/events/{event}/recording/caption")
    assert done.status == 303 and saved(rows, event).captioned_at is not None
    assert f"/events/{event}/" not in moderator.get("/recordings/overdue").links()
    assert "on tekstitys" in browser("member").get(f"/events/{event}/").text("#after")
    record(browser, event, address="https://video.example/9", has_captions=None)
    assert saved(rows, event).captioned_at is None, "another recording needs its own"


def test_taken_off_again(browser, held, rows):
    event = held()
    record(browser, event, has_captions="y")
    assert browser("moderator").post(f"/events/{event}/recording/withdraw").status == 303
    assert (saved(rows, event).recording_url, saved(rows, event).captions_by) == ("", None)
    assert not browser("member").get(f"/events/{event}/").has("#after")
    assert browser("moderator").post(f"/events/{event}/recording/caption").status == 422


@pytest.mark.parametrize("address", ["", "javascript:alert(1)", "https://user:secret@video.example/", "https://video.example/" + "a" * 500])
def test_what_is_no_address_is_said_at_the_field(browser, held, rows, address):
    event = held()
    page = record(browser, event, address=address)
    assert page.status == 422 and page.has("#address-error") and saved(rows, event).recording_url == ""


@pytest.mark.parametrize("more", [{"in_hours": 24}, {"in_hours": -24, "state": EventState.CANCELLED}])
def test_no_recording_before_it_has_begun_or_of_what_was_called_off(browser, plan, rows, more):
    event = plan(**more)
    assert browser("moderator").post(f"/events/{event}/recording", address=LINK).status == 422
    assert saved(rows, event).recording_url == "" and not browser("moderator").get(f"/events/{event}/materials").has("#address")


def test_participants_and_guests_hear_once(browser, cast, held, run, rows):
    event = held("member", waiting=("medlem",), guests=("gunilla",))
    record(browser, event)
    run("outputs.tell", minutes=11)
    run("outputs.tell", minutes=40)
    record(browser, event, address="https://video.example/8")
    run("outputs.tell", minutes=60)

    assert told(rows, event) == [cast["member"]]
    [letter] = rows(Letter, Letter.to == "gunilla@guest.example")
    assert letter.language == "sv" and LINK in letter.text and "Träff" in letter.subject


def test_the_organiser_is_reminded_of_captions_until_they_are_there(browser, cast, held, run, rows):
    event = held()
    record(browser, event, by="expert")
    run("outputs.remind", days=5)
    assert told(rows, event, "outputs.captions") == []
    for days in (7, 8, 13, 14, 15):
        run("outputs.remind", days=days)
    assert told(rows, event, "outputs.captions") == [cast["moderator"]] * 3, "a week before, a day before, when it has come"
    browser("moderator").post(f"/events/{event}/recording/caption")
    run("outputs.remind", days=40)
    assert len(told(rows, event, "outputs.captions")) == 3


def test_where_the_organiser_has_left_the_leads_are_reminded(app, browser, cast, held, run, rows):
    event = held(organiser_id=cast["newcomer"])
    record(browser, event)
    run("outputs.remind", days=14)
    people = told(rows, event, "outputs.captions")
    assert people and cast["newcomer"] not in people


def test_a_recording_in_the_library_counts_too(app, browser, cast, held, run, rows):
    event = held()
    with app.app_context():
        material = db.session.get(Material, cast["hr_material"])
        material.kind, material.owner_id = MaterialKind.RECORDING, cast["expert"]
        material.captions_by = clock.today() - timedelta(days=1)
        db.session.commit()
    browser("moderator").post(f"/events/{event}/materials/attach?material={cast['hr_material']}")

    assert f"/materials/{cast['hr_material']}/captions" in browser("moderator").get("/recordings/overdue").links()
    run("outputs.remind")
    assert cast["moderator"] in told(rows, event, "outputs.captions")
    assert cast["expert"] not in told(rows, event, "outputs.captions"), "the library reminds the owner"


def test_the_list_holds_only_what_one_looks_after(browser, cast, held, count_queries):
    own, other = held(), held(network="work-and-life", organiser_id=cast["expert"])
    record(browser, own)
    record(browser, other, by="expert")
    links = {name: browser(name).get("/recordings/overdue").links() for name in ("moderator", "expert", "admin")}
    assert f"/events/{own}/" in links["moderator"] and f"/events/{other}/" not in links["moderator"]
    assert all(f"/events/{event}/" in links[name] for event in (own, other) for name in ("expert", "admin"))
    assert count_queries(lambda: browser("admin").get("/recordings/overdue")) <= 6
