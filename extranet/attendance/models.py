"""What exists: the last mark of each person, the closing of a list, and feedback."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from extranet.core import clock
from extranet.core.db import Model, link
from extranet.events.models import Signup


class Mark(Model):
    """Whether a person was last marked as present, and when that was pressed, whatever time it took to arrive."""

    __tablename__ = "attendance_mark"

    signup_id: Mapped[int] = mapped_column(ForeignKey("signup.id"), primary_key=True)
    is_present: Mapped[bool]
    at: Mapped[datetime]
    uid: Mapped[str] = mapped_column(String(40), default="")  # the phone's own number for this mark: sent twice, it counts once
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class Closing(Model):
    """The list of an event is complete: everybody on it came or did not."""

    __tablename__ = "attendance_closing"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    closed_at: Mapped[datetime] = mapped_column(default=clock.now)
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class Feedback(Model):
    """What somebody thought of an event. Unless the person wants to be named, nothing tells who or when: ids are random for that."""

    __tablename__ = "event_feedback"
    __table_args__ = (CheckConstraint("rating BETWEEN 1 AND 5", name="rating"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    rating: Mapped[int]
    text: Mapped[str] = mapped_column(Text, default="")
    signup_id: Mapped[int | None] = mapped_column(ForeignKey("signup.id"))

    signup: Mapped[Signup | None] = link()


class FeedbackGiven(Model):
    """That a participant has answered, so that everybody answers once; apart from the answer."""

    __tablename__ = "event_feedback_given"

    signup_id: Mapped[int] = mapped_column(ForeignKey("signup.id"), primary_key=True)
