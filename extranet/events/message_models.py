"""What exists: what organisers wrote to participants."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.db import Model, link
from extranet.core.text import LocalText
from extranet.events.models import Event


class Message(Model):
    """One message to a group. `signup_ids` is the group at that moment; `key` comes from the form, so that one form sends once."""

    __tablename__ = "event_message"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    sender_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    reply_to: Mapped[str] = mapped_column(String(254))
    subject: Mapped[LocalText]
    text: Mapped[LocalText]
    text_html: Mapped[LocalText]
    signup_ids: Mapped[list[int]] = mapped_column(JSON)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    sent_at: Mapped[datetime] = mapped_column(default=clock.now)

    event: Mapped[Event] = link()
    sender: Mapped[User | None] = link()

    @property
    def network_id(self) -> int:
        return self.event.network_id

    @property
    def path(self) -> str:
        return f"/events/{self.event_id}/messages/{self.id}"
