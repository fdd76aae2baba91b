"""What exists: events and sign-ups."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Numeric, String, Table, Text, inspect, text
from sqlalchemy.event import listens_for
from sqlalchemy.orm import Mapped, mapped_column, query_expression

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.db import Model, choice, link
from extranet.core.text import LocalText, fold
from extranet.events.kinds import CERTAIN, TAKEN, Audience, ChoiceRule, EventState, EventType, Mode, SignupState
from extranet.networks.models import InNetwork
from extranet.networks.topics import Topic
from extranet.organisations.models import Organisation

STREAM_OPENS = timedelta(hours=24)
IN_FORCE_SQL = "state NOT IN ('cancelled', 'expired', 'replaced')"

event_topic = Table(
    "event_topic",
    Model.metadata,
    Column("event_id", ForeignKey("event.id"), primary_key=True),
    Column("topic_id", ForeignKey("topic.id"), primary_key=True, index=True),
)


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
    def is_near(self) -> bool:
        """From 24 hours before the start on, it can be marked who is there."""
        is_held = self.state in (EventState.OPEN, EventState.CLOSED, EventState.HELD, EventState.ARCHIVED)
        return is_held and self.starts_at is not None and self.starts_at - STREAM_OPENS <= clock.now()

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
        CheckConstraint("organisation_seats IS NULL OR organisation_seats > 0", name="organisation_seats"),
        CheckConstraint("price_cents >= 0", name="price_cents"),
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
    host_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    co_organisers: Mapped[LocalText] = mapped_column(default=LocalText)
    offer_hours: Mapped[int] = mapped_column(default=24)
    organisation_seats: Mapped[int | None]
    organisation_seats_until: Mapped[datetime | None]
    takes_guests: Mapped[bool] = mapped_column(default=False)
    choice_rule: Mapped[ChoiceRule] = mapped_column(choice(ChoiceRule, "choice_rule"), default=ChoiceRule.FIRST_COME)
    drawn_at: Mapped[datetime | None]
    draw_seed: Mapped[str] = mapped_column(String(64), default=lambda: token_hex(16))  # fixed before anybody can wish
    catering: Mapped[bool] = mapped_column(default=False)
    recorded: Mapped[bool] = mapped_column(default=False)
    recording_url: Mapped[str] = mapped_column(String(500), default="")
    material_count: Mapped[int] = mapped_column(default=0)  # kept by outputs, so that the page asks only where there are some
    recording_at: Mapped[datetime | None]  # when its address was published
    recording_told_at: Mapped[datetime | None]
    captions_by: Mapped[date | None] = mapped_column(index=True)
    captioned_at: Mapped[datetime | None]
    reminded_week_of: Mapped[date | None]  # the day of the event that people were reminded of a week before
    reminded_day_of: Mapped[date | None]
    price_cents: Mapped[int] = mapped_column(default=0)
    vat_percent: Mapped[Decimal] = mapped_column(Numeric(4, 2), default=Decimal("25.5"))
    cancel_free_until: Mapped[datetime | None]
    late_cancel_percent: Mapped[int] = mapped_column(default=50)
    no_show_percent: Mapped[int] = mapped_column(default=100)
    terms: Mapped[LocalText] = mapped_column(default=LocalText)
    terms_version: Mapped[int] = mapped_column(default=0)
    sequence: Mapped[int] = mapped_column(default=0)
    copied_from_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"))
    state: Mapped[EventState] = mapped_column(choice(EventState, "state"), default=EventState.DRAFT)
    cancelled_reason: Mapped[str] = mapped_column(String(1000), default="")
    billed_at: Mapped[datetime | None]  # the first approval of its costs: from then on who came is only corrected (I-21)
    search_text: Mapped[str] = mapped_column(Text, default="", server_default="")
    lock_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    has_programme: Mapped[bool | None] = query_expression()  # known where the query asked, so that its page can leave a query out
    has_questions: Mapped[bool | None] = query_expression()

    organiser: Mapped[User | None] = link(foreign_keys=[organiser_id])
    host_organisation: Mapped[Organisation | None] = link(foreign_keys=[host_organisation_id])
    topics: Mapped[list[Topic]] = link(secondary=event_topic, order_by=Topic.id)

    @property
    def stream_is_on(self) -> bool:
        """I-18: from 24 hours before the start until the end."""
        if not self.stream_url or self.starts_at is None or self.ends_at is None or self.state == EventState.CANCELLED:
            return False
        return self.starts_at - STREAM_OPENS <= clock.now() <= self.ends_at

    def capacity(self, mode: Mode) -> int | None:
        """Places for that way of taking part; None for no limit."""
        return self.capacity_onsite if mode == Mode.ONSITE else self.capacity_remote


@listens_for(Event, "before_insert")
@listens_for(Event, "before_update")
def _write_search_text(_mapper: Any, _connection: Any, event: Event) -> None:
    """What search looks through is made of the other columns whenever one of them is written."""
    names = ("title", "summary", "venue", "date_text", "address")
    attributes = inspect(event).attrs
    if any(attributes[name].history.has_changes() for name in names):
        texts = [text for name in names[:-1] for text in (getattr(event, name) or {}).values()]
        event.search_text = fold(" ".join((*texts, event.address or "")))


class Signup(Model):
    """A place, or a place in the queue, of one person: a user, or a guest who came by invitation.

    Ids are given under the event's lock, so they are the order of the queue (I-14). The organisation is the one at the time of
    signing up.
    """

    __tablename__ = "signup"
    __table_args__ = (
        Index(
            "uq_signup_event_id_user_id_active",
            "event_id",
            "user_id",
            unique=True,
            sqlite_where=text(IN_FORCE_SQL),
            postgresql_where=text(IN_FORCE_SQL),
        ),
        CheckConstraint("(user_id IS NULL) <> (guest_email = '')", name="user_or_guest"),
        CheckConstraint("mode <> 'hybrid'", name="one_way"),
        CheckConstraint("(state IN ('cancelled', 'expired', 'replaced')) = (cancelled_at IS NOT NULL)", name="cancelled_at"),
        CheckConstraint("(state = 'offered') = (confirm_by IS NOT NULL)", name="confirm_by"),
        Index(None, "event_id", "state", "mode"),
        Index(None, "user_id", "state"),
        Index(None, "state", "confirm_by"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    guest_name: Mapped[str] = mapped_column(String(160), default="")
    guest_email: Mapped[str] = mapped_column(String(254), default="")
    guest_organisation: Mapped[str] = mapped_column(String(160), default="")
    guest_language: Mapped[str] = mapped_column(String(2), default="fi")
    guest_token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("event_invitation.id"), index=True)
    registered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    mode: Mapped[Mode] = mapped_column(choice(Mode, "mode"))
    state: Mapped[SignupState] = mapped_column(choice(SignupState, "state"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    confirm_by: Mapped[datetime | None]
    promoted_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancel_charge_cents: Mapped[int] = mapped_column(default=0)
    cancelled_late: Mapped[bool] = mapped_column(default=False)  # gave up a confirmed place when that was no longer free
    substitute_of_id: Mapped[int | None] = mapped_column(ForeignKey("signup.id"))
    note: Mapped[str] = mapped_column(String(1000), default="")
    terms_version: Mapped[int] = mapped_column(default=0)
    shows_name: Mapped[bool] = mapped_column(default=False)
    allows_photo: Mapped[bool] = mapped_column(default=False)
    message: Mapped[str] = mapped_column(Text, default="")
    buyer_reference: Mapped[str] = mapped_column(String(70), default="")
    cost_centre: Mapped[str] = mapped_column(String(70), default="")
    checked_in_at: Mapped[datetime | None]
    sequence: Mapped[int] = mapped_column(default=0)  # how often the person's calendar had to hear of a change of this place

    event: Mapped[Event] = link()
    user: Mapped[User | None] = link(foreign_keys=[user_id])
    organisation: Mapped[Organisation | None] = link()

    @property
    def network_id(self) -> int:
        return self.event.network_id

    @property
    def name(self) -> str:
        return self.user.name if self.user else self.guest_name

    @property
    def is_confirmed(self) -> bool:
        return self.state in CERTAIN

    @property
    def is_waiting(self) -> bool:
        return self.state == SignupState.WAITING

    @property
    def is_offered(self) -> bool:
        return self.state == SignupState.OFFERED

    @property
    def has_place(self) -> bool:
        return self.state in TAKEN


@listens_for(Signup, "before_update")
def _count_changes(_mapper: Any, _connection: Any, signup: Signup) -> None:
    """A certain place that ends, or is taken in the other way, is news for a calendar: the next file has a higher number (T43)."""
    before = inspect(signup).attrs.state.history.deleted or [signup.state]
    if before[0] in CERTAIN and (signup.state not in CERTAIN or inspect(signup).attrs.mode.history.deleted):
        signup.sequence = (signup.sequence or 0) + 1


@dataclass(frozen=True)
class Seats:
    """The places of one way of taking part."""

    mode: Mode
    capacity: int | None
    confirmed: int
    waiting: int
    offered: int = 0

    @property
    def taken(self) -> int:
        """An offered place counts as taken (I-14)."""
        return self.confirmed + self.offered

    @property
    def free(self) -> int | None:
        """Places left; None where there is no limit."""
        return None if self.capacity is None else max(0, self.capacity - self.taken)

    @property
    def is_full(self) -> bool:
        """Whether the next one comes to the waiting list."""
        return self.free == 0 or self.waiting > 0
