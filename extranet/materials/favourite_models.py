"""What exists: the materials that a person has marked as her own."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from extranet.core import clock
from extranet.core.db import Model


class Favourite(Model):
    """A person wants to find a material again."""

    __tablename__ = "favourite"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    material_id: Mapped[int] = mapped_column(ForeignKey("material.id"), primary_key=True, index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
