"""What exists of a moderator's changes to whole threads: enough of each to take it back."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from extranet.core import clock
from extranet.core.db import Model, choice, link
from extranet.discussions.models import Thread


class ChangeKind(StrEnum):
    RETITLE = "retitle"
    MERGE = "merge"
    SPLIT = "split"
    MOVE = "move"


class ThreadChange(Model):
    """What a moderator did to a thread, with what was there before.

    `thread` is the one that goes on. `other` is the thread that was merged into it, or that was split off from it.
    """

    __tablename__ = "thread_change"
    __table_args__ = (CheckConstraint("(undone_at IS NULL) = (undone_by_id IS NULL)", name="undone"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ChangeKind] = mapped_column(choice(ChangeKind, "kind"))
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"), index=True)
    other_id: Mapped[int | None] = mapped_column(ForeignKey("thread.id"), index=True)
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    reason: Mapped[str] = mapped_column(String(1000), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    thread: Mapped[Thread] = link(foreign_keys=[thread_id])
    other: Mapped[Thread | None] = link(foreign_keys=[other_id])

    @property
    def network_id(self) -> int:
        return self.thread.network_id
