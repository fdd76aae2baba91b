"""What is not kept (domain.md §6.2): needs after two weeks, guests and what people wrote after a year."""

from datetime import timedelta

from sqlalchemy import ColumnElement, and_, delete, or_, select, update

from extranet.audit.log import record
from extranet.core import clock
from extranet.core.db import db
from extranet.core.viewer import SYSTEM
from extranet.events.guest_models import Invitation
from extranet.events.kinds import IN_FORCE, EventState
from extranet.events.models import Event, Signup
from extranet.events.question_models import Answer, Needs

NEEDS_KEPT = timedelta(days=14)
SIGNUPS_KEPT = timedelta(days=365)
NAMELESS = "–"


def forget_needs() -> None:
    """I-32: diet and accessibility needs, fourteen days after the event; at once where it was cancelled."""
    over = or_(_ended(NEEDS_KEPT), Event.state == EventState.CANCELLED)
    signups = select(Signup.id).join(Event, Event.id == Signup.event_id).where(over)
    wiped = db.session.scalars(delete(Needs).where(Needs.signup_id.in_(signups)).returning(Needs.signup_id)).all()
    if wiped:
        record(SYSTEM, "events.forget_needs", count=len(wiped))


def forget_guests() -> None:
    """Names and addresses of guests: a year after the event, two weeks where they did not take part; addresses of invitations too."""
    old, recent = (select(Event.id).where(_ended(kept)) for kept in (SIGNUPS_KEPT, NEEDS_KEPT))
    gone = or_(Signup.event_id.in_(old), and_(Signup.event_id.in_(recent), Signup.state.not_in(IN_FORCE)))
    wiped = db.session.scalars(
        update(Signup)
        .where(Signup.user_id.is_(None), Signup.guest_email != NAMELESS, gone)
        .values(guest_name=NAMELESS, guest_email=NAMELESS, guest_organisation="", guest_token_hash=None, message="")
        .returning(Signup.id)
    ).all()
    db.session.execute(
        update(Invitation)
        .where(Invitation.event_id.in_(recent), Invitation.token_hash.is_not(None))
        .values(name="", email="", organisation="", token_hash=None)
    )
    if wiped:
        record(SYSTEM, "events.forget_guests", count=len(wiped))


def forget_words() -> None:
    """Answers, greetings and reasons, a year after the event. Who took part stays for the numbers and the bills."""
    old = select(Event.id).where(_ended(SIGNUPS_KEPT))
    signups = select(Signup.id).where(Signup.event_id.in_(old))
    db.session.execute(delete(Answer).where(Answer.signup_id.in_(signups)))
    db.session.execute(
        update(Signup).where(Signup.event_id.in_(old), or_(Signup.message != "", Signup.note != "")).values(message="", note="")
    )


def _ended(kept: timedelta) -> ColumnElement[bool]:
    return Event.ends_at < clock.now() - kept
