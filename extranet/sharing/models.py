"""What exists: pages by which people pass materials on, and links for one person outside. Only the hash of an address is kept."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.db import Model, choice, link
from extranet.materials.models import Material
from extranet.organisations.models import Organisation


class ShareKind(StrEnum):
    """forward: a reader's page for her own organisation; outside: an editor's link for one person without an account."""

    FORWARD = "forward"
    OUTSIDE = "outside"


class Share(Model):
    """Materials behind an address that opens without an account. What it opens is asked anew at each use.

    The address holds a token made from `salt` with the installation's secret key; the row holds the token's hash.
    """

    __tablename__ = "share"
    __table_args__ = (
        CheckConstraint("kind = 'outside' OR organisation_id IS NOT NULL", name="organisation"),
        Index(None, "user_id", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ShareKind] = mapped_column(choice(ShareKind, "kind"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    language: Mapped[str] = mapped_column(String(2), default="fi")
    greeting: Mapped[str] = mapped_column(Text, default="")
    receiver_name: Mapped[str] = mapped_column(String(160), default="")
    receiver_email: Mapped[str] = mapped_column(String(254), default="")
    reason: Mapped[str] = mapped_column(String(1000), default="")
    letter_count: Mapped[int] = mapped_column(default=0)
    salt: Mapped[str] = mapped_column(String(43))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    revoked_at: Mapped[datetime | None]
    opened_count: Mapped[int] = mapped_column(default=0)
    download_count: Mapped[int] = mapped_column(default=0)
    last_opened_at: Mapped[datetime | None]

    user: Mapped[User] = link()
    organisation: Mapped[Organisation | None] = link()
    items: Mapped[list["ShareItem"]] = link(order_by="ShareItem.position")

    @property
    def path(self) -> str:
        return f"/sharing/{self.id}/"

    @property
    def is_outside(self) -> bool:
        return self.kind == ShareKind.OUTSIDE

    @property
    def is_running(self) -> bool:
        """Neither over nor ended; whether it still opens something depends on the sharer and the materials."""
        return self.revoked_at is None and self.expires_at > clock.now()


class ShareItem(Model):
    __tablename__ = "share_item"

    share_id: Mapped[int] = mapped_column(ForeignKey("share.id"), primary_key=True)
    material_id: Mapped[int] = mapped_column(ForeignKey("material.id"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(default=0)

    material: Mapped[Material] = link()
