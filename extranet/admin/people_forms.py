"""What administrators type about people."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, EmailField, RadioField, SelectChoice, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.core import Field
from wtforms.validators import DataRequired, Length, Optional

from extranet.accounts.models import Grant, Side
from extranet.accounts.words import GRANTS, SIDES
from extranet.core import clock
from extranet.core.i18n import LANGUAGES
from extranet.core.i18n import gettext as _
from extranet.core.i18n import lazy_gettext as _l
from extranet.core.text import one_line

SIDE_CHOICES = [SelectChoice(side.value, words) for side, words in SIDES.items()]


def clean(value: str | None) -> str:
    return one_line(value or "")


def number_or_none(value: str | None) -> int | None:
    return int(value) if value else None


def _choices(pairs: list[tuple[int, str]]) -> list[SelectChoice]:
    return [SelectChoice(str(value), label) for value, label in pairs]


class InviteForm(FlaskForm):  # type: ignore[misc]
    email = EmailField(_l("E-mail"), [DataRequired(_l("Write the e-mail address")), Length(max=254)], filters=[clean])
    first_name = StringField(_l("First name"), [DataRequired(_l("Write the first name")), Length(max=80)], filters=[clean])
    last_name = StringField(_l("Last name"), [DataRequired(_l("Write the last name")), Length(max=80)], filters=[clean])
    organisation = SelectField(_l("Organisation"), coerce=number_or_none)
    job_title = StringField(_l("Job title"), [Length(max=160)], filters=[clean])
    side = RadioField(_l("Represents at work"), choices=SIDE_CHOICES, default=Side.EMPLOYER.value, coerce=Side)
    language = RadioField(
        _l("Language of the pages and letters"), choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()], default="fi"
    )

    def __init__(self, organisations: list[tuple[int, str]], **more: Any) -> None:
        super().__init__(**more)
        self.organisation.choices = [SelectChoice("", _("No organisation")), *_choices(organisations)]

    def validate_email(self, field: Field) -> None:
        name, at, domain = (field.data or "").partition("@")
        if not (name and at and "." in domain.strip(".")) or " " in field.data:
            raise ValidationError(_("Write the e-mail address in the form name@organisation.example"))


class ApproveForm(FlaskForm):  # type: ignore[misc]
    organisation = SelectField(_l("Organisation"), coerce=number_or_none)
    side = RadioField(_l("Represents at work"), choices=SIDE_CHOICES, default=Side.EMPLOYER.value, coerce=Side)

    def __init__(self, organisations: list[tuple[int, str]], **more: Any) -> None:
        super().__init__(**more)
        self.organisation.choices = [SelectChoice("", _("No organisation")), *_choices(organisations)]


class DeclineForm(FlaskForm):  # type: ignore[misc]
    reason = TextAreaField(
        _l("Reason"), [DataRequired(_l("Write why; the person reads it")), Length(max=1000)], filters=[lambda v: (v or "").strip()]
    )


class GrantForm(FlaskForm):  # type: ignore[misc]
    role = SelectField(_l("Role"), choices=[SelectChoice(g.value, w) for g, w in GRANTS.items()], coerce=Grant)
    organisation = SelectField(_l("Organisation, for its main user"), coerce=number_or_none)
    valid_until = DateField(_l("Last day"), [Optional()])

    def __init__(self, organisations: list[tuple[int, str]], **more: Any) -> None:
        super().__init__(**more)
        self.organisation.choices = [SelectChoice("", "–"), *_choices(organisations)]

    def validate_organisation(self, field: Field) -> None:
        if (self.role.data == Grant.ORG_ADMIN) != (field.data is not None):
            raise ValidationError(_("Choose the organisation for its main user; other roles hold everywhere."))

    def validate_valid_until(self, field: Field) -> None:
        if field.data and field.data < clock.today():
            raise ValidationError(_("The last day must be today or later."))


class SuspendForm(FlaskForm):  # type: ignore[misc]
    reason = TextAreaField(
        _l("Reason"), [DataRequired(_l("Write why; the audit log keeps it")), Length(max=1000)], filters=[lambda v: (v or "").strip()]
    )
