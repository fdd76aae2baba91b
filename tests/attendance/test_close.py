"""Closing the list, opening it again, correcting it after the bill, and what the bill makes of it."""

import pytest
from sqlalchemy import update

from extranet.attendance.models import Closing
from extranet.audit.models import AuditEvent
from extranet.billing.models import CostShare, CostSplit
from extranet.core.db import db
from extranet.events.kinds import EventState, EventType, SignupState
from extranet.events.models import Signup
from extranet.notifications.models import Notification
from extranet.organisations.models import Organisation


def mark(browser, event, *signups, name="moderator", verb="present"):
    for signup in signups:
        assert browser(name).post(f"/events/{event}/attendance/mark", **{verb: signup}).status == 303


def pay_and_approve(browser, event, **fields):
    moderator = browser("moderator")
    moderator.post(f"/events/{event}/costs/add", kind="venue", label="Sali", amount="300", vat_percent="25,5")
    return moderator.submit(moderator.get(f"/events/{event}/costs/approve"), "main form", **fields)


def test_everybody_came_or_did_not(browser, over, place, close, how, rows):
    event = over()
    one, two = place(event, "member", "medlem")
    place(event, "contact", state=SignupState.WAITING)
    mark(browser, event, one)
    page = browser("moderator").get(f"/events/{event}/attendance/close")
    assert page.text(".stat--danger dd") == "1" and page.has("[aria-labelledby=missing-title] li")
    done = close(event)
    assert done.status == 200 and "suljettiin" in done.text("#flash")
    assert how(event) == [("attended", True), ("no_show", False), ("waiting", False)]
    assert not done.has("button.tick") and done.has(f"a[href$='/{two}/correct']") and done.has(f"a[href$='/{one}/certificate']")
    assert len(rows(Closing)) == len(rows(AuditEvent, AuditEvent.name == "attendance.close")) == 1
    assert browser("moderator").post(f"/events/{event}/attendance/close", missing=0).status == 422


def test_it_is_closed_as_it_was_seen(browser, over, place, how):
    """Somebody marks another person while the page stands open."""
    event = over()
    one, _two = place(event, "member", "medlem")
    moderator = browser("moderator")
    tab = moderator.get(f"/events/{event}/attendance/close")
    mark(browser, event, one, name="admin")
    refused = moderator.submit(tab, "main form")
    assert refused.status == 422 and "muuttunut" in refused.text("main") and how(event)[0][0] == "confirmed"


@pytest.mark.parametrize("more", [{"in_hours": 5, "state": EventState.OPEN}, {"in_hours": 400, "state": EventState.OPEN}])
def test_not_before_it_has_begun(browser, over, place, more):
    event = over(**more)
    place(event, "member")
    moderator = browser("moderator")
    assert not moderator.get(f"/events/{event}/attendance/close").has("main form[method=post]")
    assert moderator.post(f"/events/{event}/attendance/close", missing=1).status == 422


def test_it_is_opened_again_and_nothing_is_lost(browser, over, place, close, how):
    event = over()
    one, _two = place(event, "member", "medlem")
    mark(browser, event, one)
    close(event)
    moderator = browser("moderator")
    page = moderator.submit(moderator.get(f"/events/{event}/attendance"), f"form[action='/events/{event}/attendance/reopen']")
    assert page.has("button.tick") and how(event) == [("confirmed", True), ("confirmed", False)]
    assert moderator.post(f"/events/{event}/attendance/reopen").status == 422
    close(event)
    assert how(event) == [("attended", True), ("no_show", False)]


def test_a_phone_that_was_long_without_a_connection(browser, over, place, close, send, how):
    """Its marks count although the list has been closed meanwhile; not any more when the costs have been approved."""
    event = over()
    one, two = place(event, "member", "medlem")
    mark(browser, event, one)
    close(event)
    send(event, {"signup": two, "present": True, "age": 3_600_000, "uid": "late"})
    assert how(event) == [("attended", True), ("attended", True)]
    pay_and_approve(browser, event)
    told = send(event, {"signup": two, "present": False, "age": 0, "uid": "later"})
    assert "hyväksytty" in told["refused"][str(two)] and how(event)[1] == ("attended", True)


def test_the_bill_counts_those_who_came(browser, over, place, close, rows, cast):
    """From the ticks at the door to the shares: nothing can be approved before everybody is marked (I-19, I-21)."""
    event = over(type=EventType.NETWORK_DAY)
    here = place(event, "member")
    place(event, "contact")
    assert "Merkitse ensin" in browser("moderator").get(f"/events/{event}/costs/approve").text("main")
    mark(browser, event, here)
    close(event)
    assert pay_and_approve(browser, event).status == 200
    assert sum(s.cents for s in rows(CostShare)) == 30_000 and sum(s.people for s in rows(CostShare)) == 2, "who stayed away counts, too"


def test_after_the_bill_only_corrections(browser, over, place, close, how, rows):
    """The approved split stays; the difference becomes a correction (I-21)."""
    event = over(price_cents=10_000, no_show_percent=50, type=EventType.TRAINING)
    _one, two = place(event, "member", "medlem")
    mark(browser, event, two)
    close(event)
    moderator = browser("moderator")
    moderator.submit(moderator.get(f"/events/{event}/costs/approve"), "main form")
    assert [(s.cents, s.people) for s in rows(CostShare)] and rows(CostSplit)[0].total_cents == 15_000
    refused = moderator.post(f"/events/{event}/attendance/reopen")
    assert refused.status == 422 and how(event)[0][0] == "no_show"
    one = rows(Signup, Signup.event_id == event)[0].id
    form = moderator.get(f"/events/{event}/attendance/{one}/correct")
    assert form.has(".callout--warn") and form.has("[name=present][value=yes][checked]")
    empty = moderator.submit(form, "main form", reason=" ")
    assert empty.status == 422 and empty.has("#reason-error")
    moderator.submit(form, "main form", reason="Nimi puuttui ovella")
    assert how(event) == [("attended", True), ("attended", True)]
    audited = rows(AuditEvent, AuditEvent.name == "attendance.correct")[0]
    assert (audited.reason, audited.detail) == ("Nimi puuttui ovella", {"present": "True"})
    moderator.submit(moderator.get(f"/events/{event}/costs/approve"), "main form", reason="Mukana sittenkin")
    assert [split.total_cents for split in rows(CostSplit)] == [15_000, 5_000]


def test_an_open_list_needs_no_correction(browser, over, place, how):
    event = over()
    one = place(event, "member")
    answer = browser("moderator").post(f"/events/{event}/attendance/{one}/correct", present="yes", reason="Muuten vain")
    assert answer.status == 422 and how(event) == [("confirmed", False)]


def test_an_older_mark_does_not_undo_a_correction(browser, over, place, close, send, how):
    event = over()
    one = place(event, "member")
    close(event)
    browser("moderator").post(f"/events/{event}/attendance/{one}/correct", present="yes", reason="Oli paikalla")
    send(event, {"signup": one, "present": False, "age": 60_000, "uid": "old"})
    assert how(event) == [("attended", True)]


@pytest.mark.parametrize(("price", "told"), [(10_000, 1), (0, 0)])
def test_whoever_pays_for_staying_away_is_told(browser, over, place, close, rows, cast, price, told):
    event = over(price_cents=price)
    place(event, "member", "guest@vieras.example")
    page = browser("moderator").get(f"/events/{event}/attendance/close")
    assert ("100,00" in page.text("main")) == bool(price)
    close(event)
    mine = Notification.kind == "attendance.missing", Notification.user_id == cast["member"]
    assert len(rows(Notification, *mine)) == told
    browser("moderator").post(f"/events/{event}/attendance/reopen")
    assert rows(Notification, *mine) == [], "it was a mistake"


def test_somebody_added_by_hand_after_closing_is_marked_on_the_list(browser, over, place, close, how):
    event = over()
    place(event, "member")
    close(event)
    late = place(event, "medlem")
    assert browser("moderator").get(f"/events/{event}/attendance").has(f"#p{late} button.tick")
    mark(browser, event, late)
    assert how(event) == [("no_show", False), ("attended", True)]


def test_a_merged_organisation_between_the_door_and_the_bill(stage, browser, over, place, close, rows):
    event = over(type=EventType.NETWORK_DAY)
    one = place(event, "member")
    mark(browser, event, one)
    close(event)
    with stage.app.app_context():
        heir = db.session.scalar(db.select(Organisation.id).where(Organisation.code == "609"))
        mine = db.session.scalar(db.select(Signup.organisation_id).where(Signup.id == one))
        db.session.execute(update(Organisation).where(Organisation.id == mine, Organisation.id != heir).values(successor_id=heir))
        db.session.commit()
    pay_and_approve(browser, event)
    assert [(s.code, s.cents) for s in rows(CostShare)] == [("609", 30_000)]
