"""What exists: each person's calendar feed. Only the hash of its secret address is kept."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from extranet.core import clock
from extranet.core.db import Model, choice


class FeedHolds(StrEnum):
    """own: the events for which the person has signed up; all: every coming event that is meant for her, too."""

    OWN = "own"
    ALL = "all"


class Feed(Model):
    """A calendar that programs fetch without a sign-in. What it holds is asked anew at each fetch (T17).

    The address holds a token made from `salt` with the installation's secret key; the row holds the token's hash.
    """

    __tablename__ = "calendar_feed"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), unique=True)
    holds: Mapped[FeedHolds] = mapped_column(choice(FeedHolds, "holds"), default=FeedHolds.OWN)
    salt: Mapped[str] = mapped_column(String(43))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
