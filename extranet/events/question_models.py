"""What an event asks of its participants, and what they answered."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from extranet.core import clock
from extranet.core.db import Model, choice
from extranet.core.text import LocalText
from extranet.events.models import Signup  # noqa: F401  the tables that these point to


class QuestionKind(StrEnum):
    TEXT = "text"
    CHOICE = "choice"
    YES_NO = "yes_no"


class Question(Model):
    """A question of the organiser's own; closed rather than removed once somebody has answered."""

    __tablename__ = "event_question"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    position: Mapped[int]
    kind: Mapped[QuestionKind] = mapped_column(choice(QuestionKind, "kind"))
    label: Mapped[LocalText]
    options: Mapped[list[str]] = mapped_column(default=list)  # each as "fi | sv"
    required: Mapped[bool] = mapped_column(default=False)
    closed_at: Mapped[datetime | None]


class Answer(Model):
    """What one participant answered to one question."""

    __tablename__ = "event_answer"
    __table_args__ = (UniqueConstraint("signup_id", "question_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    signup_id: Mapped[int] = mapped_column(ForeignKey("signup.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("event_question.id"), index=True)
    text: Mapped[str] = mapped_column(String(2000))


class Needs(Model):
    """Diet and accessibility needs, given with consent; apart from the sign-up, so that they can be wiped (I-32)."""

    __tablename__ = "signup_needs"

    signup_id: Mapped[int] = mapped_column(ForeignKey("signup.id"), primary_key=True)
    diet: Mapped[str] = mapped_column(Text, default="")
    accessibility: Mapped[str] = mapped_column(Text, default="")
    consented_at: Mapped[datetime] = mapped_column(default=clock.now)
