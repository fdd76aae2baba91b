"""The secret addresses of shares; see accounts.salted."""

from flask import current_app

from extranet.accounts import salted
from extranet.sharing.models import Share

KIND = "share"


def make_token(salt: str) -> str:
    """The token that belongs to a salt."""
    return salted.make_token(KIND, salt)


def address_of(share: Share) -> str | None:
    """The share's full address; None where the secret key has been changed and forgotten since."""
    token = salted.find_token(KIND, share.salt, share.token_hash)
    return f"{current_app.config['BASE_URL']}/shared/{token}" if token else None
