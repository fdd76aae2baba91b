"""What may be typed: the choice of letters."""

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice
from wtforms.validators import InputRequired

from extranet.core.i18n import lazy_gettext as _l
from extranet.notifications.models import Letters


class SettingsForm(FlaskForm):  # type: ignore[misc]
    letters = RadioField(
        _l("Letters by e-mail"),
        choices=[
            SelectChoice(Letters.ALL.value, _l("A letter of everything new in my networks")),
            SelectChoice(Letters.DIRECT.value, _l("Only of what concerns me directly")),
            SelectChoice(Letters.NONE.value, _l("No letters")),
        ],
        validators=[InputRequired(_l("Choose which letters you want."))],
    )
