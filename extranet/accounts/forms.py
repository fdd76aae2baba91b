"""What may be typed at the door."""

import re
from typing import Any

from flask_wtf import FlaskForm
from wtforms import EmailField, Field, HiddenField, PasswordField, RadioField, SelectChoice, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length

from extranet.accounts.passwords import LONGEST, why_weak
from extranet.core.i18n import LANGUAGES
from extranet.core.i18n import gettext as _
from extranet.core.i18n import lazy_gettext as _l
from extranet.core.settings import get_setting
from extranet.core.text import one_line

LANGUAGE_CHOICES = [SelectChoice(code, name) for code, name in LANGUAGES.items()]


def clean(value: str | None) -> str:
    return one_line(value or "")


def clean_email(value: str | None) -> str:
    return one_line(value or "").replace(" ", "").lower()


def email_shape(_form: Any, field: Field) -> None:
    """One @ with something on both sides; whether the mailbox exists, a letter tells."""
    if not re.fullmatch(r"[^@\s<>\",;]+@[^@\s<>\",;]+\.[^@\s<>\",;.]+", field.data or ""):
        raise ValidationError(_("Write the e-mail address in the form name@organisation.example"))


class SignInForm(FlaskForm):  # type: ignore[misc]
    email = EmailField(_l("E-mail"), [DataRequired(_l("Write your e-mail address")), Length(max=254)], filters=[clean_email])
    password = PasswordField(_l("Password"), [InputRequired(_l("Write your password")), Length(max=LONGEST)])
    next = HiddenField()


class AskLinkForm(FlaskForm):  # type: ignore[misc]
    email = EmailField(_l("E-mail"), [DataRequired(_l("Write your e-mail address")), email_shape, Length(max=254)], filters=[clean_email])


class RequestForm(FlaskForm):  # type: ignore[misc]
    email = EmailField(
        _l("Work e-mail"), [DataRequired(_l("Write your e-mail address")), email_shape, Length(max=254)], filters=[clean_email]
    )
    first_name = StringField(_l("First name"), [DataRequired(_l("Write your first name")), Length(max=80)], filters=[clean])
    last_name = StringField(_l("Last name"), [DataRequired(_l("Write your last name")), Length(max=80)], filters=[clean])
    organisation = StringField(_l("Organisation"), [DataRequired(_l("Write where you work")), Length(max=160)], filters=[clean])
    job_title = StringField(_l("Job title"), [Length(max=160)], filters=[clean])
    message = TextAreaField(_l("What do you need the account for?"), [Length(max=800)], filters=[lambda v: (v or "").strip()])


class NewPasswordForm(FlaskForm):  # type: ignore[misc]
    """A password that passes the policy. `about`: whose it will be."""

    password = PasswordField(_l("New password"), [InputRequired(_l("Write a new password"))])

    def __init__(self, *about: str, **more: Any) -> None:
        super().__init__(**more)
        self.about = [*about, *get_setting("service_name").values()]

    def validate_password(self, field: Field) -> None:
        if why := why_weak(field.data or "", [*self.about, *self._typed_names()]):
            raise ValidationError(why)

    def _typed_names(self) -> list[str]:
        return []


class ResetForm(NewPasswordForm):
    pass


class InvitationForm(NewPasswordForm):
    first_name = StringField(_l("First name"), [DataRequired(_l("Write your first name")), Length(max=80)], filters=[clean])
    last_name = StringField(_l("Last name"), [DataRequired(_l("Write your last name")), Length(max=80)], filters=[clean])
    language = RadioField(_l("Language of the pages and letters"), choices=LANGUAGE_CHOICES)
    password = PasswordField(_l("Password"), [InputRequired(_l("Write a new password"))])

    def _typed_names(self) -> list[str]:
        return [self.first_name.data or "", self.last_name.data or ""]
