"""What may be typed."""

from datetime import datetime
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from extranet.core import clock
from extranet.core.i18n import gettext as _
from extranet.core.i18n import lazy_gettext as _l
from extranet.core.text import one_line
from extranet.polls.models import MOST_OPTIONS, Poll, PollKind


def _line(text: str | None) -> str:
    return one_line(text or "")


def _strip(text: str | None) -> str:
    return (text or "").strip()


class PollForm(FlaskForm):  # type: ignore[misc]
    question = StringField(
        _l("Question"),
        [DataRequired(_l("Write the question.")), Length(max=300, message=_l("Shorten the text to %(max)d characters."))],
        filters=[_line],
    )
    kind = RadioField(_l("What one chooses"), choices=[], default=PollKind.SINGLE.value)
    options = TextAreaField(_l("Options, one on each line"), filters=[_strip])
    shows_names = BooleanField(_l("Everybody sees who voted for what"))
    closes_on = DateField(_l("Last day to vote"), [Optional()])

    def __init__(self, poll: Poll | None = None) -> None:
        super().__init__(data=_fields(poll) if poll else None)
        self.poll = poll
        self.kind.choices = [(kind.value, kind.label) for kind in PollKind]

    @property
    def lines(self) -> list[str]:
        return [line for raw in (self.options.data or "").splitlines() if (line := one_line(raw))]

    def validate(self, extra_validators: Any = None) -> bool:
        is_good = super().validate(extra_validators)
        fault = ""
        if len(self.lines) < 2:
            fault = _("Write at least two options, one on each line.")
        elif len(self.lines) > MOST_OPTIONS:
            fault = _("Leave at most %(number)s options.", number=MOST_OPTIONS)
        elif len({line.casefold() for line in self.lines}) < len(self.lines):
            fault = _("The same option stands there twice.")
        elif any(len(line) > 200 for line in self.lines):
            fault = _("Shorten each option to 200 characters.")
        if fault:
            self.options.errors = [fault]
        if self.closes_on.data and self.closes_on.data < clock.today():
            self.closes_on.errors = [_("Choose a day that is not over yet.")]
        return bool(is_good) and not self.errors

    def values(self) -> dict[str, Any]:
        """The fields as the poll keeps them; the last day ends at midnight."""
        return {
            "question": self.question.data,
            "kind": PollKind(self.kind.data),
            "options": self.lines,
            "shows_names": self.shows_names.data,
            "closes_at": _end_of(self.closes_on.data),
        }


class OutcomeForm(FlaskForm):  # type: ignore[misc]
    outcome = TextAreaField(
        _l("What came of it"),
        [DataRequired(_l("Write what came of it.")), Length(max=5000, message=_l("Shorten the text to %(max)d characters."))],
        filters=[_strip],
    )


def _end_of(day: Any) -> datetime | None:
    return clock.from_local(day, datetime.max.time().replace(microsecond=0)) if day else None


def _fields(poll: Poll) -> dict[str, Any]:
    return {
        "question": poll.question,
        "kind": poll.kind.value,
        "options": "\n".join(option.label for option in poll.options),
        "shows_names": poll.shows_names,
        "closes_on": clock.local(poll.closes_at).date() if poll.closes_at else None,
    }
