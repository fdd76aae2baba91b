"""What exists: threads, and the posts in them. The opening is the first post."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.db import Model, choice, link
from extranet.networks.models import InNetwork
from extranet.networks.topics import Topic

thread_topic = Table(
    "thread_topic",
    Model.metadata,
    Column("thread_id", ForeignKey("thread.id"), primary_key=True),
    Column("topic_id", ForeignKey("topic.id"), primary_key=True, index=True),
)

EDIT_WINDOW = timedelta(minutes=30)


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
    reply_count: Mapped[int] = mapped_column(default=0)  # replies that can be read: neither hidden nor deleted
    last_number: Mapped[int] = mapped_column(default=1)  # of the last post; numbers are given under the thread's lock
    language: Mapped[str] = mapped_column(String(2), default="")
    resolved_at: Mapped[datetime | None]  # when a reply was accepted as the answer
    is_unnamed: Mapped[bool] = mapped_column(default=False)  # asked without a name (D12): `naming` says who sees whose it is
    is_last_unnamed: Mapped[bool] = mapped_column(default=False)  # the last post is by somebody who asked without a name here
    handed_to_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)  # the expert who was asked to answer
    handed_at: Mapped[datetime | None]
    has_poll: Mapped[bool] = mapped_column(default=False)
    is_pinned: Mapped[bool] = mapped_column(default=False)
    pinned_reason: Mapped[str] = mapped_column(String(1000), default="")
    closed_at: Mapped[datetime | None]
    closed_reason: Mapped[str] = mapped_column(String(1000), default="")
    hidden_at: Mapped[datetime | None]
    hidden_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    hidden_reason: Mapped[str] = mapped_column(String(1000), default="")
    merged_into_id: Mapped[int | None] = mapped_column(
        ForeignKey("thread.id"), index=True
    )  # its posts stand there, its address leads there

    author: Mapped[User] = link(foreign_keys=[author_id])
    handed_to: Mapped[User | None] = link(foreign_keys=[handed_to_id])
    topics: Mapped[list[Topic]] = link(secondary=thread_topic, order_by=Topic.id)

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
    """A message. `body` is Markdown, `body_html` is what it looks like, made once when written.

    `number` is its place in the thread, the opening's is 1: pages and reading marks count by it.
    """

    __tablename__ = "post"
    __table_args__ = (
        UniqueConstraint("thread_id", "number"),
        Index(None, "thread_id", "id"),
        Index(
            "uq_post_thread_id_accepted",
            "thread_id",
            unique=True,
            sqlite_where=text("is_accepted"),
            postgresql_where=text("is_accepted"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    number: Mapped[int]
    is_opening: Mapped[bool] = mapped_column(default=False)
    is_accepted: Mapped[bool] = mapped_column(default=False)
    is_unnamed: Mapped[bool] = mapped_column(default=False)  # by somebody who asked without a name here
    has_card: Mapped[bool] = mapped_column(default=False)  # an answer that was saved for the library
    helpful_count: Mapped[int] = mapped_column(default=0)
    body: Mapped[str] = mapped_column(Text)
    body_html: Mapped[str] = mapped_column(Text)
    has_files: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    edited_at: Mapped[datetime | None]  # last changed after EDIT_WINDOW
    deleted_at: Mapped[datetime | None]  # by the author
    hidden_at: Mapped[datetime | None]
    hidden_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    hidden_reason: Mapped[str] = mapped_column(String(1000), default="")
    held_at: Mapped[datetime | None] = mapped_column(index=True)  # a new member's first post, hidden until a moderator lets it through

    thread: Mapped[Thread] = link()

    @property
    def network_id(self) -> int:
        return self.thread.network_id

    @property
    def is_hidden(self) -> bool:
        return self.hidden_at is not None

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None

    @property
    def path(self) -> str:
        """The permalink: it finds the page, also after the thread was merged or split."""
        return f"/discussions/posts/{self.id}"


class PostEdit(Model):
    """What a post said before it was edited; moderators read it."""

    __tablename__ = "post_edit"

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    body: Mapped[str] = mapped_column(Text)
    body_html: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
    replaced_at: Mapped[datetime] = mapped_column(default=clock.now)


class Helpful(Model):
    """Somebody found a post helpful: once a person and post."""

    __tablename__ = "helpful"

    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True, index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
