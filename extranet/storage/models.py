"""What exists: files on their way in."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from extranet.core import clock
from extranet.core.db import Model, choice


class UploadState(StrEnum):
    RECEIVING = "receiving"
    CHECKING = "checking"
    READY = "ready"
    REFUSED = "refused"


class Upload(Model):
    """A file that comes in pieces. Its uploader's alone until something is made of it (T08); then the row goes.

    fault: why it was refused, as `{"text": …, "params": {…}}`. changed_at: when the last piece came, or when its checking began.
    """

    __tablename__ = "upload"
    __table_args__ = (CheckConstraint("received <= size", name="received"), Index(None, "user_id", "changed_at"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int] = mapped_column(BigInteger)
    received: Mapped[int] = mapped_column(BigInteger, default=0)
    state: Mapped[UploadState] = mapped_column(choice(UploadState, "upload_state"), default=UploadState.RECEIVING)
    fault: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    mime: Mapped[str | None] = mapped_column(String(100))
    sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
