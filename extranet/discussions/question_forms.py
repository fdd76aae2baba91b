"""What may be typed when a question is handed to an expert."""

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from extranet.core.i18n import gettext as _
from extranet.core.i18n import lazy_gettext as _l
from extranet.core.text import one_line


class HandForm(FlaskForm):  # type: ignore[misc]
    expert = RadioField(_l("Expert"), [InputRequired(_l("Choose an expert from the list."))], coerce=int)
    words = TextAreaField(
        _l("A word to the expert"),
        [Length(max=300, message=_l("Shorten the text to 300 characters."))],
        filters=[lambda text: one_line(text or "")],
    )

    def __init__(self, experts: Sequence[Any]) -> None:
        super().__init__()
        outside = _("not a member of this network")
        self.expert.choices = [(row.id, row.name if row.reads else f"{row.name} ({outside})") for row in experts]
