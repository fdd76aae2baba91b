"""What may be chosen: how much one hears of a thread, or of a network's discussions."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.validators import InputRequired

from extranet.core.i18n import lazy_gettext as _l
from extranet.discussions.following_models import Because, Level

THREAD_LEVELS = {
    Level.WATCH: _l("Watch: every message, by letter too"),
    Level.FOLLOW: _l("Follow: every message, without letters"),
    Level.NORMAL: _l("Normal: only what concerns me, such as when somebody mentions me"),
    Level.MUTE: _l("Mute: nothing, also when somebody mentions me"),
}
NETWORK_LEVELS = {
    Level.WATCH: _l("Watch: every new discussion and every message, by letter too"),
    Level.FOLLOW: _l("Follow: new discussions by letter, every message without letters"),
    Level.NORMAL: _l("Normal: new discussions, and the messages where I have written myself"),
    Level.MUTE: _l("Mute: nothing, also when somebody mentions me, but for discussions that I follow one by one"),
}
SHORT = {Level.WATCH: _l("Watch"), Level.FOLLOW: _l("Follow"), Level.NORMAL: _l("Normal"), Level.MUTE: _l("Mute")}
REASONS = {
    Because.CHOSEN: _l("You chose this for the discussion."),
    Because.MUTED: _l("You have muted the discussions of the network."),
    Because.STARTED: _l("You started the discussion."),
    Because.WROTE: _l("You have written in the discussion."),
    Because.NETWORK: _l("You chose this for all discussions of the network."),
    Because.MEMBER: _l("You are a member of the network and have chosen nothing else."),
}


class FollowForm(FlaskForm):  # type: ignore[misc]
    level = RadioField(_l("How much do you want to hear?"), validators=[InputRequired(_l("Choose how much you want to hear."))])

    def __init__(self, words: dict[Level, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.level.choices = [(level.value, label) for level, label in words.items()]

    @property
    def chosen(self) -> Level:
        """The level that was chosen, once the form is valid."""
        return Level(self.level.data)
