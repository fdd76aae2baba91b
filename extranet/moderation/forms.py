"""What may be typed."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.validators import DataRequired, Length

from extranet.core.i18n import lazy_gettext as _l
from extranet.moderation.models import Outcome, Reason


def _strip(text: str | None) -> str:
    return (text or "").strip()


def _words(label: Any, length: int, *rules: Any) -> TextAreaField:
    return TextAreaField(label, [*rules, Length(max=length, message=_l("Shorten the text to %(max)d characters."))], filters=[_strip])


class ReportForm(FlaskForm):  # type: ignore[misc]
    why = RadioField(_l("What is wrong with the message?"), [DataRequired(_l("Choose what is wrong."))], choices=[])
    words = _words(_l("Tell more, if you like"), 1000)

    def __init__(self) -> None:
        super().__init__()
        self.why.choices = [(reason.value, reason.label) for reason in Reason]

    def validate(self, extra_validators: Any = None) -> bool:
        is_good = super().validate(extra_validators)
        if is_good and self.why.data == Reason.OTHER and not self.words.data:
            self.words.errors = [_l("Tell in your own words what is wrong.")]
            return False
        return bool(is_good)


class DecideForm(FlaskForm):  # type: ignore[misc]
    outcome = RadioField(_l("Decision"), [DataRequired(_l("Choose the decision."))], choices=[])
    reason = _words(_l("Reasons"), 2000, DataRequired(_l("Write the reasons. The author and those who reported the message read them.")))

    def __init__(self) -> None:
        super().__init__()
        self.outcome.choices = [(outcome.value, outcome.label) for outcome in Outcome]


class TurnDownForm(FlaskForm):  # type: ignore[misc]
    reason = _words(_l("Reason"), 1000, DataRequired(_l("Write a reason. The author will see it.")))


class TakeOverForm(FlaskForm):  # type: ignore[misc]
    reason = _words(_l("A word to whoever has it"), 1000, DataRequired(_l("Write why you take it over. Whoever has it reads it.")))


class AskForm(FlaskForm):  # type: ignore[misc]
    words = _words(_l("Why should it be decided otherwise?"), 2000, DataRequired(_l("Write why it should be decided otherwise.")))
