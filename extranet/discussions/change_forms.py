"""What may be typed where a whole thread is changed."""

import re
from collections.abc import Sequence
from typing import Any

from wtforms import RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length

from extranet.core.i18n import lazy_gettext as _l
from extranet.core.text import one_line
from extranet.discussions.forms import ReasonForm

ADDRESS = re.compile(r"(?:.*/discussions/)?([0-9]{1,9})/?(?:[?#].*)?")


def _line(text: str | None) -> str:
    return one_line(text or "")


def _title(label: Any) -> StringField:
    rules = [DataRequired(_l("Write a title.")), Length(max=200, message=_l("Shorten the title to 200 characters."))]
    return StringField(label, rules, filters=[_line])


class RetitleForm(ReasonForm):
    title = _title(_l("Title"))


class MergeForm(ReasonForm):
    """The other thread: one of the latest, or any by its address."""

    into = SelectField(_l("Merge into"), coerce=int, choices=[], default=0)
    address = StringField(_l("Or the address of the discussion"), filters=[_line])

    def __init__(self, candidates: Sequence[Any]) -> None:
        super().__init__()
        self.into.choices = [(0, _l("Choose a discussion")), *((row.id, row.title) for row in candidates)]

    def validate(self, extra_validators: Any = None) -> bool:
        is_good = bool(super().validate(extra_validators))
        if not self.target:
            self.into.errors = [_l("Choose the discussion, or write its address.")]
            return False
        return is_good

    @property
    def target(self) -> int:
        """The chosen thread's number, 0 for none. An address goes before the choice."""
        if self.address.data:
            found = ADDRESS.fullmatch(self.address.data)
            return int(found[1]) if found else 0
        return self.into.data or 0


class SplitForm(ReasonForm):
    """Which replies go, and what the new thread is called."""

    title = _title(_l("Title of the new discussion"))
    which = RadioField(_l("Which messages?"), choices=[], default="chosen")
    posts = SelectMultipleField(_l("Messages"), coerce=int, choices=[])

    def __init__(self, replies: Sequence[Any], which: str = "chosen") -> None:
        super().__init__(which=which)
        self.which.choices = [("chosen", _l("Those ticked below")), ("after", _l("The first one below and all after it"))]
        self.posts.choices = [(row.id, row.author) for row in replies]

    def validate(self, extra_validators: Any = None) -> bool:
        is_good = bool(super().validate(extra_validators))
        if self.which.data == "chosen" and not self.posts.data:
            self.posts.errors = [_l("Choose at least one reply.")]
            return False
        return is_good
