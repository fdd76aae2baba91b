"""What exists: letters, each a row before it is anything else."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from extranet.core import clock
from extranet.core.db import Model, choice


class LetterState(StrEnum):
    """queued: waits. sending: a worker has it. sent. failed: will be tried again. dead: given up. dropped: no longer to be sent."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    DEAD = "dead"
    DROPPED = "dropped"


class Letter(Model):
    """One letter to one address. The Message-ID is fixed here: whoever gets a letter twice can tell.

    guard, guard_id: what decides at the moment of sending whether it may still go (T23).
    reply_to: who gets the answer, where that is not the service.
    unsubscribe: the address where one press stops such letters (T32). conversation: what the letter belongs to, for mail programs.
    attachments: small files that go with it, as `mail.message.pack` writes them.
    rank: letters that carry a one-time link (0) go before all others (1), and their text is wiped once they have gone.
    """

    __tablename__ = "letter"
    __table_args__ = (Index(None, "state", "rank", "send_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    to: Mapped[str] = mapped_column(String(254))
    user_id: Mapped[int | None] = mapped_column(index=True)
    language: Mapped[str] = mapped_column(String(2))
    reply_to: Mapped[str] = mapped_column(String(254), default="", server_default="")
    unsubscribe: Mapped[str] = mapped_column(String(300), default="", server_default="")
    conversation: Mapped[str] = mapped_column(String(120), default="", server_default="")
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    attachments: Mapped[str] = mapped_column(Text, default="", server_default="")
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    key: Mapped[str | None] = mapped_column(String(160), unique=True)
    template: Mapped[str] = mapped_column(String(80))
    rank: Mapped[int] = mapped_column(default=1)
    guard: Mapped[str | None] = mapped_column(String(40))
    guard_id: Mapped[int | None]
    state: Mapped[LetterState] = mapped_column(choice(LetterState, "state"), default=LetterState.QUEUED)
    created_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    send_at: Mapped[datetime] = mapped_column(default=clock.now)
    lease_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(String(300), default="")

    @property
    def is_secret(self) -> bool:
        return self.rank == 0
