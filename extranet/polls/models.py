"""What exists: a thread's poll, its options, and the votes."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from extranet.core import clock
from extranet.core.db import Model, choice, link
from extranet.core.i18n import N_, gettext
from extranet.discussions.models import Thread

MOST_OPTIONS = 20


class PollKind(StrEnum):
    SINGLE = "single"
    MULTIPLE = "multiple"
    RANKED = "ranked"

    @property
    def label(self) -> str:
        return str(gettext(_KINDS[self]))


_KINDS = {
    PollKind.SINGLE: N_("One option"),
    PollKind.MULTIPLE: N_("As many options as one likes"),
    PollKind.RANKED: N_("Options in order of preference"),
}


class Poll(Model):
    """The poll of a thread; there is at most one. `shows_names`: everybody sees who voted for what, else nobody does."""

    __tablename__ = "poll"
    __table_args__ = (CheckConstraint("outcome = '' OR closed_at IS NOT NULL", name="outcome_when_closed"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"), unique=True)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    question: Mapped[str] = mapped_column(String(300))
    kind: Mapped[PollKind] = mapped_column(choice(PollKind, "kind"))
    shows_names: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    closes_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(Text, default="")
    outcome_html: Mapped[str] = mapped_column(Text, default="")

    thread: Mapped[Thread] = link()
    options: Mapped[list["PollOption"]] = link(order_by="PollOption.position", back_populates="poll", cascade="all, delete-orphan")

    @property
    def network_id(self) -> int:
        return self.thread.network_id

    @property
    def path(self) -> str:
        return f"/polls/{self.id}/"

    @property
    def is_open(self) -> bool:
        """Whether votes are taken: nobody has closed it, and its time is not over."""
        return self.closed_at is None and (self.closes_at is None or self.closes_at > clock.now())


class PollOption(Model):
    """One thing to choose."""

    __tablename__ = "poll_option"
    __table_args__ = (UniqueConstraint("poll_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"))
    position: Mapped[int]
    label: Mapped[str] = mapped_column(String(200))

    poll: Mapped[Poll] = link(back_populates="options")


class Vote(Model):
    """One person's choice of one option; `rank` is its place in her order, 1 where the poll asks for none."""

    __tablename__ = "poll_vote"

    option_id: Mapped[int] = mapped_column(ForeignKey("poll_option.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True, index=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), index=True)
    rank: Mapped[int] = mapped_column(default=1)
    at: Mapped[datetime] = mapped_column(default=clock.now)
