"""What may be typed."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, Field, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp, ValidationError

from extranet.core import clock
from extranet.core.i18n import gettext as _
from extranet.core.i18n import lazy_gettext as _l
from extranet.core.text import one_line
from extranet.organisations.models import AppointmentKind, OrganisationKind
from extranet.organisations.words import APPOINTMENTS, KINDS, LANGUAGES

EMAIL = r"^[^@\s]+@[^@\s]+\.[^@\s.]+$"


def _line(text: str | None) -> str:
    return one_line(text or "")


def _strip(text: str | None) -> str:
    return (text or "").strip()


def _number(text: Any) -> int | None:
    return int(text) if str(text or "").isdigit() else None


def _offered(field: Field) -> set[int | None]:
    """The numbers that the select has."""
    return {_number(choice.value) for choice in field.choices} - {None}


def _short(limit: int) -> Length:
    return Length(max=limit, message=_l("Shorten this to %(max)d characters."))


class DayField(DateField):  # type: ignore[misc]
    """A date whose refusal says how to write it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Choose a day, or write it in the form 2026-01-31.")) from None


class ProposeForm(FlaskForm):  # type: ignore[misc]
    kind = RadioField(
        _l("Task"), choices=[SelectChoice(kind.value, label) for kind, label in APPOINTMENTS.items()], default=AppointmentKind.PRIMARY.value
    )
    person_id = SelectField(_l("Person"), coerce=_number, validate_choice=False)
    first_name = StringField(_l("First name"), [_short(80)], filters=[_line])
    last_name = StringField(_l("Last name"), [_short(80)], filters=[_line])
    email = StringField(
        _l("E-mail"),
        [Optional(), _short(254), Regexp(EMAIL, message=_l("Write the e-mail in the form name@organisation.example."))],
        filters=[_line],
    )
    job_title = StringField(_l("Job title"), [_short(160)], filters=[_line])
    scope = StringField(_l("Area of responsibility"), [_short(160)], filters=[_line])
    starts_on = DayField(_l("First day"), [InputRequired(_l("Choose the first day."))], default=clock.today)
    ends_on = DayField(_l("Last day"), [Optional()])
    decision_ref = StringField(_l("Decision"), [_short(160)], filters=[_line])
    is_lead = BooleanField(_l("Is asked first, if there are several contact persons"))
    declares_independent = BooleanField(
        _l("The person works in a leading or independent position."), [InputRequired(_l("Confirm the position of the person."))]
    )
    declares_not_shop_steward = BooleanField(
        _l("The person is not a shop steward."), [InputRequired(_l("Confirm that the person is not a shop steward."))]
    )

    def validate_person_id(self, field: Field) -> None:
        if field.data is None and not self.email.data:
            raise ValidationError(_("Choose a person, or write the name and e-mail of a new one."))
        if field.data is not None and field.data not in _offered(field):
            raise ValidationError(_("Choose a person from the list."))

    def validate_first_name(self, field: Field) -> None:
        if self.person_id.data is None and self.email.data and not (field.data and self.last_name.data):
            raise ValidationError(_("Write the first and last name of the new person."))

    def validate_job_title(self, field: Field) -> None:
        if self.person_id.data is None and self.email.data and not field.data:
            raise ValidationError(_("Write the job title: it shows the position."))

    def validate_ends_on(self, field: Field) -> None:
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_("The last day is before the first one."))


class ConfirmForm(FlaskForm):  # type: ignore[misc]
    is_lead = BooleanField(_l("Is asked first, if there are several contact persons"))


class RejectForm(FlaskForm):  # type: ignore[misc]
    reason = TextAreaField(
        _l("Reason"), [DataRequired(_l("Write a reason. The person and the proposer will see it.")), _short(400)], filters=[_strip]
    )


class EndForm(FlaskForm):  # type: ignore[misc]
    ends_on = DayField(_l("Last day"), [InputRequired(_l("Choose the last day."))], default=clock.today)
    reason = TextAreaField(_l("Reason"), [DataRequired(_l("Write a reason, for instance a change of job.")), _short(400)], filters=[_strip])


class MoveForm(FlaskForm):  # type: ignore[misc]
    organisation_id = SelectField(_l("New organisation"), coerce=_number, validate_choice=False)

    def validate_organisation_id(self, field: Field) -> None:
        if field.data not in _offered(field):
            raise ValidationError(_("Choose an organisation."))


class ChangeForm(FlaskForm):  # type: ignore[misc]
    name_fi = StringField(_l("In Finnish"), [_short(160)], filters=[_line])
    name_sv = StringField(_l("In Swedish"), [_short(160)], filters=[_line])
    kind = SelectField(
        _l("Kind"), choices=[SelectChoice(kind.value, label) for kind, label in KINDS.items()], default=OrganisationKind.MUNICIPALITY.value
    )
    languages = SelectField(_l("Languages"), choices=[SelectChoice(value.value, label) for value, label in LANGUAGES.items()])
    region_fi = StringField(_l("In Finnish"), [_short(80)], filters=[_line])
    region_sv = StringField(_l("In Swedish"), [_short(80)], filters=[_line])
    business_id = StringField(_l("Business ID"), [_short(9)], filters=[_line])
    member_employer = BooleanField(_l("Member employer: names contact persons"))
    parent_id = SelectField(_l("Belongs to the group of"), coerce=_number, validate_choice=False)
    active_from = DayField(_l("Begins"), [Optional()])
    active_until = DayField(_l("Ends"), [Optional()])
    successor_id = SelectField(_l("Continued by"), coerce=_number, validate_choice=False)
    email_domains = StringField(_l("E-mail domains"), [_short(400)], filters=[_line])

    def validate_name_fi(self, field: Field) -> None:
        if not (field.data or self.name_sv.data):
            raise ValidationError(_("Write the name in Finnish or in Swedish."))

    def validate_active_until(self, field: Field) -> None:
        if field.data and self.active_from.data and field.data < self.active_from.data:
            raise ValidationError(_("The last day is before the first one."))

    def validate_parent_id(self, field: Field) -> None:
        if field.data is not None and field.data not in _offered(field):
            raise ValidationError(_("Choose an organisation."))

    validate_successor_id = validate_parent_id


class AddForm(ChangeForm):
    code = StringField(
        _l("Code"),
        [
            InputRequired(_l("Write a code.")),
            _short(16),
            Regexp(r"^[A-Za-z0-9-]+$", message=_l("A code has letters, numbers and hyphens only.")),
        ],
        filters=[_line],
    )
