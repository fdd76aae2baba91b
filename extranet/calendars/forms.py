"""What may be typed."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import RadioField

from extranet.calendars.models import FeedHolds
from extranet.core.i18n import gettext as _
from extranet.core.i18n import lazy_gettext as _l


class HoldsForm(FlaskForm):  # type: ignore[misc]
    holds = RadioField(_l("What the calendar holds"), choices=[])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.holds.choices = [
            (FeedHolds.OWN.value, _("Events for which I have signed up")),
            (FeedHolds.ALL.value, _("Also the other coming events that are meant for me")),
        ]
