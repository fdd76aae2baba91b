"""What exists of what is not sent yet."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from extranet.core import clock
from extranet.core.db import Model
from extranet.discussions.models import Post, Thread  # noqa: F401  the tables that these point to


class Draft(Model):
    """Words that somebody has typed: a reply to a thread, a thread to be begun in a network, or a change of a post. Hers alone.

    With none of these it is a text that was handed back: what it was for cannot be opened by her. `words` are the form's fields.
    Files are named there by their uploads, which had come before; they wait for a day, and so the text outlives them.
    """

    __tablename__ = "draft"
    __table_args__ = (
        UniqueConstraint("user_id", "thread_id"),
        UniqueConstraint("user_id", "network_id"),
        UniqueConstraint("user_id", "post_id"),
        Index(None, "user_id", "changed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("thread.id"), index=True)
    network_id: Mapped[int | None] = mapped_column(ForeignKey("network.id"), index=True)
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"), index=True)
    words: Mapped[dict[str, Any]]
    changed_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
