"""What exists: threads, and the posts in them. The opening is the first post."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.db import Model, choice, link
from extranet.networks.models import InNetwork


class ThreadKind(StrEnum):
    QUESTION = "question"
    EXPERIENCE = "experience"
    RESOURCE = "resource"
    ANNOUNCEMENT = "announcement"


class Thread(InNetwork, Model):
    __tablename__ = "thread"
    __table_args__ = (Index(None, "network_id", "is_pinned", "last_post_at"), Index(None, "last_post_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ThreadKind] = mapped_column(choice(ThreadKind, "kind"), default=ThreadKind.QUESTION)
    title: Mapped[str] = mapped_column(String(200))
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_post_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_post_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    reply_count: Mapped[int] = mapped_column(default=0)  # replies that are not hidden
    is_pinned: Mapped[bool] = mapped_column(default=False)
    pinned_reason: Mapped[str] = mapped_column(String(1000), default="")
    closed_at: Mapped[datetime | None]
    closed_reason: Mapped[str] = mapped_column(String(1000), default="")
    hidden_at: Mapped[datetime | None]
    hidden_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    hidden_reason: Mapped[str] = mapped_column(String(1000), default="")

    author: Mapped[User] = link(foreign_keys=[author_id])

    @property
    def path(self) -> str:
        return f"/discussions/{self.id}/"

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def is_hidden(self) -> bool:
        return self.hidden_at is not None


class Post(Model):
    """A message. `body` is Markdown, `body_html` is what it looks like, made once when written."""

    __tablename__ = "post"
    __table_args__ = (Index(None, "thread_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    is_opening: Mapped[bool] = mapped_column(default=False)
    body: Mapped[str] = mapped_column(Text)
    body_html: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    hidden_at: Mapped[datetime | None]
    hidden_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    hidden_reason: Mapped[str] = mapped_column(String(1000), default="")

    thread: Mapped[Thread] = link()

    @property
    def network_id(self) -> int:
        return self.thread.network_id

    @property
    def is_hidden(self) -> bool:
        return self.hidden_at is not None
