"""What exists of following: how much of a thread, or of a network's discussions, a person wants to hear."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from extranet.core import clock
from extranet.core.db import Model, choice
from extranet.discussions.models import Thread  # noqa: F401  the table that these point to


class Level(StrEnum):
    """watch: every message, by letter too. follow: every message, without letters. normal: what concerns oneself. mute: nothing.

    Of a network's discussions: its new ones come at every level but mute; its messages as above. Whoever mutes hears of no mention and
    no accepted answer either; what moderators decide about her own messages she always hears.
    """

    WATCH = "watch"
    FOLLOW = "follow"
    NORMAL = "normal"
    MUTE = "mute"


class Because(StrEnum):
    """Why somebody has the level that she has: the strongest reason first."""

    CHOSEN = "chosen"  # for this thread
    MUTED = "muted"  # for the whole network: that goes before having written
    STARTED = "started"
    WROTE = "wrote"
    NETWORK = "network"  # chosen for the whole network
    MEMBER = "member"  # nothing was chosen


class ThreadFollow(Model):
    """What a person chose for one thread."""

    __tablename__ = "thread_follow"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"), primary_key=True, index=True)
    level: Mapped[Level] = mapped_column(choice(Level, "level"))
    at: Mapped[datetime] = mapped_column(default=clock.now)


class NetworkFollow(Model):
    """What a person chose for all discussions of a network."""

    __tablename__ = "network_follow"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), primary_key=True, index=True)
    level: Mapped[Level] = mapped_column(choice(Level, "level"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
