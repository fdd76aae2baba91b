"""What exists: collections and what is in them."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.db import Model, link
from extranet.core.text import LocalText
from extranet.networks.models import Network


class Collection(Model):
    """Materials under one title, in the order of whoever gathered them. Without a network it is its owner's alone."""

    __tablename__ = "collection"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[LocalText]
    description: Mapped[LocalText] = mapped_column(default=LocalText)
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    network_id: Mapped[int | None] = mapped_column(ForeignKey("network.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    updated_at: Mapped[datetime] = mapped_column(default=clock.now)

    owner: Mapped[User] = link()
    network: Mapped[Network | None] = link()

    @property
    def path(self) -> str:
        return f"/collections/{self.id}/"


class CollectionItem(Model):
    """A material in a collection, with a word on why it is there."""

    __tablename__ = "collection_item"
    __table_args__ = (UniqueConstraint("collection_id", "material_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    collection_id: Mapped[int] = mapped_column(ForeignKey("collection.id"))
    material_id: Mapped[int] = mapped_column(ForeignKey("material.id"), index=True)
    position: Mapped[int]
    note: Mapped[str] = mapped_column(String(500), default="")
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    added_at: Mapped[datetime] = mapped_column(default=clock.now)
