"""What may be typed."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, StringField
from wtforms.validators import ValidationError

from extranet.core.i18n import gettext as _
from extranet.core.i18n import lazy_gettext as _l
from extranet.materials.addresses import clean_address, fault_of_address

MAX_URL = 500


class RecordingForm(FlaskForm):  # type: ignore[misc]
    address = StringField(_l("Address of the recording"), filters=[lambda text: clean_address(text or "")])
    has_captions = BooleanField(_l("It has captions"))

    def validate_address(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(_("Write or paste the address of the recording."))
        if len(field.data) > MAX_URL:
            raise ValidationError(_("Shorten this to %(max)d characters.", max=MAX_URL))
        if fault := fault_of_address(field.data):
            raise ValidationError(fault)
