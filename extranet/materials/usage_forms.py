"""What may be typed before names are shown."""

from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from extranet.core.i18n import lazy_gettext as _l


class LookForm(FlaskForm):  # type: ignore[misc]
    reason = TextAreaField(
        _l("Reason"),
        [
            DataRequired(_l("Write a reason. It is kept in the log.")),
            Length(max=1000, message=_l("Shorten the reason to 1,000 characters.")),
        ],
        filters=[lambda text: (text or "").strip()],
        render_kw={"rows": 3},
    )
