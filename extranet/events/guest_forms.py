"""What a guest may type, and an organiser who invites guests."""

from datetime import datetime, time
from typing import Any

from flask_wtf import FlaskForm
from wtforms import EmailField, IntegerField, RadioField, StringField
from wtforms.validators import DataRequired, Length, NumberRange, Optional, Regexp

from extranet.core import clock
from extranet.core.i18n import LANGUAGES
from extranet.core.i18n import gettext as _
from extranet.core.i18n import lazy_gettext as _l
from extranet.events.details import Guest
from extranet.events.forms import Day, complain, line
from extranet.events.models import Event
from extranet.events.signup_forms import SHORTEN, SignUpForm, line_field

MAX_GUESTS = 500
ADDRESS = r"^[!-?A-~]+@[!-?A-~]+\.[!-?A-~]+$"  # what mail servers take


def _email_field(*validators: Any, **look: Any) -> EmailField:
    shape = Regexp(ADDRESS, message=_l("Write the whole e-mail address, like name@organisation.example."))
    return EmailField(_l("E-mail"), [*validators, Length(max=254, message=SHORTEN), shape], filters=[line], render_kw=look)


class GuestForm(SignUpForm):
    """The form of signing up, for somebody whom the service does not know."""

    name = StringField(
        _l("Name"), [DataRequired(_l("Write your name.")), Length(max=160, message=SHORTEN)], filters=[line], render_kw={"autocomplete": "name"}
    )  # fmt: skip
    email = _email_field(DataRequired(_l("Write your e-mail address.")), autocomplete="email")
    organisation = line_field(_l("Organisation"), 160)

    def guest(self, language: str) -> Guest:
        """Who signs up."""
        return Guest(self.name.data, self.email.data, self.organisation.data or "", language)


class InvitationForm(FlaskForm):  # type: ignore[misc]
    """A link for one person, who gets a letter, or for several."""

    kind = RadioField(_l("Link"), choices=[], default="person")
    name = line_field(_l("Name"), 160)
    email = _email_field(Optional(), autocomplete="off")
    organisation = line_field(_l("Organisation"), 160)
    language = RadioField(_l("Language of the letter"), choices=[], default="fi")
    guests = IntegerField(
        _l("For how many"), [Optional(), NumberRange(1, MAX_GUESTS, _l("Write a whole number from 1 to 500."))], default=10
    )
    until = Day(_l("In force until"))

    def __init__(self, event: Event) -> None:
        self.event = event
        super().__init__(data={"until": clock.local(event.closes_at).date() if event.closes_at else None})
        self.language.choices = list(LANGUAGES.items())
        self.kind.choices = [("person", _("For one person, by letter")), ("several", _("For several, to copy"))]

    def validate(self, extra_validators: Any = None) -> bool:
        """A person needs name and address, several a number; each link an end that is still to come."""
        is_good = super().validate(extra_validators)
        if self.kind.data == "person":
            for field, words in ((self.name, _("Write the name.")), (self.email, _("Write the e-mail address."))):
                if not field.data:
                    complain(field, words)
        elif not self.guests.data:
            complain(self.guests, _("Write a whole number from 1 to 500."))
        if self.until.data is None:
            complain(self.until, _("Choose the last day."))
        elif self.expires_at <= clock.now():
            complain(self.until, _("Choose a day that is still to come, at the latest the day of the event."))
        return is_good and not self.errors

    @property
    def expires_at(self) -> datetime:
        """The end of the last day, and not past the time until which one can sign up."""
        end = clock.from_local(self.until.data, time(23, 59))
        return min(end, self.event.closes_at) if self.event.closes_at else end

    def guest(self) -> Guest | None:
        """The one person, if it is for one."""
        if self.kind.data != "person":
            return None
        return Guest(self.name.data, self.email.data, self.organisation.data or "", self.language.data)
