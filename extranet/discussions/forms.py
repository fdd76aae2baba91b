"""What may be typed."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from extranet.core.i18n import current_language, local_plain
from extranet.core.i18n import gettext as _
from extranet.core.i18n import lazy_gettext as _l
from extranet.core.text import one_line
from extranet.discussions.models import ThreadKind
from extranet.discussions.writing_text import MOST_BODY, MOST_MENTIONS, list_mentioned
from extranet.networks.topics import Topic

KINDS = {
    ThreadKind.QUESTION: _l("Question"),
    ThreadKind.EXPERIENCE: _l("Experience"),
    ThreadKind.RESOURCE: _l("Resource"),
    ThreadKind.ANNOUNCEMENT: _l("Announcement"),
}
LANGUAGES = {"fi": _l("Finnish"), "sv": _l("Swedish"), "en": _l("English")}


def _strip(text: str | None) -> str:
    return (text or "").strip()


def _line(text: str | None) -> str:
    return one_line(text or "")


def _check_mentions(_form: FlaskForm, field: TextAreaField) -> None:
    if len(list_mentioned(field.data or "")) > MOST_MENTIONS:
        raise ValidationError(_("A message can mention at most %(most)s people. Take some of them out.", most=MOST_MENTIONS))


def _body() -> TextAreaField:
    rules = [
        DataRequired(_l("Write the message first.")),
        Length(max=MOST_BODY, message=_l("Shorten the message to 20,000 characters.")),
        _check_mentions,
    ]
    return TextAreaField(_l("Message"), rules, filters=[_strip])


class ReplyForm(FlaskForm):  # type: ignore[misc]
    body = _body()


class StartForm(FlaskForm):  # type: ignore[misc]
    kind = RadioField(_l("What is it about?"), choices=[], default=ThreadKind.QUESTION.value)
    title = StringField(
        _l("Title"),
        [DataRequired(_l("Write a title.")), Length(max=200, message=_l("Shorten the title to 200 characters."))],
        filters=[_line],
    )
    body = _body()
    language = RadioField(_l("Language of the discussion"), choices=[], default=lambda: current_language())
    is_unnamed = BooleanField(_l("Ask without my name and employer"))
    topics = SelectMultipleField(
        _l("Topics"), [Optional()], coerce=int, option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )

    def __init__(self, topics: list[Topic], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [(kind.value, label) for kind, label in KINDS.items()]
        self.language.choices = list(LANGUAGES.items())
        self.topics.choices = [(topic.id, local_plain(topic.name)) for topic in topics]

    def validate_is_unnamed(self, field: BooleanField) -> None:
        if field.data and self.kind.data != ThreadKind.QUESTION.value:
            raise ValidationError(_("Only a question can be asked without a name."))


class ReasonForm(FlaskForm):  # type: ignore[misc]
    reason = TextAreaField(
        _l("Reason"),
        [
            DataRequired(_l("Write a reason. The author will see it.")),
            Length(max=1000, message=_l("Shorten the reason to 1,000 characters.")),
        ],
        filters=[_strip],
    )


class MoveForm(ReasonForm):
    network_id = SelectField(_l("Move to"), coerce=int)
