"""What may be typed."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, Field, IntegerField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField, TimeField
from wtforms.validators import URL, DataRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from extranet.core import clock
from extranet.core.i18n import gettext as _
from extranet.core.i18n import lazy_gettext as _l
from extranet.core.i18n import local_plain
from extranet.core.text import CONTENT_LANGUAGES, LocalText, one_line
from extranet.events.kinds import Audience, EventState, EventType, Mode
from extranet.events.models import Event, Seats
from extranet.networks.models import Network, Visibility
from extranet.networks.topics import Topic

LOCAL_FIELDS = ("title", "summary", "description", "date_text", "venue")
MAX_PLACES = 100_000


def strip(text: str | None) -> str:
    """Without spaces around it."""
    return (text or "").strip()


def line(text: str | None) -> str:
    """On one line."""
    return one_line(text or "")


class Day(DateField):  # type: ignore[misc]
    """A day, as the browser's calendar sends it or as Finns write it."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, [Optional()], format=["%Y-%m-%d", "%d.%m.%Y"], **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([value.strip() for value in valuelist])
        except ValueError:
            raise ValueError(_("Write the day like this: 26.11.2026.")) from None


class Time(TimeField):  # type: ignore[misc]
    """A time of the day."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, [Optional()], format=["%H:%M", "%H.%M", "%H:%M:%S", "%H"], **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([value.strip() for value in valuelist])
        except ValueError:
            raise ValueError(_("Write the time like this: 9.30.")) from None


class Places(IntegerField):  # type: ignore[misc]
    """A number of places; empty for no limit."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        message = _l("Write a whole number from 1 up, or leave the field empty.")
        super().__init__(label, [Optional(), NumberRange(1, MAX_PLACES, message)], **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Write a whole number from 1 up, or leave the field empty.")) from None


def _text(label: Any, length: int) -> StringField:
    return StringField(label, [Length(max=length, message=_l("Shorten the text to %(max)d characters."))], filters=[line])


def _long(label: Any) -> TextAreaField:
    return TextAreaField(label, [Length(max=20_000, message=_l("Shorten the text to %(max)d characters."))], filters=[strip])


class EventForm(FlaskForm):  # type: ignore[misc]
    """A new event, or one that is edited: then its sign-ups and what others saved meanwhile are considered too."""

    lock_version = IntegerField(widget=HiddenInput(), default=1)
    type = SelectField(_l("Kind of event"), choices=[])
    title_fi = _text(_l("Title in Finnish"), 200)
    title_sv = _text(_l("Title in Swedish"), 200)
    summary_fi = _text(_l("In one sentence, in Finnish"), 300)
    summary_sv = _text(_l("In one sentence, in Swedish"), 300)
    description_fi = _long(_l("Programme and description in Finnish"))
    description_sv = _long(_l("Programme and description in Swedish"))
    day = Day(_l("Day"))
    starts = Time(_l("Begins at"))
    ends = Time(_l("Ends at"))
    last_day = Day(_l("Last day"))
    date_text_fi = _text(_l("Date in words, in Finnish"), 100)
    date_text_sv = _text(_l("Date in words, in Swedish"), 100)
    mode = RadioField(_l("How people take part"), choices=[], default=Mode.ONSITE.value)
    venue_fi = _text(_l("Place in Finnish"), 200)
    venue_sv = _text(_l("Place in Swedish"), 200)
    address = _text(_l("Address"), 200)
    capacity_onsite = Places(_l("Places on site"))
    capacity_remote = Places(_l("Places for remote participants"))
    stream_url = StringField(
        _l("Link for remote participants"),
        [
            Optional(),
            Length(max=500, message=_l("Shorten the text to %(max)d characters.")),
            URL(require_tld=False, message=_l("Write the whole address, beginning with https://.")),
        ],
        filters=[strip],
    )
    audience = RadioField(_l("Who may sign up"), choices=[], default=Audience.NETWORK.value)
    opens_on = Day(_l("Registration opens"))
    opens_at = Time(_l("Opens at"))
    closes_on = Day(_l("Registration closes"))
    closes_at = Time(_l("Closes at"))
    topics = SelectMultipleField(
        _l("Topics"), [Optional()], coerce=int, choices=[], option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )

    def __init__(self, network: Network, topics: Sequence[Topic], event: Event | None = None, seats: Sequence[Seats] = ()) -> None:
        self.network, self.event, self.seats = network, event, seats
        self.known_topics = topics
        super().__init__(data=_fields(event) if event else None)
        is_secret = network.visibility == Visibility.SECRET
        self.type.choices = [(kind.value, kind.label) for kind in EventType]
        self.mode.choices = [(mode.value, mode.label) for mode in Mode]
        self.topics.choices = [(topic.id, local_plain(topic.name)) for topic in topics]
        self.audience.choices = [(a.value, a.label) for a in Audience if a == Audience.NETWORK or not is_secret]

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field by itself, then what they say together."""
        is_good = super().validate(extra_validators)
        self._check_title()
        self._check_date()
        self._check_registration()
        self._check_places()
        self._check_version()
        return is_good and not self.errors

    def values(self) -> dict[str, Any]:
        """The fields as the event keeps them."""
        texts = {
            name: LocalText({code: text for code in CONTENT_LANGUAGES if (text := self[f"{name}_{code}"].data)}) for name in LOCAL_FIELDS
        }
        return texts | {
            "type": EventType(self.type.data),
            "mode": Mode(self.mode.data),
            "topics": [topic for topic in self.known_topics if topic.id in (self.topics.data or ())],
            "audience": Audience(self.audience.data),
            "starts_at": self._starts_at,
            "ends_at": self._ends_at,
            "address": self.address.data,
            "stream_url": self.stream_url.data or "",
            "capacity_onsite": self.capacity_onsite.data,
            "capacity_remote": self.capacity_remote.data,
            "registration_opens_at": moment_of(self.opens_on.data, self.opens_at.data),
            "registration_closes_at": moment_of(self.closes_on.data, self.closes_at.data),
        }

    @property
    def _starts_at(self) -> datetime | None:
        return moment_of(self.day.data, self.starts.data)

    @property
    def _ends_at(self) -> datetime | None:
        return moment_of(self.last_day.data or self.day.data, self.ends.data) if self.day.data else None

    def _check_title(self) -> None:
        if not (self.title_fi.data or self.title_sv.data):
            complain(self.title_fi, _("Write a title in Finnish or Swedish."))

    def _check_date(self) -> None:
        if self.day.data is None:
            if self.starts.data or self.ends.data or self.last_day.data:
                complain(self.day, _("Choose the day, too."))
            elif self.event is not None and self.event.state not in (EventState.DRAFT, EventState.ANNOUNCED):
                complain(self.day, _("Registration has been opened, so the event needs its day."))
            elif not (self.date_text_fi.data or self.date_text_sv.data):
                complain(self.day, _("Choose the day, or tell the date in words."))
            return
        for field in (self.starts, self.ends):
            if field.data is None:
                complain(field, _("Write the time, too."))
        if self._starts_at and self._ends_at and self._ends_at <= self._starts_at:
            complain(self.ends, _("The event must end after it begins."))

    def _check_registration(self) -> None:
        for on, at in ((self.opens_on, self.opens_at), (self.closes_on, self.closes_at)):
            if on.data and at.data is None:
                complain(at, _("Write the time, too."))
            if at.data and on.data is None:
                complain(on, _("Choose the day, too."))
        opens, closes = moment_of(self.opens_on.data, self.opens_at.data), moment_of(self.closes_on.data, self.closes_at.data)
        if closes and (self._starts_at is None or closes > self._starts_at):
            complain(self.closes_on, _("Registration must close before the event begins."))
        until = closes or self._starts_at
        if opens and until and opens >= until:
            complain(self.opens_on, _("Registration must open before it closes."))

    def _check_places(self) -> None:
        """Nobody loses a place because somebody edits (I-11)."""
        wanted = {Mode.ONSITE: self.capacity_onsite, Mode.REMOTE: self.capacity_remote}
        for seats in self.seats:
            people = seats.confirmed + seats.waiting
            if people and self.mode.data not in (seats.mode, Mode.HYBRID):
                complain(
                    self.mode, _("People have signed up to take part in this way: %(mode)s. It cannot be left out.", mode=seats.mode.label)
                )
            elif (places := wanted[seats.mode].data) is not None and places < seats.confirmed:
                complain(
                    wanted[seats.mode],
                    _("%(number)s people have a confirmed place, so there cannot be fewer places.", number=seats.confirmed),
                )

    def _check_version(self) -> None:
        if self.event is not None and self.lock_version.data != self.event.lock_version:
            self.form_errors.append(
                _(
                    "Somebody else saved this event while you were editing. Compare in another tab; if you save again, your text replaces theirs."
                )
            )
            self.lock_version.data = self.event.lock_version
            self.lock_version.raw_data = [str(self.event.lock_version)]


class SignUpForm(FlaskForm):  # type: ignore[misc]
    """How the person takes part. Prefilled with a way that has room, so that signing up is one press."""

    mode = RadioField(_l("I take part"), choices=[])

    def __init__(self, seats: Sequence[Seats]) -> None:
        best = next((s for s in seats if not s.is_full), seats[0])
        super().__init__(data={"mode": best.mode.value})
        self.mode.choices = [(s.mode.value, s.mode.label) for s in seats]
        if len(seats) == 1:
            self.mode.data = best.mode.value


class ReasonForm(FlaskForm):  # type: ignore[misc]
    reason = TextAreaField(
        _l("Reason"),
        [DataRequired(_l("Write a reason.")), Length(max=1000, message=_l("Shorten the reason to 1,000 characters."))],
        filters=[strip],
    )


def complain(field: Field, message: str) -> None:
    """Say at the field what is wrong, unless something is said there already."""
    if not field.errors:
        field.errors = [*field.errors, message]


def moment_of(day: date | None, at: time | None) -> datetime | None:
    """The moment of a day and a time that were typed, where both are there."""
    return clock.from_local(day, at) if day and at else None


def _fields(event: Event) -> dict[str, Any]:
    """The event as the fields show it."""
    texts = {f"{name}_{code}": getattr(event, name).get(code, "") for name in LOCAL_FIELDS for code in CONTENT_LANGUAGES}
    plain = {name: getattr(event, name) for name in ("address", "stream_url", "capacity_onsite", "capacity_remote", "lock_version")}
    chosen: dict[str, Any] = {"type": event.type.value, "mode": event.mode.value, "audience": event.audience.value}
    chosen["topics"] = [topic.id for topic in event.topics]
    times: dict[str, Any] = {}
    for on, at, moment in (
        ("day", "starts", event.starts_at),
        ("last_day", "ends", event.ends_at),
        ("opens_on", "opens_at", event.registration_opens_at),
        ("closes_on", "closes_at", event.registration_closes_at),
    ):
        if moment is not None:
            wall = clock.local(moment)
            times |= {on: wall.date(), at: wall.time().replace(microsecond=0)}
    if times.get("last_day") == times.get("day"):
        times.pop("last_day", None)
    return texts | plain | chosen | times
