"""What may be typed into one's own account."""

from flask_wtf import FlaskForm
from wtforms import PasswordField, RadioField, StringField, TelField
from wtforms.validators import DataRequired, InputRequired, Length, Regexp

from extranet.accounts.forms import LANGUAGE_CHOICES, NewPasswordForm, clean
from extranet.core.i18n import lazy_gettext as _l


class EditForm(FlaskForm):  # type: ignore[misc]
    first_name = StringField(_l("First name"), [DataRequired(_l("Write your first name")), Length(max=80)], filters=[clean])
    last_name = StringField(_l("Last name"), [DataRequired(_l("Write your last name")), Length(max=80)], filters=[clean])
    job_title = StringField(_l("Job title"), [Length(max=160)], filters=[clean])
    unit = StringField(_l("Unit"), [Length(max=160)], filters=[clean])
    phone = TelField(
        _l("Phone"),
        [Length(max=40), Regexp(r"^[0-9 +()/-]*$", message=_l("Write the number with digits, for example +358 40 123 4567"))],
        filters=[clean],
    )
    language = RadioField(_l("Language of the pages and letters"), choices=LANGUAGE_CHOICES)


class ChangePasswordForm(NewPasswordForm):
    current = PasswordField(_l("Present password"), [InputRequired(_l("Write your present password"))])
    password = PasswordField(_l("New password"), [InputRequired(_l("Write a new password"))])  # again: errors come in the page's order
