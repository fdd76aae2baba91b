"""What exists of reading: how far somebody has read."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from extranet.core import clock
from extranet.core.db import Model
from extranet.discussions.models import Thread  # noqa: F401  the table that these point to


class ReadMark(Model):
    """The last post of a thread that the person has seen. The post's number stands beside it: lists count by it."""

    __tablename__ = "read_mark"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"), primary_key=True, index=True)
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(default=clock.now)


class NetworkRead(Model):
    """Everything in the network up to that moment counts as read."""

    __tablename__ = "network_read"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), primary_key=True, index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
