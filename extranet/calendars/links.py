"""The secret addresses of feeds; see accounts.salted."""

from flask import current_app

from extranet.accounts import salted
from extranet.calendars.models import Feed

KIND = "calendar"


def make_token(salt: str) -> str:
    """The token that belongs to a salt."""
    return salted.make_token(KIND, salt)


def address_of(feed: Feed) -> str | None:
    """The feed's full address; None where the secret key has been changed and forgotten since."""
    token = salted.find_token(KIND, feed.salt, feed.token_hash)
    return f"{current_app.config['BASE_URL']}/calendars/feed/{token}.ics" if token else None
