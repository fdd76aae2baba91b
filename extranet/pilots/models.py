"""What exists: pilots of drafts, who was asked for a review, the links of those from outside, and their comments."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.db import Model, choice, link
from extranet.materials.models import Material, MaterialState

GENERAL = 0
LINK_LASTS = timedelta(days=14)


class PilotState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Verdict(StrEnum):
    OK = "ok"
    NEEDS_CHANGES = "needs_changes"


class Handling(StrEnum):
    """What became of a comment; `read` where the owner answered nothing in particular."""

    TAKEN = "taken"
    PARTLY = "partly"
    NOT_TAKEN = "not_taken"
    READ = "read"


class Pilot(Model):
    """One round of asking two to five people what they think of a draft (S4-24). `version` is what they were given.

    `sections` are the headings that can be commented on, in order; every review also has a box for all the rest.
    """

    __tablename__ = "pilot"
    __table_args__ = (
        Index(
            "uq_pilot_open",
            "material_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    material_id: Mapped[int] = mapped_column(ForeignKey("material.id"), index=True)
    version: Mapped[int]
    started_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(default=clock.now)
    due: Mapped[date]
    questions: Mapped[str] = mapped_column(Text, default="")
    questions_html: Mapped[str] = mapped_column(Text, default="")
    sections: Mapped[list[str]] = mapped_column(default=list)
    state: Mapped[PilotState] = mapped_column(choice(PilotState, "state"), default=PilotState.OPEN, index=True)
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(Text, default="")
    outcome_html: Mapped[str] = mapped_column(Text, default="")

    material: Mapped[Material] = link()
    started_by: Mapped[User] = link()
    reviews: Mapped[list["PilotReview"]] = link(back_populates="pilot", order_by="PilotReview.id")

    @property
    def network_id(self) -> int:
        """The material's network: a pilot lives where its material does."""
        return self.material.network_id

    @property
    def path(self) -> str:
        return f"/pilots/{self.id}/"

    @property
    def is_open(self) -> bool:
        return self.state == PilotState.OPEN

    @property
    def takes_reviews(self) -> bool:
        """Open, and its material has not been archived meanwhile."""
        return self.is_open and self.material.state == MaterialState.IN_PILOT and not self.material.network.is_archived

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due < clock.today()

    @property
    def link_until(self) -> date:
        """The last day of the links: two weeks after the deadline, or after the closing if that came later."""
        closed = clock.local(self.closed_at).date() if self.closed_at else self.due
        return max(self.due, closed) + LINK_LASTS

    @property
    def asked(self) -> list["PilotReview"]:
        """The reviews that are asked for, without those that were withdrawn."""
        return [review for review in self.reviews if review.withdrawn_at is None]

    @property
    def missing(self) -> list["PilotReview"]:
        """Those of them that have not been sent yet."""
        return [review for review in self.asked if review.submitted_at is None]

    def section_name(self, number: int) -> str:
        """The heading of a section; empty for the box for everything else."""
        return self.sections[number - 1] if 0 < number <= len(self.sections) else ""


class PilotReview(Model):
    """One person who was asked: a member (`user_id`), or somebody from outside by link (`email`, until it is forgotten)."""

    __tablename__ = "pilot_review"
    __table_args__ = (
        UniqueConstraint("pilot_id", "user_id"),
        UniqueConstraint("pilot_id", "email"),
        CheckConstraint("user_id IS NULL OR email IS NULL", name="one_way"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilot.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    email: Mapped[str | None] = mapped_column(String(254))
    guest_name: Mapped[str] = mapped_column(String(160), default="")
    language: Mapped[str] = mapped_column(String(2), default="fi")
    verdict: Mapped[Verdict | None] = mapped_column(choice(Verdict, "verdict"))
    invited_at: Mapped[datetime] = mapped_column(default=clock.now)
    reminded_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    pilot: Mapped[Pilot] = link(back_populates="reviews")
    user: Mapped[User | None] = link()

    @property
    def is_by_link(self) -> bool:
        return self.user_id is None

    @property
    def name(self) -> str:
        """The person's name; empty for a guest whose name has been forgotten."""
        return self.user.name if self.user else self.guest_name

    @property
    def path(self) -> str:
        return f"/pilots/{self.pilot_id}/review"

    @property
    def was_written_to_today(self) -> bool:
        return clock.local(self.reminded_at or self.invited_at).date() == clock.today()


class PilotLink(Model):
    """A link in a letter to somebody outside; only its hash is kept. Each letter has one, so that an open page stays good."""

    __tablename__ = "pilot_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("pilot_review.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    review: Mapped[PilotReview] = link()


class PilotComment(Model):
    """What a reviewer says of one section (1, 2, …) or of the whole (0), and the owner's answer. `at`: last changed."""

    __tablename__ = "pilot_comment"
    __table_args__ = (UniqueConstraint("review_id", "section"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("pilot_review.id"))
    section: Mapped[int] = mapped_column(default=GENERAL)
    body: Mapped[str] = mapped_column(Text)
    body_html: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    handling: Mapped[Handling | None] = mapped_column(choice(Handling, "handling"))
    answer: Mapped[str] = mapped_column(Text, default="")
    answer_html: Mapped[str] = mapped_column(Text, default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    answered_at: Mapped[datetime | None]

    review: Mapped[PilotReview] = link()
    answered_by: Mapped[User | None] = link()

    @property
    def waits(self) -> bool:
        """Whether the owner has something to do: not answered, or changed after the answer."""
        return self.answered_at is None or self.at > self.answered_at

    @property
    def seen(self) -> str:
        """A mark of how the comment and its answer are now, so that a form can tell whether they changed meanwhile."""
        return f"{self.at.isoformat()} {self.answered_at.isoformat() if self.answered_at else ''}"
