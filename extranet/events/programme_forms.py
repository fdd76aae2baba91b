"""What may be typed of a session: when, where, who speaks, who can choose it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_wtf import FlaskForm
from wtforms import SelectField

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.i18n import format_clock, local_plain
from extranet.core.i18n import gettext as _
from extranet.core.i18n import lazy_gettext as _l
from extranet.core.text import CONTENT_LANGUAGES, LocalText
from extranet.events.forms import Day, Places, Time, complain, long_text, moment_of, text
from extranet.events.models import Event
from extranet.events.programme_models import SessionType, Speaker
from extranet.events.programme_queries import Entry, Part, Programme
from extranet.events.programme_rules import Draft, SpeakerLine, find_fault
from extranet.networks.models import Network

LOCAL_FIELDS = ("title", "room", "description")
MOST_SPEAKERS = 8
EMPTY_LINES = 2
NEW = "new"
SPEAKER_FIELDS = (("name", _l("Name"), 160), ("title", _l("Title or role"), 160), ("organisation", _l("Organisation"), 160))


class SessionForm(FlaskForm):  # type: ignore[misc]
    """A new session of a programme, or one that is changed; then it considers who has chosen it."""

    type = SelectField(_l("Kind of session"), choices=[])
    title_fi = text(_l("Title in Finnish"), 200)
    title_sv = text(_l("Title in Swedish"), 200)
    day = Day(_l("Day"))
    starts = Time(_l("Begins at"))
    ends = Time(_l("Ends at"))
    room_fi = text(_l("Room in Finnish"), 120)
    room_sv = text(_l("Room in Swedish"), 120)
    description_fi = long_text(_l("What happens, in Finnish"), 2000, render_kw={"rows": 3})
    description_sv = long_text(_l("What happens, in Swedish"), 2000, render_kw={"rows": 3})
    beside = SelectField(_l("Who takes part"), choices=[], default="")
    capacity = Places(_l("Places in the session"))
    network = SelectField(_l("Theme network"), choices=[], default="")

    def __init__(self, event: Event, programme: Programme, themes: Sequence[Network], part: Part | None, emails: Mapping[int, str]) -> None:
        self.event, self.programme, self.part = event, programme, part
        self.members: Mapping[str, User] = {}
        super().__init__(data=_fields(part, emails) if part else _first(event, programme))
        self.type.choices = [(kind.value, kind.label) for kind in SessionType]
        self.network.choices = [("", "–"), *((str(network.id), local_plain(network.name)) for network in themes)]
        self.beside.choices = [
            ("", _("Everybody")),
            *((entry.slot, _who_chooses(entry, part)) for entry in programme.choices),
            (NEW, _("People choose this one or another; the others are added after it")),
        ]

    @property
    def lines(self) -> list[list[Any]]:
        """The fields of each speaker, with a few empty ones at the end."""
        rows = [[self[f"speaker_{n}_{name}"] for name in _names()] for n in range(1, MOST_SPEAKERS + 1)]
        used = max((n for n, row in enumerate(rows, 1) if any(field.data or field.errors for field in row)), default=0)
        return rows[: used + EMPTY_LINES]

    @property
    def emails(self) -> list[str]:
        """The addresses that were typed, to be looked up before validating."""
        return [row[-1].data for row in self.lines if row[-1].data]

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field by itself, then whether the session fits the event and the rest of the programme."""
        is_good = super().validate(extra_validators)
        if not (self.title_fi.data or self.title_sv.data):
            complain(self.title_fi, _("Write a title in Finnish or Swedish."))
        for field in (self.starts, self.ends):
            if field.data is None:
                complain(field, _("Write the time, too."))
        if self.event.starts_at is None:
            complain(self.starts, _("Give the event its day and time first: its sessions lie within them."))
        if self.type.data == SessionType.BREAKOUT and not self.network.data:
            complain(self.network, _("Choose the theme network that this session belongs to."))
        self._check_speakers()
        if is_good and not self.errors:
            others = [other.session for entry in self.programme.entries for other in entry.parts if other is not self.part]
            fault = find_fault(self.event, others, self.draft(), self.part.room if self.part else None)
            if fault:
                complain(self[fault[0]], fault[1])
        return is_good and not self.errors

    def draft(self) -> Draft:
        """The session as it was typed; only after the fields are good."""
        texts = {
            name: LocalText({code: text for code in CONTENT_LANGUAGES if (text := self[f"{name}_{code}"].data)}) for name in LOCAL_FIELDS
        }
        kind = SessionType(self.type.data)
        starts_at, ends_at = self._moment(self.starts), self._moment(self.ends)
        assert starts_at is not None and ends_at is not None  # noqa: S101  validated
        return Draft(
            kind, texts["title"], starts_at, ends_at, self._slot(), self.capacity.data, texts["description"], texts["room"],
            int(self.network.data) if kind == SessionType.BREAKOUT and self.network.data else None, tuple(self._speakers()),
        )  # fmt: skip

    def _moment(self, field: Any) -> datetime | None:
        day = self.day.data or (clock.local(self.event.starts_at).date() if self.event.starts_at else None)
        return moment_of(day, field.data)

    def _slot(self) -> str:
        if self.beside.data != NEW:
            return str(self.beside.data or "")
        taken = {entry.slot for entry in self.programme.choices}
        return next(name for n in range(1, len(taken) + 2) if (name := str(n)) not in taken)

    def _check_speakers(self) -> None:
        for name, *_more, email in self.lines:
            if email.data and email.data.lower() not in self.members:
                complain(email, _("No member of the network has this address. Correct it, or write only the name."))
            elif any(field.data for field in _more) and not name.data and not email.data:
                complain(name, _("Write the speaker's name, too."))

    def _speakers(self) -> Iterable[SpeakerLine]:
        for row in self.lines:
            name, title, organisation, email = (field.data or "" for field in row)
            member = self.members.get(email.lower())
            if member is not None:
                yield SpeakerLine(name or member.name, title or member.job_title, organisation, member.id)
            elif name:
                yield SpeakerLine(name, title, organisation)


def _names() -> list[str]:
    return [*(name for name, _label, _length in SPEAKER_FIELDS), "email"]


for _n in range(1, MOST_SPEAKERS + 1):
    for _name, _label, _length in SPEAKER_FIELDS:
        setattr(SessionForm, f"speaker_{_n}_{_name}", text(_label, _length))
    setattr(
        SessionForm, f"speaker_{_n}_email", text(_l("E-mail, if a member"), 254, render_kw={"inputmode": "email", "autocomplete": "off"})
    )


class CopyForm(FlaskForm):  # type: ignore[misc]
    """The copy's title and its new beginning; the rest follows."""

    title_fi = text(_l("Title in Finnish"), 200)
    title_sv = text(_l("Title in Swedish"), 200)
    day = Day(_l("Day"))
    starts = Time(_l("Begins at"))

    def __init__(self, event: Event) -> None:
        first = {f"title_{code}": event.title.get(code, "") for code in CONTENT_LANGUAGES}
        starts = clock.local(event.starts_at).time().replace(microsecond=0) if event.starts_at else None
        super().__init__(data=first | {"starts": starts})

    def validate(self, extra_validators: Any = None) -> bool:
        """A title and a day that is still to come."""
        is_good = super().validate(extra_validators)
        if not (self.title_fi.data or self.title_sv.data):
            complain(self.title_fi, _("Write a title in Finnish or Swedish."))
        if self.day.data is None:
            complain(self.day, _("Choose the day, too."))
        elif self.day.data < clock.today():
            complain(self.day, _("This day has passed. Choose a coming one."))
        if self.starts.data is None:
            complain(self.starts, _("Write the time, too."))
        return is_good and not self.errors

    @property
    def title(self) -> LocalText:
        return LocalText({code: text for code in CONTENT_LANGUAGES if (text := self[f"title_{code}"].data)})

    @property
    def starts_at(self) -> datetime | None:
        return moment_of(self.day.data, self.starts.data)


def _who_chooses(entry: Entry, part: Part | None) -> str:
    """The others that people choose between."""
    others = [other for other in entry.parts if part is None or other.session.id != part.session.id]
    if not others:
        return _("People choose this one or another that is added beside it")
    names = ", ".join(f"{other.letter}. {local_plain(other.session.title)}" for other in others)
    return _("People choose this one or: %(sessions)s (%(time)s)", sessions=names, time=format_clock(entry.starts_at))


def _first(event: Event, programme: Programme) -> dict[str, Any]:
    """A new session begins where the programme ends so far."""
    begins = max((entry.ends_at for entry in programme.entries), default=event.starts_at)
    if begins is None:
        return {}
    wall = clock.local(begins)
    return {"type": SessionType.LECTURE.value, "day": wall.date(), "starts": wall.time().replace(microsecond=0)}


def _fields(part: Part, emails: Mapping[int, str]) -> dict[str, Any]:
    """The session as the fields show it."""
    session = part.session
    texts = {f"{name}_{code}": getattr(session, name).get(code, "") for name in LOCAL_FIELDS for code in CONTENT_LANGUAGES}
    begins, ends = clock.local(session.starts_at), clock.local(session.ends_at)
    plain = {
        "type": session.type.value, "day": begins.date(), "starts": begins.time(), "ends": ends.time(), "beside": session.slot,
        "capacity": session.capacity, "network": str(session.network_id or ""),
    }  # fmt: skip
    return texts | plain | {key: value for n, one in enumerate(part.speakers, 1) for key, value in _line(n, one, emails).items()}


def _line(n: int, one: Speaker, emails: Mapping[int, str]) -> dict[str, str]:
    values = (one.name, one.title, one.organisation, emails.get(one.user_id or 0, ""))
    return {f"speaker_{n}_{name}": value for name, value in zip(_names(), values, strict=True)}
