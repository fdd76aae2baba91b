"""The three ways of saying no. No view catches them; the app turns them into pages."""


class NotFound(Exception):
    """It does not exist, or this viewer may not know that it does. 404."""


class NotAllowed(Exception):
    """The viewer may see it but may not do this to it. 403."""


class Refused(Exception):
    """A rule says no. The message is a translated sentence that tells a person what to do. 422."""
