"""What may be typed when an answer is saved as a card."""

from datetime import timedelta
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from extranet.core import clock
from extranet.core.i18n import current_language
from extranet.core.i18n import gettext as _
from extranet.core.i18n import lazy_gettext as _l
from extranet.core.text import CONTENT_LANGUAGES, one_line
from extranet.discussions.models import Post

YEAR = timedelta(days=365)
LANGUAGES = {"fi": _l("Finnish"), "sv": _l("Swedish")}


def _strip(text: str | None) -> str:
    return (text or "").strip()


def _words(label: Any, most: int, message: Any) -> TextAreaField:
    return TextAreaField(label, [DataRequired(message), Length(max=most, message=_l("Shorten the text."))], filters=[_strip])


class CardForm(FlaskForm):  # type: ignore[misc]
    title = StringField(
        _l("Title"),
        [DataRequired(_l("Write a title.")), Length(max=200, message=_l("Shorten the title to 200 characters."))],
        filters=[lambda text: one_line(text or "")],
    )
    question = _words(_l("Question"), 9_000, _l("Write the question."))
    answer = _words(_l("Answer"), 20_000, _l("Write the answer."))
    language = RadioField(_l("Language"), [InputRequired(_l("Choose the language."))], choices=[])
    review_due = DateField(_l("Review by"), [InputRequired(_l("Choose a day by which somebody looks whether it still holds."))])

    def __init__(self, post: Post, question: Post) -> None:
        spoken = post.thread.language if post.thread.language in CONTENT_LANGUAGES else current_language()
        super().__init__(
            data={
                "title": post.thread.title,
                "question": question.body,
                "answer": post.body,
                "language": spoken if spoken in CONTENT_LANGUAGES else "fi",
                "review_due": clock.today() + YEAR,
            }
        )
        self.language.choices = list(LANGUAGES.items())

    def validate_review_due(self, field: DateField) -> None:
        if field.data and not clock.today() < field.data <= clock.today() + 5 * YEAR:
            raise ValidationError(_("Choose a day within the next five years."))
