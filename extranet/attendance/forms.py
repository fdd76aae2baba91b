"""What may be typed."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectChoice, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from extranet.core.i18n import gettext as _
from extranet.core.i18n import lazy_gettext as _l

LABELS = {5: _l("5 – very good"), 4: _l("4 – good"), 3: _l("3 – neither good nor bad"), 2: _l("2 – poor"), 1: _l("1 – very poor")}


def _trim(text: str | None) -> str:
    return (text or "").strip()


class FeedbackForm(FlaskForm):  # type: ignore[misc]
    """One number, and words if one likes."""

    rating = RadioField(
        _l("How was the event?"),
        [InputRequired(_l("Choose a number from 1 to 5."))],
        coerce=int,
        choices=[SelectChoice(number, words) for number, words in LABELS.items()],
    )
    text = TextAreaField(
        _l("What was useful, and what should be done differently?"),
        [Length(max=4000, message=_l("Shorten the text to %(max)d characters."))],
        filters=[_trim],
    )
    is_named = BooleanField(_l("The organisers may see my name with this"))


class CorrectForm(FlaskForm):  # type: ignore[misc]
    """One person on a closed list."""

    present = RadioField(_l("Was the person there?"), [InputRequired(_l("Choose one."))])
    reason = TextAreaField(
        _l("Reason"),
        [DataRequired(_l("Write a reason; it is kept with the correction.")), Length(max=500, message=_l("Shorten the text to %(max)d characters."))],
        filters=[_trim],
    )  # fmt: skip

    def __init__(self, is_present: bool) -> None:
        super().__init__(data={"present": "no" if is_present else "yes"})
        self.present.choices = [SelectChoice("yes", _("Was there")), SelectChoice("no", _("Did not come"))]

    @property
    def is_present(self) -> bool:
        return bool(self.present.data == "yes")


class NamesForm(FlaskForm):  # type: ignore[misc]
    """The list of a remote meeting, as it was copied from there."""

    names = TextAreaField(
        _l("Names or e-mail addresses, one on each line"),
        [
            DataRequired(_l("Paste the list here, or mark all remote participants at once.")),
            Length(max=200_000, message=_l("Shorten the text to %(max)d characters.")),
        ],
        filters=[_trim],
    )
