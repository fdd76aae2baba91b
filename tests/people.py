"""Who plays in the tests: the demo's cast, by the names of the demo accounts."""

import secrets

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert

from extranet.accounts.models import AuthSession
from extranet.accounts.tokens import LIFETIME, hash_token
from extranet.core import clock
from extranet.core.db import db

# The columns of the permission table, in this order.
ROLES = ("visitor", "newcomer", "member", "staff", "contact", "deputy", "orgadmin", "moderator", "expert", "admin", "dpo")


def sign_in_quietly(client: FlaskClient, app: Flask, user_id: int) -> None:
    """Give the client a session of that person without going through the sign-in page."""
    sign_in_all({user_id: client}, app)


def sign_in_all(clients: dict[int, FlaskClient], app: Flask) -> None:
    """Give each person's client a session, in one go."""
    now, tokens = clock.now(), {user_id: secrets.token_urlsafe(16) for user_id in clients}
    common = {"created_at": now, "last_seen_at": now, "expires_at": now + LIFETIME, "ip": "", "browser": ""}
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(
            insert(AuthSession), [{"user_id": user_id, "token_hash": hash_token(token)} | common for user_id, token in tokens.items()]
        )
    for user_id, client in clients.items():
        with client.session_transaction() as cookie:
            cookie["_user_id"] = tokens[user_id]
            cookie["_fresh"] = True
            cookie["touched"] = int(now.timestamp())
