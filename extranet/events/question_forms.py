"""What an organiser may ask."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, TextAreaField
from wtforms.validators import Length, Optional

from extranet.core.i18n import gettext as _
from extranet.core.i18n import lazy_gettext as _l
from extranet.core.text import CONTENT_LANGUAGES, LocalText, one_line
from extranet.events.forms import complain, strip
from extranet.events.question_models import BAR, Question, QuestionKind
from extranet.events.signup_forms import line_field

MAX_OPTIONS, MAX_OPTION = 20, 200


class QuestionForm(FlaskForm):  # type: ignore[misc]
    """A question in one language or two, and how it is answered."""

    label_fi = line_field(_l("Question in Finnish"), 300)
    label_sv = line_field(_l("Question in Swedish"), 300)
    kind = RadioField(_l("Answer"), choices=[], default=QuestionKind.TEXT.value)
    options = TextAreaField(
        _l("What can be chosen"),
        [Optional(), Length(max=MAX_OPTIONS * MAX_OPTION, message=_l("Shorten the text to %(max)d characters."))],
        filters=[strip],
    )
    required = BooleanField(_l("Everybody must answer"))

    def __init__(self, question: Question | None = None) -> None:
        super().__init__(data=_fields(question) if question else None)
        self.kind.choices = [(kind.value, kind.label) for kind in QuestionKind]

    def validate(self, extra_validators: Any = None) -> bool:
        """The words, and two options or more where one is chosen."""
        is_good = super().validate(extra_validators)
        if not (self.label_fi.data or self.label_sv.data):
            complain(self.label_fi, _("Write the question in Finnish or Swedish."))
        if self.kind.data == QuestionKind.CHOICE:
            options = self._options
            if len(options) < 2:
                complain(self.options, _("Write at least two options, each on a line of its own."))
            elif len(options) > MAX_OPTIONS or any(len(option) > MAX_OPTION for option in options):
                complain(self.options, _("Write at most 20 options, each of at most 200 characters."))
        return is_good and not self.errors

    def values(self) -> dict[str, Any]:
        """The fields as the question keeps them."""
        kind = QuestionKind(self.kind.data)
        return {
            "label": LocalText({code: text for code in CONTENT_LANGUAGES if (text := self[f"label_{code}"].data)}),
            "kind": kind,
            "options": self._options if kind == QuestionKind.CHOICE else [],
            "required": self.required.data,
        }

    @property
    def _options(self) -> list[str]:
        lines = (one_line(text) for text in (self.options.data or "").splitlines())
        return list(dict.fromkeys(text for text in lines if text.strip(f" {BAR}")))


def _fields(question: Question) -> dict[str, Any]:
    labels = {f"label_{code}": question.label.get(code, "") for code in CONTENT_LANGUAGES}
    return labels | {"kind": question.kind.value, "options": "\n".join(question.options), "required": question.required}
