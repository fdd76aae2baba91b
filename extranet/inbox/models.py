"""What exists: a note of each letter that came in, so that none is taken twice. Its words are not kept."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from extranet.core import clock
from extranet.core.db import Model, choice


class Outcome(StrEnum):
    """posted: it is in the discussion. answered: refused, and its writer was told why. silent: left alone."""

    POSTED = "posted"
    ANSWERED = "answered"
    SILENT = "silent"


class Why(StrEnum):
    """What was decided by."""

    TAKEN = "taken"
    AUTOMATIC = "automatic"  # an out-of-office note, a bounce, a mailing list
    NO_TOKEN = "no_token"  # noqa: S105  none of our reply addresses
    FORGED = "forged"  # not from the address of the person whose token it is
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    REPEATED = "repeated"  # the same words again
    TOO_MANY = "too_many"
    EMPTY = "empty"
    REFUSED = "refused"  # the discussion takes no reply, and says so


class InboundLetter(Model):
    """`digest` is of its Message-ID: the same letter twice is one post (T55)."""

    __tablename__ = "inbound_letter"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    outcome: Mapped[Outcome] = mapped_column(choice(Outcome, "outcome"))
    why: Mapped[Why] = mapped_column(choice(Why, "why"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("thread.id"), index=True)
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"), index=True)
    text_hash: Mapped[str] = mapped_column(String(64), default="")
