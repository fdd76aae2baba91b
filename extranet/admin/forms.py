"""What may be typed."""

import re

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, Field, RadioField, SelectChoice, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, Regexp, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from extranet.admin.import_tables import MAX_BYTES
from extranet.admin.imports import preview
from extranet.billing.checks import is_valid_iban
from extranet.core.errors import Refused
from extranet.core.i18n import LANGUAGES
from extranet.core.i18n import gettext as _
from extranet.core.i18n import lazy_gettext as _l
from extranet.core.text import one_line
from extranet.organisations.business_id import is_valid_business_id


def _line(text: str | None) -> str:
    return one_line(text or "")


def _code(text: str | None) -> str:
    return "".join(one_line(text or "").split()).upper()


def _named(limit: int) -> list[object]:
    return [Length(max=limit, message=_l("Shorten this to %(max)d characters."))]


class SettingsForm(FlaskForm):  # type: ignore[misc]
    service_name_fi = StringField(_l("In Finnish"), _named(60), filters=[_line])
    service_name_sv = StringField(_l("In Swedish"), _named(60), filters=[_line])
    service_name_en = StringField(_l("In English"), _named(60), filters=[_line])
    service_owner_fi = StringField(_l("In Finnish"), _named(120), filters=[_line])
    service_owner_sv = StringField(_l("In Swedish"), _named(120), filters=[_line])
    service_owner_en = StringField(_l("In English"), _named(120), filters=[_line])
    service_email = StringField(
        _l("Contact e-mail"),
        [
            InputRequired(_l("Write the e-mail in the form name@organisation.example.")),
            Regexp(r"^[^@\s]+@[^@\s]+\.[^@\s.]+$", message=_l("Write the e-mail in the form name@organisation.example.")),
            Length(max=254),
        ],
        filters=[_line],
    )
    seller_name = StringField(_l("Sender's name"), _named(70), filters=[_line])
    seller_business_id = StringField(_l("Business ID"), _named(20), filters=[_line])
    seller_iban = StringField(_l("Account number (IBAN)"), _named(40), filters=[_code])
    seller_bic = StringField(_l("Bank's code (BIC)"), filters=[_code])
    seller_einvoice_address = StringField(_l("E-invoice address"), _named(35), filters=[_code])
    seller_operator_code = StringField(_l("Operator code"), _named(35), filters=[_code])
    languages = SelectMultipleField(
        _l("Languages of the interface"),
        choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )

    def validate_service_name_fi(self, field: Field) -> None:
        if not (field.data or self.service_name_sv.data or self.service_name_en.data):
            raise ValidationError(_("Write the name in one language at least."))

    def validate_seller_business_id(self, field: Field) -> None:
        if field.data and not is_valid_business_id(field.data):
            raise ValidationError(_("Check the business ID: it has the form 1234567-8, and its last digit must agree with the others."))

    def validate_seller_iban(self, field: Field) -> None:
        if field.data and not is_valid_iban(field.data):
            raise ValidationError(_("Check the account number: its check digits do not match."))

    def validate_seller_bic(self, field: Field) -> None:
        if field.data and not re.fullmatch(r"[A-Z0-9]{8}([A-Z0-9]{3})?", field.data):
            raise ValidationError(_("The bank's code has 8 or 11 letters and digits."))

    def validate_languages(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(_("Choose at least one language."))


class ImportForm(FlaskForm):  # type: ignore[misc]
    kind = RadioField(
        _l("What does the file hold?"),
        choices=[SelectChoice("organisations", _l("Organisations")), SelectChoice("people", _l("People"))],
        default="people",
    )
    file = FileField(_l("File"), [FileRequired(_l("Choose a file."))])

    def validate_file(self, field: Field) -> None:
        """What is no table is said at the field, before anything is kept."""
        if self.kind.errors:
            return
        content = field.data.read(MAX_BYTES + 1)
        field.data.seek(0)
        try:
            preview(self.kind.data, content)
        except Refused as why:
            raise ValidationError(str(why)) from why


class ApplyForm(FlaskForm):  # type: ignore[misc]
    skip_refused = BooleanField(_l("Leave the refused rows out and write the others"))
    invite = BooleanField(_l("Send an invitation letter to each new person"))
