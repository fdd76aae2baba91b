"""The secret addresses of feeds. A token is made from the row and the secret key, so its owner can copy it again, and the database
alone gives none away; what is looked for is the token's hash."""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256

from flask import current_app

from extranet.accounts.tokens import hash_token
from extranet.calendars.models import Feed


def make_token(salt: str) -> str:
    """The token that belongs to a salt: 256 bits that nobody guesses without the secret key."""
    return _make(salt, current_app.config["SECRET_KEY"])


def address_of(feed: Feed) -> str | None:
    """The feed's full address; None where the secret key has been changed and forgotten since."""
    for key in (current_app.config["SECRET_KEY"], *current_app.config["SECRET_KEY_FALLBACKS"]):
        token = _make(feed.salt, key)
        if hmac.compare_digest(hash_token(token), feed.token_hash):
            return f"{current_app.config['BASE_URL']}/calendars/feed/{token}.ics"
    return None


def _make(salt: str, key: str) -> str:
    digest = hmac.new(key.encode(), f"calendar:{salt}".encode(), sha256).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")
