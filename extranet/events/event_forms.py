"""What may be typed of an event: what, when, where, for whom. Its arrangements are in the other half, `arrangement_forms`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from wtforms import IntegerField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import URL, Length, Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from extranet.core import clock
from extranet.core.i18n import gettext as _
from extranet.core.i18n import lazy_gettext as _l
from extranet.core.i18n import local_plain
from extranet.core.text import CONTENT_LANGUAGES, LocalText
from extranet.events.arrangement_forms import DEFAULTS, ArrangementForm
from extranet.events.arrangement_forms import fields as arrangement_fields
from extranet.events.event_queries import Background
from extranet.events.forms import Day, Places, Time, complain, long_text, moment_of, strip, text
from extranet.events.kinds import Audience, EventState, EventType, Mode
from extranet.events.models import Event, Seats
from extranet.events.programme_rules import Times, find_outside
from extranet.networks.models import Network, Visibility
from extranet.networks.topics import Topic

LOCAL_FIELDS = ("title", "summary", "description", "date_text", "venue")


class EventForm(ArrangementForm):
    """A new event, or one that is edited: then its sign-ups and what others saved meanwhile are considered too."""

    lock_version = IntegerField(widget=HiddenInput(), default=1)
    type = SelectField(_l("Kind of event"), choices=[])
    title_fi = text(_l("Title in Finnish"), 200)
    title_sv = text(_l("Title in Swedish"), 200)
    summary_fi = text(_l("In one sentence, in Finnish"), 300)
    summary_sv = text(_l("In one sentence, in Swedish"), 300)
    description_fi = long_text(_l("Programme and description in Finnish"))
    description_sv = long_text(_l("Programme and description in Swedish"))
    day = Day(_l("Day"))
    starts = Time(_l("Begins at"))
    ends = Time(_l("Ends at"))
    last_day = Day(_l("Last day"))
    date_text_fi = text(_l("Date in words, in Finnish"), 100)
    date_text_sv = text(_l("Date in words, in Swedish"), 100)
    mode = RadioField(_l("How people take part"), choices=[], default=Mode.ONSITE.value)
    venue_fi = text(_l("Place in Finnish"), 200)
    venue_sv = text(_l("Place in Swedish"), 200)
    address = text(_l("Address"), 200)
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

    def __init__(
        self,
        network: Network,
        topics: Sequence[Topic],
        background: Background,
        event: Event | None = None,
        seats: Sequence[Seats] = (),
        organiser_id: int | None = None,
    ) -> None:
        self.network, self.event, self.seats, self.background = network, event, seats, background
        self.known_topics = topics
        super().__init__(data=_fields(event) if event else DEFAULTS | {"organiser": organiser_id})
        self.fill_choices()
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
        self.check_arrangements(self._starts_at)
        self._check_version()
        return is_good and not self.errors

    def values(self) -> dict[str, Any]:
        """The fields as the event keeps them."""
        texts = {
            name: LocalText({code: text for code in CONTENT_LANGUAGES if (text := self[f"{name}_{code}"].data)}) for name in LOCAL_FIELDS
        }
        return (
            texts
            | self.arrangements()
            | {
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
        )

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
        elif self.event is not None:
            old, new = Times(self.event.starts_at, self.event.ends_at), Times(self._starts_at, self._ends_at)
            if outside := find_outside(self.background.sessions, old, new):
                complain(self.starts, outside)

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
            people = seats.taken + seats.waiting
            if people and self.mode.data not in (seats.mode, Mode.HYBRID):
                complain(
                    self.mode, _("People have signed up to take part in this way: %(mode)s. It cannot be left out.", mode=seats.mode.label)
                )
            elif (places := wanted[seats.mode].data) is not None and places < seats.taken:
                complain(
                    wanted[seats.mode],
                    _("%(number)s people have a confirmed place, so there cannot be fewer places.", number=seats.taken),
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
    return texts | plain | chosen | times | arrangement_fields(event)
