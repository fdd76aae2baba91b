"""What may be typed by those who run a pilot."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    EmailField,
    FieldList,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, Optional

from extranet.core import clock
from extranet.core.i18n import LANGUAGES
from extranet.core.i18n import gettext as _
from extranet.core.i18n import lazy_gettext as _l
from extranet.core.text import one_line
from extranet.core.viewer import Viewer
from extranet.materials.models import Material
from extranet.pilots.actions import FEWEST, LONGEST, MOST, Invited, People
from extranet.pilots.models import Handling, PilotComment
from extranet.pilots.people_queries import Candidate, find_candidate, find_fault, list_candidates
from extranet.pilots.words import HANDLINGS

USUAL = timedelta(days=14)
MOST_SECTIONS, LONGEST_SECTION = 20, 160
ADDRESS = re.compile(r"[^@\s<>\",;]+@[^@\s<>\",;]+\.[^@\s<>\",;.]+")


def _strip(text: str | None) -> str:
    return (text or "").strip()


def _line(text: str | None) -> str:
    return one_line(text or "")


def _number(text: str) -> int:
    """A person's number; 0 where it is none."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _address(text: str | None) -> str:
    return one_line(text or "").replace(" ", "").lower()


class PeopleForm(FlaskForm):  # type: ignore[misc]
    """Who is asked: picked in several steps that also work without JavaScript.

    `members` and `guests` carry who has been picked so far; a guest travels as "language address name". Each press of a button that
    is not the last one comes back with the list changed (`take`) and everything else as it was typed.
    """

    members = FieldList(HiddenField(), max_entries=MOST * 2)
    guests = FieldList(HiddenField(), max_entries=MOST * 2)
    q = StringField(_l("Name, title or organisation"), [Length(max=100)], filters=[_line])
    guest_name = StringField(_l("Name"), [Length(max=160, message=_l("Shorten the name to 160 characters."))], filters=[_line])
    guest_email = EmailField(_l("E-mail"), [Length(max=254)], filters=[_address])
    guest_language = SelectField(
        _l("Language of the letter"), choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()], default="fi"
    )

    def __init__(self, viewer: Viewer, material: Material, asked: int = 0, **more: Any) -> None:
        super().__init__(**more)
        self.viewer, self.material, self.asked = viewer, material, asked
        self.fewest = max(FEWEST - asked, 1)
        self.most = MOST - asked
        self.picked_ids = [number for field in self.members if (number := _number(field.data or ""))][:MOST]
        self.picked_guests = [guest for field in self.guests if (guest := _unpack(field.data or ""))][:MOST]
        self.found: list[Candidate] = []
        self.picked: list[Candidate] = []

    @property
    def is_full(self) -> bool:
        return len(self.picked_ids) + len(self.picked_guests) >= self.most

    def take(self, add: str, drop: str) -> None:
        """Change the list as the pressed button says; what was typed about a guest is taken up too."""
        if _number(drop) in self.picked_ids:
            self.picked_ids.remove(_number(drop))
        self.picked_guests = [guest for guest in self.picked_guests if guest.email != drop]
        if _number(add) and _number(add) not in self.picked_ids and not self.is_full:
            self.picked_ids.append(_number(add))
        self._take_guest()

    def look_up(self) -> None:
        """The names of those who were picked, and who matches the search."""
        everybody = list_candidates(self.viewer, self.material, self.picked_ids, self.q.data or "")
        self.picked = [person for person in everybody if person.id in self.picked_ids]
        self.found = [person for person in everybody if person.id not in self.picked_ids and person.id != self.viewer.user_id]
        self.picked_ids = [person.id for person in self.picked]

    def people(self) -> People:
        return People(tuple(self.picked_ids), tuple(self.picked_guests))

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = bool(super().validate(extra_validators))
        self._take_guest()
        self.look_up()
        if not self.fewest <= len(self.people()) <= self.most:
            self.members.errors = [self._count_words()]
        return is_valid and not self._has_guest_fault and not self.members.errors

    _has_guest_fault = False

    def _count_words(self) -> str:
        if self.asked:
            return _("Choose at least %(fewest)s and at most %(most)s more.", fewest=self.fewest, most=self.most)
        return _("Choose at least %(fewest)s and at most %(most)s reviewers.", fewest=self.fewest, most=self.most)

    def _take_guest(self) -> None:
        """Somebody who is typed but not added yet counts as added: nobody should be lost for a button that was not pressed."""
        email, name = self.guest_email.data or "", self.guest_name.data or ""
        if not email and not name:
            return
        fault = self._guest_fault(email, name)
        if fault:
            self._has_guest_fault = True
            field = self.guest_name if not name else self.guest_email
            field.errors = [fault]
            return
        member = find_candidate(self.viewer, self.material, email)
        if member is None:
            self.picked_guests.append(Invited(email, name, self.guest_language.data))
        elif member not in self.picked_ids:
            self.picked_ids.append(member)
        self.guest_email.data = self.guest_name.data = ""

    def _guest_fault(self, email: str, name: str) -> str:
        if not name:
            return _("Write the person's name: the letter begins with it.")
        if len(name) > 160:
            return _("Shorten the name to 160 characters.")
        if not ADDRESS.fullmatch(email) or len(email) > 254:
            return _("Write the e-mail address in the form name@organisation.example")
        if any(guest.email == email for guest in self.picked_guests):
            return _("This address is on the list already.")
        if self.is_full:
            return self._count_words()
        return find_fault(self.viewer, self.material, email)


class StartForm(PeopleForm):
    due = DateField(_l("Deadline"), [InputRequired(_l("Choose a deadline."))])
    sections = TextAreaField(_l("Parts to comment on"), [Optional()], filters=[_strip])
    questions = TextAreaField(
        _l("What do you want to know?"),
        [Optional(), Length(max=4000, message=_l("Shorten the text to 4,000 characters."))],
        filters=[_strip],
    )

    def section_list(self) -> list[str]:
        return [line for line in map(one_line, (self.sections.data or "").splitlines()) if line]

    def validate_due(self, field: DateField) -> None:
        check_due(field.data)

    def validate_sections(self, _field: TextAreaField) -> None:
        lines = self.section_list()
        if len(lines) > MOST_SECTIONS:
            raise ValidationError(_("Name at most %(most)s parts.", most=MOST_SECTIONS))
        if any(len(line) > LONGEST_SECTION for line in lines):
            raise ValidationError(_("Shorten each part's name to %(most)s characters.", most=LONGEST_SECTION))
        if len(set(lines)) < len(lines):
            raise ValidationError(_("Two parts have the same name."))


class ExtendForm(FlaskForm):  # type: ignore[misc]
    due = DateField(_l("New deadline"), [InputRequired(_l("Choose a deadline."))])

    def __init__(self, now: date, **more: Any) -> None:
        super().__init__(**more)
        self._now = now

    def validate_due(self, field: DateField) -> None:
        check_due(field.data)
        if field.data <= self._now:
            raise ValidationError(_("Choose a day after the present deadline."))


class CloseForm(FlaskForm):  # type: ignore[misc]
    outcome = TextAreaField(
        _l("What did the pilot change?"),
        [Optional(), Length(max=4000, message=_l("Shorten the text to 4,000 characters."))],
        filters=[_strip],
    )


class AnswersForm(FlaskForm):  # type: ignore[misc]
    """An answer for each comment, in one form, so that nothing half-written is lost when another one is saved."""

    @classmethod
    def of(cls, comments: Iterable[PilotComment], **more: Any) -> "AnswersForm":
        """The form for these comments; those that have an answer come with it."""
        fields: dict[str, Any] = {}
        for comment in comments:
            fields |= _answer_fields(comment)
        form: AnswersForm = type("AnswersForm", (cls,), fields)(**more)
        form.comments = list(comments)
        return form

    comments: list[PilotComment] = []

    def parts(self, comment: PilotComment) -> tuple[Any, Any, Any]:
        """The fields of one comment: what becomes of it, the words, and the mark of how it was when it was shown."""
        return self[f"handling_{comment.id}"], self[f"words_{comment.id}"], self[f"seen_{comment.id}"]

    def answers(self) -> list[tuple[PilotComment, Handling, str]]:
        """What is to be saved: filled in now, or different from before."""
        found = []
        for comment in self.comments:
            handling, words, _seen = self.parts(comment)
            was = comment.handling.value if comment.handling else None
            if handling.data and (handling.data != was or words.data != comment.answer or comment.waits):
                found.append((comment, Handling(handling.data), words.data))
        return found

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = bool(super().validate(extra_validators))
        for comment in self.comments:
            handling, words, seen = self.parts(comment)
            is_touched = bool(handling.data or words.data)
            if is_touched and words.data and not handling.data:
                handling.errors = [_("Choose what becomes of the comment.")]
                is_valid = False
            if is_touched and seen.data != comment.seen and self._differs(comment):
                words.errors = [
                    _("The comment or its answer has changed meanwhile. Compare, then save again: your answer replaces the other.")
                ]
                is_valid = False
            seen.data = comment.seen
        return is_valid

    def _differs(self, comment: PilotComment) -> bool:
        handling, words, _seen = self.parts(comment)
        return (handling.data, words.data) != (comment.handling.value if comment.handling else None, comment.answer)


def check_due(day: date | None) -> None:
    """A deadline lies between tomorrow and four months ahead."""
    if day is None or not clock.today() < day <= clock.today() + LONGEST:
        raise ValidationError(_("Choose a deadline from tomorrow on, at most four months ahead."))


def _answer_fields(comment: PilotComment) -> dict[str, Any]:
    choices = [SelectChoice(handling.value, words) for handling, (words, _kind, _icon) in HANDLINGS.items()]
    limit = Length(max=4000, message=_l("Shorten the text to 4,000 characters."))
    return {
        f"handling_{comment.id}": RadioField(
            _l("What becomes of it?"), [Optional()], choices=choices, default=comment.handling.value if comment.handling else None
        ),
        f"words_{comment.id}": TextAreaField(_l("Answer"), [limit], default=comment.answer, filters=[_strip]),
        f"seen_{comment.id}": HiddenField(default=comment.seen),
    }


def _unpack(text: str) -> Invited | None:
    language, _space, rest = text.partition(" ")
    email, _space, name = rest.partition(" ")
    email, name = _address(email), _line(name)
    if language not in LANGUAGES or not ADDRESS.fullmatch(email) or not 0 < len(name) <= 160 or len(email) > 254:
        return None
    return Invited(email, name, language)
