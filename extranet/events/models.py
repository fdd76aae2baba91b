"""What exists: events and sign-ups."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.db import Model, choice, link
from extranet.core.i18n import N_, gettext
from extranet.core.text import LocalText
from extranet.networks.models import InNetwork
from extranet.organisations.models import Organisation

STREAM_OPENS = timedelta(hours=24)


class EventType(StrEnum):
    MEETING = "meeting"
    IDEA_WORKSHOP = "idea_workshop"
    INFO_BURST = "info_burst"
    INFO_STREAM = "info_stream"
    TRAINING = "training"
    NETWORK_DAY = "network_day"
    WEBINAR = "webinar"
    OTHER = "other"

    @property
    def label(self) -> str:
        return str(gettext(_TYPE_LABELS[self]))


class Mode(StrEnum):
    """How an event is held; a person takes part on site or remotely."""

    ONSITE = "onsite"
    REMOTE = "remote"
    HYBRID = "hybrid"

    @property
    def label(self) -> str:
        return str(gettext(_MODE_LABELS[self]))


class Audience(StrEnum):
    """Who may sign up: the network's members; contact persons too; anyone signed in."""

    NETWORK = "network"
    CONTACT_PERSONS = "contact_persons"
    SIGNED_IN = "signed_in"

    @property
    def label(self) -> str:
        return str(gettext(_AUDIENCE_LABELS[self]))


class EventState(StrEnum):
    """Being full is not a state: it is counted."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"
    HELD = "held"
    CANCELLED = "cancelled"
    ARCHIVED = "archived"


class SignupState(StrEnum):
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return str(gettext(_SIGNUP_LABELS[self]))


_TYPE_LABELS = {
    EventType.MEETING: N_("Network meeting"),
    EventType.IDEA_WORKSHOP: N_("Idea workshop"),
    EventType.INFO_BURST: N_("Info burst"),
    EventType.INFO_STREAM: N_("Info stream"),
    EventType.TRAINING: N_("Training"),
    EventType.NETWORK_DAY: N_("Network day"),
    EventType.WEBINAR: N_("Webinar"),
    EventType.OTHER: N_("Other event"),
}
_MODE_LABELS = {Mode.ONSITE: N_("On site"), Mode.REMOTE: N_("Remotely"), Mode.HYBRID: N_("On site or remotely")}
_AUDIENCE_LABELS = {
    Audience.NETWORK: N_("Members of the network"),
    Audience.CONTACT_PERSONS: N_("Members and contact persons"),
    Audience.SIGNED_IN: N_("Everyone who has signed in"),
}
_SIGNUP_LABELS = {
    SignupState.CONFIRMED: N_("Place confirmed"),
    SignupState.WAITING: N_("On the waiting list"),
    SignupState.CANCELLED: N_("Cancelled"),
}


class Timetable:
    """What follows from an event's mode, state and times; also for rows of a list."""

    if TYPE_CHECKING:
        id: Any
        mode: Any
        state: Any
        starts_at: Any
        ends_at: Any
        registration_opens_at: Any
        registration_closes_at: Any

    @property
    def path(self) -> str:
        return f"/events/{self.id}/"

    @property
    def modes(self) -> tuple[Mode, ...]:
        """The ways in which a person can take part."""
        return (Mode.ONSITE, Mode.REMOTE) if self.mode == Mode.HYBRID else (self.mode,)

    @property
    def has_begun(self) -> bool:
        return self.starts_at is not None and self.starts_at <= clock.now()

    @property
    def is_over(self) -> bool:
        return self.state in (EventState.HELD, EventState.ARCHIVED) or (self.ends_at is not None and self.ends_at < clock.now())

    @property
    def closes_at(self) -> datetime | None:
        """Until when one can sign up: the time that was set, else the start."""
        closes: datetime | None = self.registration_closes_at or self.starts_at
        return closes

    @property
    def opens_later(self) -> bool:
        """Announced, or open from a later moment on (S0-17)."""
        waits = self.registration_opens_at is not None and self.registration_opens_at > clock.now()
        return self.state == EventState.ANNOUNCED or (self.state == EventState.OPEN and waits)

    @property
    def takes_signups(self) -> bool:
        """I-16: open, and within the times of registration."""
        return self.state == EventState.OPEN and not self.opens_later and self.closes_at is not None and clock.now() < self.closes_at

    @property
    def moves_queue(self) -> bool:
        """I-14: a free place goes to the first who waits, until the event starts."""
        return self.state in (EventState.OPEN, EventState.CLOSED) and not self.has_begun

    @property
    def can_move_people(self) -> bool:
        """Whether organisers may still take people off or give places by hand."""
        return self.state in (EventState.OPEN, EventState.CLOSED) and not self.is_over


class Event(Timetable, InNetwork, Model):
    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint("(starts_at IS NULL) = (ends_at IS NULL)", name="both_ends"),
        CheckConstraint("ends_at IS NULL OR ends_at > starts_at", name="end_after_start"),
        CheckConstraint("state NOT IN ('open', 'closed', 'held') OR starts_at IS NOT NULL", name="open_has_date"),
        CheckConstraint("capacity_onsite IS NULL OR capacity_onsite > 0", name="capacity_onsite"),
        CheckConstraint("capacity_remote IS NULL OR capacity_remote > 0", name="capacity_remote"),
        CheckConstraint("registration_closes_at IS NULL OR registration_closes_at <= starts_at", name="closes_before_start"),
        Index(None, "network_id", "state", "starts_at"),
        Index(None, "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    type: Mapped[EventType] = mapped_column(choice(EventType, "type"))
    title: Mapped[LocalText]
    summary: Mapped[LocalText] = mapped_column(default=LocalText)
    description: Mapped[LocalText] = mapped_column(default=LocalText)
    description_html: Mapped[LocalText] = mapped_column(default=LocalText)
    mode: Mapped[Mode] = mapped_column(choice(Mode, "mode"))
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    date_text: Mapped[LocalText] = mapped_column(default=LocalText)
    venue: Mapped[LocalText] = mapped_column(default=LocalText)
    address: Mapped[str] = mapped_column(String(200), default="")
    stream_url: Mapped[str] = mapped_column(String(500), default="")
    capacity_onsite: Mapped[int | None]
    capacity_remote: Mapped[int | None]
    registration_opens_at: Mapped[datetime | None]
    registration_closes_at: Mapped[datetime | None]
    audience: Mapped[Audience] = mapped_column(choice(Audience, "audience"), default=Audience.NETWORK)
    organiser_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    state: Mapped[EventState] = mapped_column(choice(EventState, "state"), default=EventState.DRAFT)
    cancelled_reason: Mapped[str] = mapped_column(String(1000), default="")
    lock_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    organiser: Mapped[User | None] = link(foreign_keys=[organiser_id])

    @property
    def stream_is_on(self) -> bool:
        """I-18: from 24 hours before the start until the end."""
        if not self.stream_url or self.starts_at is None or self.ends_at is None or self.state == EventState.CANCELLED:
            return False
        return self.starts_at - STREAM_OPENS <= clock.now() <= self.ends_at

    def capacity(self, mode: Mode) -> int | None:
        """Places for that way of taking part; None for no limit."""
        return self.capacity_onsite if mode == Mode.ONSITE else self.capacity_remote


class Signup(Model):
    """One person's place, or place in the queue. Ids are given under the event's lock, so they are the order of the queue (I-14)."""

    __tablename__ = "signup"
    __table_args__ = (
        Index(
            "uq_signup_event_id_user_id_active",
            "event_id",
            "user_id",
            unique=True,
            sqlite_where=text("state <> 'cancelled'"),
            postgresql_where=text("state <> 'cancelled'"),
        ),
        CheckConstraint("mode <> 'hybrid'", name="one_way"),
        CheckConstraint("(state = 'cancelled') = (cancelled_at IS NOT NULL)", name="cancelled_at"),
        Index(None, "event_id", "state", "mode"),
        Index(None, "user_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    mode: Mapped[Mode] = mapped_column(choice(Mode, "mode"))
    state: Mapped[SignupState] = mapped_column(choice(SignupState, "state"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    promoted_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(String(1000), default="")

    event: Mapped[Event] = link()
    user: Mapped[User] = link()
    organisation: Mapped[Organisation | None] = link()

    @property
    def network_id(self) -> int:
        return self.event.network_id

    @property
    def is_confirmed(self) -> bool:
        return self.state == SignupState.CONFIRMED

    @property
    def is_waiting(self) -> bool:
        return self.state == SignupState.WAITING


@dataclass(frozen=True)
class Seats:
    """The places of one way of taking part."""

    mode: Mode
    capacity: int | None
    confirmed: int
    waiting: int

    @property
    def free(self) -> int | None:
        """Places left; None where there is no limit."""
        return None if self.capacity is None else max(0, self.capacity - self.confirmed)

    @property
    def is_full(self) -> bool:
        """Whether the next one comes to the waiting list."""
        return self.free == 0 or self.waiting > 0
