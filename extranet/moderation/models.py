"""What exists: a case about one message, and the reports that opened it."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.db import Model, choice, link
from extranet.core.i18n import N_, gettext
from extranet.discussions.models import Post

REVIEW_WITHIN = timedelta(days=30)
CLAIM_HOLDS = timedelta(hours=24)


class Reason(StrEnum):
    """Why somebody reports a message (domain.md §4.5)."""

    PERSONAL_DATA = "personal_data"
    CONFIDENTIAL = "confidential"
    INSULT = "insult"
    OFF_TOPIC = "off_topic"
    ADVERTISEMENT = "advertisement"
    OTHER = "other"

    @property
    def label(self) -> str:
        return str(gettext(_REASONS[self]))


class CaseState(StrEnum):
    OPEN = "open"
    UPHELD = "upheld"
    REJECTED = "rejected"


class Outcome(StrEnum):
    """What is decided: the message goes, stays with a word to its author, or stays because nothing is wrong."""

    HIDE = "hide"
    REMIND = "remind"
    LEAVE = "leave"

    @property
    def label(self) -> str:
        return str(gettext(_OUTCOMES[self]))

    @property
    def result(self) -> str:
        """What came of it, in a few words."""
        return str(gettext(_RESULTS[self]))

    @property
    def state(self) -> CaseState:
        return CaseState.REJECTED if self == Outcome.LEAVE else CaseState.UPHELD


_REASONS = {
    Reason.PERSONAL_DATA: N_("Personal data about somebody"),
    Reason.CONFIDENTIAL: N_("A confidential matter or an open negotiation"),
    Reason.INSULT: N_("An insult"),
    Reason.OFF_TOPIC: N_("Off topic"),
    Reason.ADVERTISEMENT: N_("An advertisement"),
    Reason.OTHER: N_("Something else"),
}
_OUTCOMES = {
    Outcome.HIDE: N_("Hide the message"),
    Outcome.REMIND: N_("Leave it visible, and remind the author of the ground rules"),
    Outcome.LEAVE: N_("Leave it visible: nothing is wrong with it"),
}
_RESULTS = {
    Outcome.HIDE: N_("The message was hidden"),
    Outcome.REMIND: N_("The author was reminded of the ground rules"),
    Outcome.LEAVE: N_("The message stays"),
}


class Case(Model):
    """Reports of one message until they are decided, and what was decided. `body_html` is what the message said when first reported."""

    __tablename__ = "moderation_case"
    __table_args__ = (
        CheckConstraint("(state = 'open') = (decided_at IS NULL)", name="decided"),
        CheckConstraint("(outcome IS NULL) = (decided_at IS NULL)", name="outcome_when_decided"),
        CheckConstraint("reviewed_at IS NULL OR review_asked_at IS NOT NULL", name="reviewed"),
        Index(
            "uq_moderation_case_post_id_open",
            "post_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index(None, "state", "opened_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    body_html: Mapped[str] = mapped_column(Text)
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
    state: Mapped[CaseState] = mapped_column(choice(CaseState, "state"), default=CaseState.OPEN)
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    claimed_at: Mapped[datetime | None]
    outcome: Mapped[Outcome | None] = mapped_column(choice(Outcome, "outcome"))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None]
    statement: Mapped[str] = mapped_column(String(2000), default="")
    review_asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    review_asked_at: Mapped[datetime | None]
    review_words: Mapped[str] = mapped_column(String(2000), default="")
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    reviewed_at: Mapped[datetime | None]
    review_statement: Mapped[str] = mapped_column(String(2000), default="")

    post: Mapped[Post] = link()
    claimed_by: Mapped[User | None] = link(foreign_keys=[claimed_by_id])
    reports: Mapped[list["Report"]] = link(order_by="Report.id", back_populates="case")

    @property
    def network_id(self) -> int:
        return self.post.network_id

    @property
    def path(self) -> str:
        return f"/moderation/{self.id}/"

    @property
    def is_open(self) -> bool:
        return self.state == CaseState.OPEN

    @property
    def is_held(self) -> bool:
        """Whether somebody has taken it up and has not left it lying."""
        return self.claimed_at is not None and self.claimed_at > clock.now() - CLAIM_HOLDS

    @property
    def waits_for_review(self) -> bool:
        return self.review_asked_at is not None and self.reviewed_at is None

    @property
    def takes_review(self) -> bool:
        """One second look, within a month of the decision (domain.md §6.7)."""
        return self.decided_at is not None and self.review_asked_at is None and clock.now() < self.decided_at + REVIEW_WITHIN


class Report(Model):
    """What one person reports of the message."""

    __tablename__ = "moderation_report"
    __table_args__ = (UniqueConstraint("case_id", "reporter_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("moderation_case.id"))
    reporter_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    reason: Mapped[Reason] = mapped_column(choice(Reason, "reason"))
    words: Mapped[str] = mapped_column(String(1000), default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)

    case: Mapped[Case] = link(back_populates="reports")
    reporter: Mapped[User] = link()
