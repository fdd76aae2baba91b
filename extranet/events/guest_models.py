"""What exists for people without an account: the links by which they are invited."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.db import Model, link
from extranet.events.models import Event


class Invitation(Model):
    """A link to the form for guests: for one person, named by address, or for whoever has it, up to a number of them."""

    __tablename__ = "event_invitation"
    __table_args__ = (
        CheckConstraint("guests > 0", name="guests"),
        CheckConstraint("email = '' OR guests = 1", name="one_person"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    name: Mapped[str] = mapped_column(String(160), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    organisation: Mapped[str] = mapped_column(String(160), default="")
    language: Mapped[str] = mapped_column(String(2), default="fi")
    guests: Mapped[int] = mapped_column(default=1)
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    event: Mapped[Event] = link()
    created_by: Mapped[User | None] = link(foreign_keys=[created_by_id])

    @property
    def network_id(self) -> int:
        return self.event.network_id

    @property
    def is_running(self) -> bool:
        """Neither over nor ended."""
        return self.revoked_at is None and self.expires_at > clock.now()
