"""How the letter of a notification looks: a package may write its own for its things, or say that it may not go after all."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from extranet.core.viewer import Viewer
from extranet.notifications.models import Notification


@dataclass(frozen=True)
class Form:
    """The template, and what the mail program is told.

    reply_to: the address that takes an answer. unsubscribe: where one press stops such letters. conversation: what belongs together.
    """

    template: str = "notifications/mail/notice"
    reply_to: str = ""
    unsubscribe: str = ""
    conversation: str = ""
    context: dict[str, Any] = field(default_factory=dict)


Maker = Callable[[Viewer, str, int, dict[str, Any]], "Form | None"]
_makers: dict[str, Maker] = {}


def letter(table: str) -> Callable[[Maker], Maker]:
    """Register `form(reader, kind, thing_id, params)` for letters about the rows of `table`; None: the letter may not go.

    Asked when the letter is written and again when it is sent. Belongs into the package's `tasks.py`.
    """

    def register(form: Maker) -> Maker:
        _makers[table] = form
        return form

    return register


def form_of(reader: Viewer, notification: Notification) -> Form | None:
    """The form of a notification's letter; None if there may be none."""
    maker = _makers.get(notification.about or "")
    return maker(reader, notification.kind, notification.about_id or 0, notification.params) if maker else Form()
