"""What exists of draws: each one with its seed and its numbers, and what each participant got and why."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from extranet.core import clock
from extranet.core.db import Model, link
from extranet.events.models import Event, Signup


class Draw(Model):
    """One draw of an event's workshops. Only the last one counts, and nothing follows from it until the participants are told.

    `digest`: the wishes and places that were drawn from; `report`: numbers for each slot, with the lots that got a place.
    """

    __tablename__ = "event_draw"
    __table_args__ = (UniqueConstraint("event_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    number: Mapped[int]
    seed: Mapped[str] = mapped_column(String(80))
    digest: Mapped[str] = mapped_column(String(64))
    report: Mapped[dict[str, Any]]
    reason: Mapped[str] = mapped_column(String(1000), default="")
    drawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    told_at: Mapped[datetime | None]

    event: Mapped[Event] = link()

    @property
    def network_id(self) -> int:
        return self.event.network_id


class DrawResult(Model):
    """What one participant wished and got: {slot: {"wishes": [id, …], "number": 3, "got": id or null}}. It is never changed."""

    __tablename__ = "event_draw_result"

    draw_id: Mapped[int] = mapped_column(ForeignKey("event_draw.id"), primary_key=True)
    signup_id: Mapped[int] = mapped_column(ForeignKey("signup.id"), primary_key=True, index=True)
    slots: Mapped[dict[str, Any]]

    draw: Mapped[Draw] = link()
    signup: Mapped[Signup] = link()
