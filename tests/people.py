"""Who plays in the tests: the demo's cast, by the names of the demo accounts."""

import secrets

from flask import Flask
from flask.testing import FlaskClient

from extranet.accounts.models import AuthSession
from extranet.accounts.tokens import LIFETIME, hash_token
from extranet.core import clock
from extranet.core.db import db

# The columns of the permission table, in this order.
ROLES = ("visitor", "newcomer", "member", "staff", "contact", "deputy", "orgadmin", "moderator", "expert", "admin", "dpo")


def sign_in_quietly(client: FlaskClient, app: Flask, user_id: int) -> None:
    """Give the client a session of that person without going through the sign-in page."""
    token = secrets.token_urlsafe(16)
    with app.app_context():
        now = clock.now()
        db.session.add(
            AuthSession(token_hash=hash_token(token), user_id=user_id, created_at=now, last_seen_at=now, expires_at=now + LIFETIME)
        )
        db.session.commit()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True
        cookie["touched"] = int(clock.now().timestamp())
