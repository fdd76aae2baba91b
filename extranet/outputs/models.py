"""What exists: which materials belong to which events. The address of a recording elsewhere stands in the event's own row."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from extranet.core import clock
from extranet.core.db import Model


class EventMaterial(Model):
    """A material that was presented at an event or came out of it. `told_at`: when its participants were told, once."""

    __tablename__ = "event_material"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    material_id: Mapped[int] = mapped_column(ForeignKey("material.id"), primary_key=True, index=True)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    added_at: Mapped[datetime] = mapped_column(default=clock.now)
    told_at: Mapped[datetime | None] = mapped_column(index=True)
