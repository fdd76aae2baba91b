"""What exists in a programme: sessions, those who speak in them, and who chose which."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from extranet.core import clock
from extranet.core.db import Model, choice, link
from extranet.core.i18n import N_, gettext
from extranet.core.text import LocalText
from extranet.events.models import Event, Signup
from extranet.networks.models import Network


class SessionType(StrEnum):
    LECTURE = "lecture"
    WORKSHOP = "workshop"
    PANEL = "panel"
    BREAK = "break"
    BREAKOUT = "breakout"

    @property
    def label(self) -> str:
        return str(gettext(_TYPE_LABELS[self]))


class ChoiceState(StrEnum):
    """In the session; in its queue; or only a wish that the draw will consider, or that waits for a place in the event."""

    CONFIRMED = "confirmed"
    WAITING = "waiting"
    WISHED = "wished"


_TYPE_LABELS = {
    SessionType.LECTURE: N_("Talk"),
    SessionType.WORKSHOP: N_("Workshop"),
    SessionType.PANEL: N_("Panel discussion"),
    SessionType.BREAK: N_("Break"),
    SessionType.BREAKOUT: N_("Theme network breakout"),
}


class Session(Model):
    """A part of the programme. Sessions of one `slot` run side by side: a participant is in one of them (I-13)."""

    __tablename__ = "session"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="end_after_start"),
        CheckConstraint("capacity IS NULL OR capacity > 0", name="capacity"),
        Index(None, "event_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    type: Mapped[SessionType] = mapped_column(choice(SessionType, "type"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    title: Mapped[LocalText]
    description: Mapped[LocalText] = mapped_column(default=LocalText)
    room: Mapped[LocalText] = mapped_column(default=LocalText)
    slot: Mapped[str] = mapped_column(String(20), default="")
    capacity: Mapped[int | None]
    network_id: Mapped[int | None] = mapped_column(ForeignKey("network.id"), index=True)
    changed_at: Mapped[datetime | None]  # time or room; empty again when those concerned have been told

    event: Mapped[Event] = link()
    network: Mapped[Network | None] = link()
    speakers: Mapped[list["Speaker"]] = link(order_by="Speaker.id", back_populates="session", cascade="all, delete-orphan")

    @property
    def is_parallel(self) -> bool:
        return self.slot != ""


class Speaker(Model):
    """Somebody who speaks in a session; `user_id` where it is a member."""

    __tablename__ = "speaker"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"), index=True)
    name: Mapped[str] = mapped_column(String(160))
    title: Mapped[str] = mapped_column(String(160), default="")
    organisation: Mapped[str] = mapped_column(String(160), default="")
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)

    session: Mapped[Session] = link(back_populates="speakers")


class Choice(Model):
    """One participant and one session. `lot`: the place in the session's queue, given on entering it or by the draw (I-14)."""

    __tablename__ = "session_choice"
    __table_args__ = (UniqueConstraint("signup_id", "session_id"), Index(None, "session_id", "state"))

    id: Mapped[int] = mapped_column(primary_key=True)
    signup_id: Mapped[int] = mapped_column(ForeignKey("signup.id"))
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"))
    state: Mapped[ChoiceState] = mapped_column(choice(ChoiceState, "state"))
    rank: Mapped[int] = mapped_column(default=1)
    lot: Mapped[int | None]
    at: Mapped[datetime] = mapped_column(default=clock.now)

    signup: Mapped[Signup] = link()
    session: Mapped[Session] = link()
