"""What exists: orders of printed copies. How many are left stands on the material."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.db import Model, choice, link
from extranet.materials.models import Material
from extranet.organisations.models import Organisation

MOST = 50


class OrderState(StrEnum):
    RECEIVED = "received"
    SENT = "sent"
    CANCELLED = "cancelled"


class PublicationOrder(Model):
    """Printed copies for an organisation (S0-16). Where they go is deleted a year after they went: `wiped_at`."""

    __tablename__ = "publication_order"
    __table_args__ = (
        CheckConstraint(f"quantity BETWEEN 1 AND {MOST}", name="quantity"),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent"),
        CheckConstraint("(state = 'cancelled') = (cancelled_at IS NOT NULL)", name="cancelled"),
        Index(None, "state", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    material_id: Mapped[int] = mapped_column(ForeignKey("material.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    quantity: Mapped[int]
    receiver: Mapped[str] = mapped_column(String(160), default="")
    street: Mapped[str] = mapped_column(String(160), default="")
    postcode: Mapped[str] = mapped_column(String(5), default="")
    city: Mapped[str] = mapped_column(String(80), default="")
    contact_name: Mapped[str] = mapped_column(String(160), default="")
    contact_phone: Mapped[str] = mapped_column(String(40), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    state: Mapped[OrderState] = mapped_column(choice(OrderState, "state"), default=OrderState.RECEIVED)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    sent_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str] = mapped_column(String(500), default="")
    handled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    wiped_at: Mapped[datetime | None]

    material: Mapped[Material] = link()
    user: Mapped[User] = link(foreign_keys=[user_id])
    organisation: Mapped[Organisation] = link()

    @property
    def network_id(self) -> int:
        return self.material.network_id

    @property
    def is_received(self) -> bool:
        return self.state == OrderState.RECEIVED
