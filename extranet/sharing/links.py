"""The addresses of shares. A token is made from the row and the secret key, so its sharer can copy it again, and the database alone
gives none away; what is looked for is the token's hash."""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256

from flask import current_app

from extranet.accounts.tokens import hash_token
from extranet.sharing.models import Share


def make_token(salt: str) -> str:
    """The token that belongs to a salt: 256 bits that nobody guesses without the secret key."""
    return _make(salt, current_app.config["SECRET_KEY"])


def is_token_of(token: str, share: Share) -> bool:
    """Whether the token is this share's, compared in constant time."""
    return hmac.compare_digest(hash_token(token), share.token_hash)


def address_of(share: Share) -> str | None:
    """The share's full address; None where the secret key has been changed and forgotten since."""
    for key in (current_app.config["SECRET_KEY"], *current_app.config["SECRET_KEY_FALLBACKS"]):
        token = _make(share.salt, key)
        if is_token_of(token, share):
            return f"{current_app.config['BASE_URL']}/shared/{token}"
    return None


def _make(salt: str, key: str) -> str:
    digest = hmac.new(key.encode(), f"share:{salt}".encode(), sha256).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")
