"""What may be typed about a material."""

from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from extranet.core.i18n import lazy_gettext as _l


def _strip(text: str | None) -> str | None:
    return text.strip() if text is not None else None


class RateForm(FlaskForm):  # type: ignore[misc]
    """The two buttons send `useful` alone; with the comment comes the answer that was given before."""

    useful = RadioField(_l("Was this useful?"), [InputRequired(_l("Choose one of the two."))], choices=[])
    comment = TextAreaField(
        _l("Tell the owner more"),
        [Optional(), Length(max=2000, message=_l("Shorten the comment to 2,000 characters."))],
        filters=[_strip],
        render_kw={"rows": 3},
    )

    def validate(self, extra_validators: object = None) -> bool:
        self.useful.choices = [("yes", ""), ("no", "")]
        return bool(super().validate(extra_validators))

    @property
    def given_comment(self) -> str | None:
        """What was typed; None where the form had no place for it."""
        return str(self.comment.data or "") if self.comment.raw_data else None
