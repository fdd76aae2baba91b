"""What organisers may type at their desk."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Regexp

from extranet.core.i18n import LANGUAGES, local_plain
from extranet.core.i18n import gettext as _
from extranet.core.i18n import lazy_gettext as _l
from extranet.core.text import CONTENT_LANGUAGES, LocalText, one_line
from extranet.events.details import Guest
from extranet.events.forms import ReasonForm
from extranet.events.kinds import Mode
from extranet.events.models import Seats
from extranet.events.programme_models import ChoiceState
from extranet.events.workshops import Room

_ADDRESS = r"^[!-?A-~]+@[!-?A-~]+\.[!-?A-~]+$"  # what mail servers take
_SHORTEN = _l("Shorten the text to %(max)d characters.")


def _line(text: str | None) -> str:
    return one_line(text or "")


def _strip(text: str | None) -> str:
    return (text or "").strip()


class PlaceForm(ReasonForm):
    """How a person takes part, which workshops, and why it is done by hand."""

    mode = RadioField(_l("Takes part"), choices=[])
    slots: dict[str, Any]

    @classmethod
    def of(cls, seats: Sequence[Seats], rooms: Sequence[Room], mode: Mode | None = None, now: Sequence[Any] = ()) -> "PlaceForm":
        """The form with a list for each slot of parallel workshops. now: the choices of a person who has some."""
        by_slot: dict[str, list[Room]] = defaultdict(list)
        for room in rooms:
            by_slot[room.session.slot].append(room)
        inside = {c.slot: str(c.session_id) for c in reversed(now)} | {
            c.slot: str(c.session_id) for c in now if c.state == ChoiceState.CONFIRMED
        }
        fields = {f"slot_{n}": _slot_field(rooms) for n, rooms in enumerate(by_slot.values(), 1)}
        data = {f"slot_{n}": inside.get(slot, "") for n, slot in enumerate(by_slot, 1)}
        best = next((s for s in seats if not s.is_full), seats[0])
        form = type(cls.__name__, (cls,), fields)(data=data | {"mode": (mode or best.mode).value})
        form.mode.choices = [SelectChoice(s.mode.value, _with_places(s.mode.label, s.free)) for s in seats]
        if len(seats) == 1:
            form.mode.data = seats[0].mode.value
        form.slots = {slot: form[f"slot_{n}"] for n, slot in enumerate(by_slot, 1)}
        form.before = {slot: inside.get(slot, "") for slot in by_slot}
        return form  # type: ignore[no-any-return]

    def changed_sessions(self) -> dict[str, int | None]:
        """The slots in which another session was chosen, or none."""
        return {
            slot: int(field.data) if field.data else None for slot, field in self.slots.items() if (field.data or "") != self.before[slot]
        }

    def wishes(self) -> dict[str, list[int]]:
        """What a new participant wants in each slot."""
        return {slot: [int(field.data)] for slot, field in self.slots.items() if field.data}

    before: Mapping[str, str]


class GuestForm(PlaceForm):
    """Somebody without an account."""

    name = StringField(
        _l("Name"), [DataRequired(_l("Write the name.")), Length(max=160, message=_SHORTEN)], filters=[_line], render_kw={"autocomplete": "off"}
    )  # fmt: skip
    email = EmailField(
        _l("E-mail"), [DataRequired(_l("Write the e-mail address.")), Regexp(_ADDRESS, message=_l("Write the whole e-mail address.")), Length(max=254)],
        filters=[_line], render_kw={"autocomplete": "off"},
    )  # fmt: skip
    organisation = StringField(_l("Organisation"), [Length(max=160, message=_SHORTEN)], filters=[_line])
    language = RadioField(_l("Language of letters"), choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()], default="fi")

    def guest(self) -> Guest:
        """The guest as written."""
        return Guest(self.name.data, self.email.data, self.organisation.data, self.language.data)


class MessageForm(FlaskForm):  # type: ignore[misc]
    """The organiser's own words, in one language or two."""

    subject_fi = StringField(_l("Subject in Finnish"), [Length(max=200, message=_SHORTEN)], filters=[_line])
    subject_sv = StringField(_l("Subject in Swedish"), [Length(max=200, message=_SHORTEN)], filters=[_line])
    text_fi = TextAreaField(_l("Message in Finnish"), [Length(max=5000, message=_SHORTEN)], filters=[_strip])
    text_sv = TextAreaField(_l("Message in Swedish"), [Length(max=5000, message=_SHORTEN)], filters=[_strip])
    key = HiddenField(default=lambda: uuid4().hex)

    def validate(self, extra_validators: Any = None) -> bool:
        """In at least one language there is a subject and a text, and in none only half."""
        is_good = super().validate(extra_validators)
        for code in CONTENT_LANGUAGES:
            subject, text = self[f"subject_{code}"], self[f"text_{code}"]
            if text.data and not subject.data:
                subject.errors = [*subject.errors, _("Write a subject.")]
            if subject.data and not text.data:
                text.errors = [*text.errors, _("Write the message.")]
        if not any(self[f"{name}_{code}"].data for name in ("subject", "text") for code in CONTENT_LANGUAGES):
            self.subject_fi.errors = [*self.subject_fi.errors, _("Write a subject and a message in Finnish or in Swedish.")]
        if len(self.key.data or "") != 32:
            self.key.errors = [_("Open the page again.")]
        return is_good and not self.errors

    def words(self, name: str) -> LocalText:
        """The subject or the text, in the languages that were written."""
        return LocalText({code: self[f"{name}_{code}"].data for code in CONTENT_LANGUAGES if self[f"{name}_{code}"].data})


def _slot_field(rooms: Sequence[Room]) -> SelectField:
    choices = [SelectChoice(str(room.session.id), _with_places(local_plain(room.session.title), room.free)) for room in rooms]
    return SelectField(_l("Workshop"), choices=[SelectChoice("", _l("No workshop")), *choices])


def _with_places(label: str, free: int | None) -> str:
    if free is None:
        return label
    return _("%(what)s, places left: %(number)s", what=label, number=free) if free else _("%(what)s, full", what=label)
