"""What exists: what people thought of a material, one answer from each."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.db import Model, link


class Feedback(Model):
    """Whether it was useful to a person, and what she wrote to the owner. The counts stand on the material."""

    __tablename__ = "feedback"
    __table_args__ = (UniqueConstraint("material_id", "user_id"), Index(None, "material_id", "handled_at", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    material_id: Mapped[int] = mapped_column(ForeignKey("material.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    is_useful: Mapped[bool]
    comment: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)
    handled_at: Mapped[datetime | None]
    handled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    user: Mapped[User] = link(foreign_keys=[user_id])
