"""What may be typed at the door of a network."""

from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from extranet.core.i18n import lazy_gettext as _l
from extranet.networks.models import Network


def strip(text: str | None) -> str:
    return (text or "").strip()


def choices(labels: Mapping[Any, Any]) -> list[SelectChoice]:
    """The options of a field, from values and their labels."""
    return [SelectChoice(value, label) for value, label in labels.items()]


class JoinForm(FlaskForm):  # type: ignore[misc]
    """Two ticks at most: one's side (S1-21) and the ground rules (S2-08)."""

    declares_employer_side = BooleanField(
        _l("I represent the employer in my organisation"), [InputRequired(_l("Confirm that you represent the employer."))]
    )
    accepts_rules = BooleanField(_l("I accept the ground rules"), [InputRequired(_l("Accept the ground rules first."))])
    message = TextAreaField(
        _l("A few words to the moderators"),
        [Length(max=1000, message=_l("Shorten the message to 1,000 characters."))],
        filters=[strip],
    )

    def __init__(self, network: Network, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not network.employer_only:
            del self.declares_employer_side
        if not network.ground_rules:
            del self.accepts_rules

    @property
    def declares(self) -> bool:
        return bool("declares_employer_side" in self and self.declares_employer_side.data)
