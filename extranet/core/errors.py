"""The four ways of saying no. No view catches them; the app turns them into pages."""

from datetime import datetime


class NotFound(Exception):
    """It does not exist, or this viewer may not know that it does. 404."""


class NotAllowed(Exception):
    """The viewer may see it but may not do this to it. 403."""


class Refused(Exception):
    """A rule says no. The message is a translated sentence that tells a person what to do. 422."""


class TooMany(Exception):
    """Somebody tries too often, and may again at that moment. 429."""

    def __init__(self, until: datetime) -> None:
        self.until = until


def demand(may: bool, act: str) -> None:
    """NotAllowed unless the viewer may. Views ask before they look at a form, so that no answer to it tells anything; the action asks again."""
    if not may:
        raise NotAllowed(act)
