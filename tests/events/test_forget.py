"""What is not kept: needs fourteen days after the event (I-32), guests and what people wrote a year after it."""

from datetime import timedelta

import pytest

from extranet.audit.models import AuditEvent
from extranet.core import clock
from extranet.core.db import db
from extranet.events import guest_tasks
from extranet.events.kinds import EventState, Mode, SignupState
from extranet.events.models import Event, Signup
from extranet.events.question_models import Answer, Needs


@pytest.fixture
def past(app, cast, plan, ask):
    """`past(days)`: an event that ended so many days ago, with a member and a guest who told their needs, and a guest who cancelled."""

    def make(days: int, state: EventState = EventState.HELD) -> int:
        event = plan(in_hours=-24 * days - 3, hours=3, state=state)
        question = ask(event, "Mistä haluat puhua?")
        with app.app_context():
            common = {"event_id": event, "mode": Mode.ONSITE, "message": "Hei"}
            people = [
                Signup(user_id=cast["member"], state=SignupState.ATTENDED, **common),
                Signup(guest_name="Vieno", guest_email="vieno@muualla.example", guest_token_hash=f"v{event}", state=SignupState.ATTENDED, **common),
                Signup(guest_name="Pertti", guest_email="pertti@muualla.example", state=SignupState.CANCELLED, cancelled_at=clock.now(), **common),
            ]  # fmt: skip
            db.session.add_all(people)
            db.session.flush()
            db.session.add_all(Needs(signup_id=person.id, diet="Kasvis", accessibility="Luiska") for person in people[:2])
            db.session.add(Answer(signup_id=people[0].id, question_id=question, text="Palkoista"))
            db.session.commit()
            return event

    return make


def forget(app):
    with app.test_request_context("/", method="POST"):
        guest_tasks.forget()
        db.session.commit()


def needs_of(rows, event):
    ids = [signup.id for signup in rows(Signup, Signup.event_id == event)]
    return rows(Needs, Needs.signup_id.in_(ids))


@pytest.mark.parametrize(("days", "left"), [(13, 2), (15, 0)])
def test_diets_and_needs_are_wiped_fourteen_days_after(app, past, rows, days, left):
    event = past(days)
    forget(app)
    assert len(needs_of(rows, event)) == left
    assert len(rows(Signup, Signup.event_id == event)) == 3, "who took part stays"
    if not left:
        assert [e.detail for e in rows(AuditEvent) if e.name == "events.forget_needs"] == [{"count": 2}]


def test_those_of_a_cancelled_event_at_once(app, plan, browser, rows):
    event, member = plan(catering=True), browser("member")
    member.submit(member.get(f"/events/{event}/"), "#signup form", diet="Kasvis", agrees="y")
    assert len(needs_of(rows, event)) == 1
    browser("moderator").post(f"/events/{event}/cancel-event", reason="Myrsky")
    forget(app)
    assert needs_of(rows, event) == []


def test_whoever_does_not_come_leaves_no_needs(browser, plan, rows):
    event, member = plan(catering=True), browser("member")
    member.submit(member.get(f"/events/{event}/"), "#signup form", diet="Kasvis", agrees="y")
    member.post(f"/events/{event}/cancel")
    assert needs_of(rows, event) == []


def test_guests_who_did_not_come_go_first_the_others_after_a_year(app, past, rows):
    recent, old = past(20), past(366)
    forget(app)

    assert [s.guest_name for s in rows(Signup, Signup.event_id == recent)] == ["", "Vieno", "–"]
    gone = rows(Signup, Signup.event_id == old)
    assert [(s.guest_name, s.guest_token_hash, s.message) for s in gone] == [("", None, ""), ("–", None, ""), ("–", None, "")]
    assert [s.state for s in gone] == ["attended", "attended", "cancelled"], "the numbers stay"
    of = [s.id for s in gone]
    assert rows(Answer, Answer.signup_id.in_(of)) == []
    assert len(rows(Answer, Answer.signup_id.in_([s.id for s in rows(Signup, Signup.event_id == recent)]))) == 1


def test_a_guests_page_is_gone_with_the_data(app, browser, past, rows):
    past(366)
    forget(app)
    assert browser().get("/events/guests/whatever").status == 404
    with app.app_context():
        assert db.session.query(Event).count() > 0
        assert clock.now() - timedelta(days=1) < clock.now()
