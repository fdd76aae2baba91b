"""What may be typed."""

from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, Field, IntegerField, StringField, TextAreaField, TimeField
from wtforms.validators import DataRequired, Length, NumberRange, Optional, ValidationError

from extranet.core import clock
from extranet.core.i18n import gettext as _
from extranet.core.i18n import lazy_gettext as _l
from extranet.core.text import one_line

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


class Whole(IntegerField):  # type: ignore[misc]
    """A whole number between two; empty keeps what there is."""

    def __init__(self, label: Any, low: int, high: int, **kwargs: Any) -> None:
        self.message = _l("Write a whole number from %(low)s to %(high)s.", low=low, high=high)
        super().__init__(label, [NumberRange(low, high, self.message)], **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([value for value in valuelist if value.strip()])
        except ValueError:
            raise ValueError(str(self.message)) from None


class Number(StringField):  # type: ignore[misc]
    """A number with decimals, as people write it: "1 250,50". `data` is the text, `number` what it says."""

    def __init__(self, label: Any, most: int, **kwargs: Any) -> None:
        self.most = most
        super().__init__(label, [Optional()], filters=[line], render_kw={"inputmode": "decimal", "autocomplete": "off"}, **kwargs)

    @property
    def number(self) -> Decimal:
        """The number; nothing is zero."""
        text = "".join((self.data or "0").split()).removesuffix("€").removesuffix("%").replace(",", ".")
        return Decimal(text)

    def pre_validate(self, form: Any) -> None:
        """Two decimals at most, not below zero."""
        try:
            number = self.number
        except InvalidOperation:
            number = Decimal(-1)
        if not number.is_finite() or not 0 <= number <= self.most or number != round(number, 2):
            raise ValidationError(_("Write a number like this: 120 or 120,50."))


def text(label: Any, length: int, **kwargs: Any) -> StringField:
    """One line of text."""
    return StringField(label, [Length(max=length, message=_l("Shorten the text to %(max)d characters."))], filters=[line], **kwargs)


def long_text(label: Any, length: int = 20_000, **kwargs: Any) -> TextAreaField:
    """Several lines of text."""
    return TextAreaField(label, [Length(max=length, message=_l("Shorten the text to %(max)d characters."))], filters=[strip], **kwargs)


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
