"""What exists of what is not sent yet."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from extranet.core import clock
from extranet.core.db import Model
from extranet.discussions.models import Thread  # noqa: F401  the table that these point to


class Draft(Model):
    """Words that somebody has typed: a reply to a thread, or a thread to be begun in a network. Hers alone.

    With neither it is a text that was handed back: what it was for cannot be opened by her. `words` are the form's fields.
    """

    __tablename__ = "draft"
    __table_args__ = (
        UniqueConstraint("user_id", "thread_id"),
        UniqueConstraint("user_id", "network_id"),
        Index(None, "user_id", "changed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("thread.id"), index=True)
    network_id: Mapped[int | None] = mapped_column(ForeignKey("network.id"), index=True)
    words: Mapped[dict[str, Any]]
    changed_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
