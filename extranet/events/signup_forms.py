"""What may be typed when somebody signs up, or changes what was told then: the fields that the event needs, no others."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from extranet.core.i18n import gettext as _
from extranet.core.i18n import lazy_gettext as _l
from extranet.core.i18n import local_plain
from extranet.events.details import Details
from extranet.events.forms import complain, line, strip
from extranet.events.kinds import Mode
from extranet.events.models import Seats
from extranet.events.prices import terms_of
from extranet.events.programme_queries import Entry
from extranet.events.question_models import QuestionKind
from extranet.events.signup_queries import Asked, Sheet, Told

MAX_WISHES = 5
SHORTEN = _l("Shorten the text to %(max)d characters.")


def line_field(label: Any, length: int) -> StringField:
    """One line that may be left empty."""
    return StringField(label, [Optional(), Length(max=length, message=SHORTEN)], filters=[line])


def long_field(label: Any, length: int) -> TextAreaField:
    """Several lines that may be left empty."""
    return TextAreaField(label, [Optional(), Length(max=length, message=SHORTEN)], filters=[strip])


@dataclass(frozen=True)
class Slot:
    """The choice of one slot with its fields: one workshop and what is taken meanwhile, or wishes in their order."""

    entry: Entry
    fields: Sequence[Field]
    meanwhile: Field | None = None

    @property
    def first(self) -> Field:
        return self.fields[0]

    def offer(self, is_ranked: bool) -> None:
        """Give the fields what can be chosen."""
        parts = [(str(part.session.id), f"{part.letter}. {local_plain(part.session.title)}") for part in self.entry.parts]
        for field in self.fields:
            field.choices = [("", _("Choose")), *parts] if is_ranked else parts
        if self.meanwhile is not None:
            free = {str(part.session.id) for part in self.entry.parts if not part.room.is_full} | {self.meanwhile.data}
            self.meanwhile.choices = [("", _("No other workshop")), *(part for part in parts if part[0] in free)]

    @property
    def chosen(self) -> list[str]:
        """The sessions that were chosen, the most wanted first."""
        fields = [*self.fields, self.meanwhile] if self.meanwhile is not None else self.fields
        return [field.data for field in fields if field.data]


class SignUpForm(FlaskForm):  # type: ignore[misc]
    """How the person takes part. Prefilled, so that signing up for a simple event is one press."""

    mode = RadioField(_l("I take part"), choices=[])
    diet = line_field(_l("Diet"), 500)
    accessibility = line_field(_l("Accessibility needs"), 1000)
    agrees = BooleanField(_l("The organiser may use what I told of my diet and needs to arrange this event."))
    shows_name = BooleanField(_l("Other participants may see my name and organisation."))
    allows_photo = BooleanField(_l("I may be seen in photographs of the event."))
    message = long_field(_l("Question or greeting to the speakers"), 2000)
    buyer_reference = line_field(_l("Your reference for the invoice"), 70)
    cost_centre = line_field(_l("Cost centre"), 70)
    accepts_terms = BooleanField(_l("I accept the price and the terms of cancellation."))
    terms_seen = StringField(widget=HiddenInput())

    sheet: Sheet
    slots: list[Slot]
    questions: list[tuple[Asked, Field]]

    @classmethod
    def of(cls, sheet: Sheet, **given: Any) -> "SignUpForm":
        """The form for that event: with a field for each of its questions and slots."""
        asks = type(cls.__name__, (cls,), {})
        for asked in sheet.open:
            setattr(asks, f"question_{asked.question.id}", _question_field(asked))
        for number, entry in enumerate(sheet.entries, 1):
            for name, field in _slot_fields(sheet, number, entry).items():
                setattr(asks, name, field)
        form = asks(data=_before(sheet) | given)
        form._prepare(sheet)
        return form  # type: ignore[no-any-return]

    def _prepare(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.mode.choices = [(mode.value, mode.label) for mode in sheet.event.modes]
        if len(sheet.event.modes) == 1:
            self.mode.data = sheet.event.mode.value
        self.questions = [(asked, self[f"question_{asked.question.id}"]) for asked in sheet.open]
        for asked, field in self.questions:
            field.choices = [(value, local_plain(words)) for value, words in asked.question.values]
        self.slots = [
            Slot(
                entry,
                [self[name] for name in _names(sheet, number, entry)],
                self._fields.get(f"slot_{number}_meanwhile"),
            )
            for number, entry in enumerate(sheet.entries, 1)
        ]
        for slot in self.slots:
            slot.offer(sheet.is_ranked)
        if not sheet.event.catering:
            del self.diet
        if self.is_free:
            for name in ("buyer_reference", "cost_centre"):
                delattr(self, name)
        if self.is_free or sheet.told is not None:
            for name in ("accepts_terms", "terms_seen"):
                delattr(self, name)

    @property
    def is_free(self) -> bool:
        return not self.sheet.event.price_cents

    @property
    def seats(self) -> dict[Mode, Seats]:
        """The places by the way of taking part."""
        return {seats.mode: seats for seats in self.sheet.seats}

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field by itself, then what they say together."""
        is_good = super().validate(extra_validators)
        for slot in self.slots:
            _check_slot(slot)
        self._check_overlap()
        needs = (self.diet.data if "diet" in self else "") or self.accessibility.data
        if needs and not self.agrees.data:
            complain(self.agrees, _("Diet and accessibility needs are kept only with your consent. Tick it, or leave the fields empty."))
        if "accepts_terms" in self:
            self._check_terms()
        return is_good and not self.errors

    def _check_overlap(self) -> None:
        """Whoever chooses two that are held at the same time hears it at the second (T40)."""
        chosen = [(slot, part) for slot in self.slots for part in slot.entry.parts if str(part.session.id) in slot.chosen]
        for (one_slot, one), (other_slot, other) in combinations(chosen, 2):
            if one_slot is not other_slot and other.starts_at < one.ends_at and one.starts_at < other.ends_at:
                names = {"one": local_plain(one.session.title), "other": local_plain(other.session.title)}
                complain(other_slot.first, _("“%(one)s” and “%(other)s” overlap. Choose one of them.", **names))
                return

    def details(self) -> Details:
        """What was told, as the sign-up keeps it."""
        names = ("diet", "accessibility", "agrees", "shows_name", "allows_photo", "message", "buyer_reference", "cost_centre")
        said = {name: self[name].data for name in names if name in self}
        answers = {asked.question.id: field.data or "" for asked, field in self.questions}
        return Details(answers=answers, wishes={slot.entry.slot: self._wishes(slot) for slot in self.slots if slot.chosen}, **said)

    def _wishes(self, slot: Slot) -> list[int]:
        """Whoever asks for a full workshop keeps the place that she has until then (T40)."""
        wanted = [int(value) for value in slot.chosen]
        if self.sheet.told is not None and not self.sheet.is_ranked:
            wanted += [part.session.id for part in slot.entry.parts if part.session.id in self.sheet.told.inside]
        return list(dict.fromkeys(wanted))

    def _check_terms(self) -> None:
        """The price and terms that were on the page, not others (a tab left open since yesterday)."""
        now = terms_of(self.sheet.event)
        if self.terms_seen.data != now:
            self.terms_seen.data, self.accepts_terms.data = now, False
            complain(
                self.accepts_terms, _("The price or the terms have changed since you opened the page. Read them and accept them again.")
            )
        elif not self.accepts_terms.data:
            complain(self.accepts_terms, _("Accept the price and the terms to sign up."))


def _names(sheet: Sheet, number: int, entry: Entry) -> list[str]:
    count = min(len(entry.parts), MAX_WISHES) if sheet.is_ranked else 1
    return [f"slot_{number}_{rank}" for rank in range(1, count + 1)]


def _slot_fields(sheet: Sheet, number: int, entry: Entry) -> dict[str, Any]:
    """One workshop by radio buttons; wishes, and what is taken while another one is full, by lists."""
    names = _names(sheet, number, entry)
    if sheet.is_ranked:
        return {name: SelectField(_l("%(number)d. wish", number=rank), validate_choice=False) for rank, name in enumerate(names, 1)}
    found = {names[0]: RadioField(_l("Workshop"), validate_choice=False)}
    if len(entry.parts) > 1 and any(part.room.is_full for part in entry.parts):
        found[f"slot_{number}_meanwhile"] = SelectField(_l("If I wait for a full one, meanwhile"), validate_choice=False)
    return found


def _question_field(asked: Asked) -> Any:
    question = asked.question
    label = local_plain(question.label)
    if question.kind == QuestionKind.TEXT:
        needed = [DataRequired(_l("Write an answer."))] if question.required else [Optional()]
        return TextAreaField(label, [*needed, Length(max=2000, message=SHORTEN)], filters=[strip], render_kw={"rows": 2})
    needed = [InputRequired(_l("Choose an answer."))] if question.required else [Optional()]
    return RadioField(label, needed)


def _check_slot(slot: Slot) -> None:
    known = {str(part.session.id) for part in slot.entry.parts}
    if any(value not in known for value in slot.chosen):
        complain(slot.first, _("The programme has changed meanwhile. Choose from what there is now."))
    elif not slot.first.data:
        complain(slot.first, _("Choose a workshop."))
    elif len(set(slot.chosen)) < len(slot.chosen):
        if slot.meanwhile is not None:
            slot.meanwhile.data = ""
        else:
            complain(slot.first, _("Each wish must be another workshop."))


def _before(sheet: Sheet) -> dict[str, Any]:
    """What the fields show at first: what was told, else a way of taking part that has room."""
    if sheet.told is None:
        best = next((s for s in sheet.seats if not s.is_full and s.mode in sheet.event.modes), None)
        return {"mode": best.mode.value if best else sheet.event.modes[0].value, "terms_seen": terms_of(sheet.event)}
    told, signup = sheet.told, sheet.told.signup
    names = ("shows_name", "allows_photo", "message", "buyer_reference", "cost_centre")
    found = {name: getattr(signup, name) for name in names} | {"mode": signup.mode.value}
    if told.needs is not None:
        found |= {"diet": told.needs.diet, "accessibility": told.needs.accessibility, "agrees": True}
    found |= {f"question_{asked.question.id}": asked.answer for asked in sheet.open}
    return found | _chosen(sheet, told)


def _chosen(sheet: Sheet, told: Told) -> dict[str, str]:
    found = {}
    for number, entry in enumerate(sheet.entries, 1):
        wishes = [str(session_id) for session_id in told.wishes.get(entry.slot, ())]
        if not sheet.is_ranked:  # below the session that one is in there are only wishes of an earlier draw
            inside = next((n for n, i in enumerate(wishes) if int(i) in told.inside), len(wishes))
            wishes = wishes[: inside + 1]
            found[f"slot_{number}_meanwhile"] = wishes[1] if len(wishes) > 1 else ""
        found |= dict(zip(_names(sheet, number, entry), wishes, strict=False))
    return found
