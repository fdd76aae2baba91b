"""What may be typed."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from extranet.core.i18n import lazy_gettext as _l
from extranet.core.text import one_line
from extranet.discussions.models import ThreadKind

KINDS = {
    ThreadKind.QUESTION: _l("Question"),
    ThreadKind.EXPERIENCE: _l("Experience"),
    ThreadKind.RESOURCE: _l("Resource"),
    ThreadKind.ANNOUNCEMENT: _l("Announcement"),
}
MAX_BODY = 20_000


def _strip(text: str | None) -> str:
    return (text or "").strip()


def _line(text: str | None) -> str:
    return one_line(text or "")


def _body() -> TextAreaField:
    rules = [DataRequired(_l("Write the message first.")), Length(max=MAX_BODY, message=_l("Shorten the message to 20,000 characters."))]
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [(kind.value, label) for kind, label in KINDS.items()]


class ReasonForm(FlaskForm):  # type: ignore[misc]
    reason = TextAreaField(
        _l("Reason"),
        [
            DataRequired(_l("Write a reason. The author will see it.")),
            Length(max=1000, message=_l("Shorten the reason to 1,000 characters.")),
        ],
        filters=[_strip],
    )


class PinForm(FlaskForm):  # type: ignore[misc]
    reason = TextAreaField(_l("Reason"), [Length(max=1000, message=_l("Shorten the reason to 1,000 characters."))], filters=[_strip])


class MoveForm(ReasonForm):
    network_id = SelectField(_l("Move to"), coerce=int)
