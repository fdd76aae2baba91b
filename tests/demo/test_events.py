"""The demo's events in every state of their life, from a date in words to what people thought of them."""

from datetime import timedelta

from sqlalchemy import func, select

from extranet.attendance.models import Closing, Feedback, FeedbackGiven
from extranet.core import clock
from extranet.events.models import Event, Signup
from extranet.events.programme_models import Choice, Session
from extranet.events.question_models import Answer, Needs
from extranet.outputs.models import EventMaterial


def tally(session, column, *where):
    return dict(session.execute(select(column, func.count()).where(*where).group_by(column)).all())


def test_events_are_in_every_state(demo):
    states = tally(demo, Event.state)
    assert {"draft", "announced", "open", "closed", "held", "cancelled"} <= {state.value for state in states}
    coming = Event.state == "open", Event.starts_at > clock.now()
    signups = tally(demo, Signup.state, Signup.event_id.in_(select(Event.id).where(*coming)))
    assert signups["offered"] == 1 and signups["waiting"] >= 9 and signups["confirmed"] > 300
    offer = demo.scalars(select(Signup).where(Signup.state == "offered")).one()
    assert clock.now() < offer.confirm_by < clock.now() + timedelta(days=1)
    assert (
        len(demo.scalars(select(Signup).where(Signup.guest_email.like("%@vieraat.example"), Signup.guest_token_hash.is_not(None))).all())
        == 2
    )
    assert demo.scalar(select(func.count()).select_from(Event).where(Event.price_cents == 12_000, Event.terms_version == 1)) == 1


def test_workshops_hold_their_places(demo):
    rows = demo.execute(
        select(Session.capacity, func.count())
        .join(Choice, Choice.session_id == Session.id)
        .where(Choice.state == "confirmed")
        .group_by(Session.id, Session.capacity)
    ).all()
    assert [(room, inside) for room, inside in rows if inside > room] == []
    assert len([room for room, inside in rows if inside == room]) >= 2, "some are full"
    choices = tally(demo, Choice.state)
    assert choices["waiting"] >= 3 and choices["wished"] > 60, "some wait for a better one, and wishes wait for their draw"
    assert demo.scalar(select(func.count()).select_from(Answer)) > 60


def test_needs_are_there_only_where_they_are_asked_and_not_yet_wiped(demo):
    asked = select(Event.id).where(Event.catering, Event.starts_at > clock.now())
    kept = demo.scalars(select(Signup.event_id).join(Needs, Needs.signup_id == Signup.id)).all()
    assert len(kept) > 10 and set(kept) <= set(demo.scalars(asked))


def test_past_events_are_complete(demo):
    held = set(demo.scalars(select(Event.id).where(Event.state == "held")))
    assert set(demo.scalars(select(Closing.event_id))) == held
    states = tally(demo, Signup.state, Signup.event_id.in_(held))
    assert {state.value for state in states} <= {"attended", "no_show", "cancelled", "waiting"}
    assert demo.scalar(select(func.count()).select_from(Signup).where(Signup.state == "attended", Signup.checked_in_at.is_(None))) == 0
    answers = demo.scalar(select(func.count()).select_from(Feedback))
    assert answers == demo.scalar(select(func.count()).select_from(FeedbackGiven)) > 60
    linked = tally(demo, EventMaterial.event_id)
    assert dict(demo.execute(select(Event.id, Event.material_count).where(Event.material_count > 0)).all()) == linked


def test_four_recordings_wait_for_captions_and_one_is_late(demo):
    waiting = demo.scalars(select(Event.captions_by).where(Event.recording_url != "", Event.captioned_at.is_(None))).all()
    assert len(waiting) == 4 and len([day for day in waiting if day < clock.today()]) == 1
