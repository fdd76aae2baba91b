"""What an event asks of its participants, and what they answered."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from extranet.core import clock
from extranet.core.db import Model, choice, link
from extranet.core.i18n import N_, gettext
from extranet.core.text import LocalText
from extranet.events.models import Event, Signup  # noqa: F401  the tables that these point to
from extranet.networks.models import Network

BAR = "|"
YES, NO = "yes", "no"


class QuestionKind(StrEnum):
    TEXT = "text"
    CHOICE = "choice"
    YES_NO = "yes_no"

    @property
    def label(self) -> str:
        return str(gettext(_KIND_LABELS[self]))


_KIND_LABELS = {
    QuestionKind.TEXT: N_("Own words"),
    QuestionKind.CHOICE: N_("One of several"),
    QuestionKind.YES_NO: N_("Yes or no"),
}


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

    event: Mapped[Event] = link()

    @property
    def network(self) -> Network:
        return self.event.network

    @property
    def network_id(self) -> int:
        return self.event.network_id

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def values(self) -> list[tuple[str, LocalText]]:
        """What may be answered, as it is kept and as it is shown; empty for own words."""
        if self.kind == QuestionKind.YES_NO:
            return [(value, self.show(value)) for value in (YES, NO)]
        return [(option, self.show(option)) for option in self.options] if self.kind == QuestionKind.CHOICE else []

    def show(self, text: str) -> LocalText:
        """An answer as it is shown; also one to an option that the question has no more."""
        if self.kind == QuestionKind.YES_NO:
            return LocalText(fi=_YES_NO[text][0], sv=_YES_NO[text][1], en=_YES_NO[text][2]) if text in _YES_NO else LocalText(fi=text)
        if self.kind == QuestionKind.CHOICE:
            finnish, _bar, swedish = (part.strip() for part in text.partition(BAR))
            return LocalText({code: words for code, words in (("fi", finnish), ("sv", swedish)) if words})
        return LocalText(fi=text, sv=text, en=text)


_YES_NO = {YES: ("Kyllä", "Ja", "Yes"), NO: ("Ei", "Nej", "No")}


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
