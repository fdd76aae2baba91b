"""What is not kept (domain.md §6.2): after a year nobody's name stands beside feedback, and who was marked when is of no use."""

from sqlalchemy import delete, select, update

from extranet.attendance.models import Feedback, FeedbackGiven, Mark
from extranet.core import clock
from extranet.core.db import db
from extranet.events.forgetting import SIGNUPS_KEPT
from extranet.events.models import Event, Signup


def forget_names() -> None:
    """A year after the event; what was said and how many came stays."""
    old = select(Event.id).where(Event.ends_at < clock.now() - SIGNUPS_KEPT)
    signups = select(Signup.id).where(Signup.event_id.in_(old))
    db.session.execute(update(Feedback).where(Feedback.event_id.in_(old), Feedback.signup_id.is_not(None)).values(signup_id=None))
    db.session.execute(delete(FeedbackGiven).where(FeedbackGiven.signup_id.in_(signups)))
    db.session.execute(delete(Mark).where(Mark.signup_id.in_(signups)))
