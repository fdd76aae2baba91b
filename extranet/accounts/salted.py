"""Secret addresses that their owner may copy again. A token is made from a row's salt and the secret key, so the database alone gives
none away; what is looked for is the token's hash."""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256

from flask import current_app

from extranet.accounts.tokens import hash_token


def make_token(kind: str, salt: str) -> str:
    """The token that belongs to a salt: 256 bits that nobody guesses without the secret key. Each kind of link has tokens of its own."""
    return _make(kind, salt, current_app.config["SECRET_KEY"])


def is_hash_of(token: str, token_hash: str) -> bool:
    """Whether the token is the one whose hash is kept, compared in constant time."""
    return hmac.compare_digest(hash_token(token), token_hash)


def find_token(kind: str, salt: str, token_hash: str) -> str | None:
    """The token whose hash is kept; None where the secret key has been changed and forgotten since."""
    keys = (current_app.config["SECRET_KEY"], *current_app.config["SECRET_KEY_FALLBACKS"])
    return next((token for key in keys if is_hash_of(token := _make(kind, salt, key), token_hash)), None)


def _make(kind: str, salt: str, key: str) -> str:
    digest = hmac.new(key.encode(), f"{kind}:{salt}".encode(), sha256).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")
