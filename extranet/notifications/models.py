"""What exists: notifications, and each person's choice of letters."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from extranet.core import clock
from extranet.core.db import Model, choice


class Letters(StrEnum):
    """Which notifications also come by letter: all of them, those that concern the person directly, none."""

    ALL = "all"
    DIRECT = "direct"
    NONE = "none"


class Notification(Model):
    """One thing that happened, told to one person once. `text` is an English msgid, rendered in the reader's language."""

    __tablename__ = "notification"
    __table_args__ = (
        UniqueConstraint("user_id", "key"),
        Index(None, "user_id", "read_at", "id"),
        Index(None, "about", "about_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    kind: Mapped[str] = mapped_column(String(80))
    about: Mapped[str | None] = mapped_column(String(40))
    about_id: Mapped[int | None]
    network_id: Mapped[int | None] = mapped_column(ForeignKey("network.id"), index=True)
    text: Mapped[str] = mapped_column(String(300))
    params: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    path: Mapped[str] = mapped_column(String(300))
    key: Mapped[str] = mapped_column(String(120))
    is_direct: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    read_at: Mapped[datetime | None]


class NotificationChoice(Model):
    """Whoever has not chosen gets every letter."""

    __tablename__ = "notification_choice"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    letters: Mapped[Letters] = mapped_column(choice(Letters, "letters"), default=Letters.ALL)
