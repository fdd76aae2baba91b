"""What exists: audit events, only ever added."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from extranet.core import clock
from extranet.core.db import Model


class AuditEvent(Model):
    """One act. `thing` is a table's name; `detail` holds no personal data, no bodies of messages, no secrets."""

    __tablename__ = "audit_event"
    __table_args__ = (Index(None, "name", "at"), Index(None, "network_id", "at"), Index(None, "user_id", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    user_id: Mapped[int | None]
    is_system: Mapped[bool] = mapped_column(default=False)
    name: Mapped[str] = mapped_column(String(80))
    thing: Mapped[str | None] = mapped_column(String(40))
    thing_id: Mapped[str | None] = mapped_column(String(64))
    network_id: Mapped[int | None]
    organisation_id: Mapped[int | None]
    reason: Mapped[str | None] = mapped_column(String(1000))
    ip: Mapped[str] = mapped_column(String(45), default="")
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
