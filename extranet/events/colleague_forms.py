"""What may be typed about colleagues."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from extranet.accounts.models import User
from extranet.core.i18n import lazy_gettext as _l
from extranet.events.models import Event


def _choices(people: Sequence[User]) -> list[tuple[int, str]]:
    return [(user.id, f"{user.name}, {user.job_title}" if user.job_title else user.name) for user in people]


class HeirForm(FlaskForm):  # type: ignore[misc]
    """Who takes the place over."""

    user = RadioField(_l("Colleague"), [InputRequired(_l("Choose a colleague."))], coerce=int, choices=[])

    def __init__(self, people: Sequence[User]) -> None:
        super().__init__()
        self.user.choices = _choices(people)


class ColleaguesForm(FlaskForm):  # type: ignore[misc]
    """Whom to sign up, and how they take part."""

    people = SelectMultipleField(
        _l("Colleagues"),
        [InputRequired(_l("Choose at least one colleague."))],
        coerce=int,
        choices=[],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    mode = RadioField(_l("They take part"), choices=[])

    def __init__(self, event: Event, people: Sequence[User]) -> None:
        super().__init__(data={"mode": event.modes[0].value})
        self.people.choices = _choices(people)
        self.mode.choices = [(mode.value, mode.label) for mode in event.modes]
        if len(event.modes) == 1:
            self.mode.data = event.modes[0].value
