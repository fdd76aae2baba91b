"""Sessions are rows. The signed cookie holds one random token; ending the row ends the session at the next request."""

import secrets
from datetime import timedelta

from flask import session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy import update

from extranet.accounts.models import AuthSession
from extranet.accounts.tokens import hash_token
from extranet.core import clock
from extranet.core.db import after_transaction, db

TOUCH = timedelta(minutes=10)


class Principal(UserMixin):  # type: ignore[misc]
    """What Flask-Login carries: the token. Who it is, and with which rights, is the viewer's business."""

    def __init__(self, token: str) -> None:
        self.token = token

    def get_id(self) -> str:
        return self.token


def init_login() -> LoginManager:
    """A LoginManager that takes any token for a principal; the viewer's query then asks whether the session is in force."""
    manager = LoginManager()
    manager.session_protection = None
    manager.user_loader(lambda token: Principal(token))
    return manager


def current_token_hash() -> str | None:
    """The hash of this browser's session token, if its cookie has one."""
    return hash_token(current_user.token) if current_user.is_authenticated else None


def enter(token: str) -> None:
    """From now on this browser carries the token of a new session; nothing of an earlier one is kept."""
    leave()
    login_user(Principal(token))
    session["touched"] = int(clock.now().timestamp())


def leave() -> None:
    """End the session of this browser, if it has one, and forget everything that its cookie held."""
    if token_hash := current_token_hash():
        db.session.execute(
            update(AuthSession).where(AuthSession.token_hash == token_hash, AuthSession.ended_at.is_(None)).values(ended_at=clock.now())
        )
    logout_user()
    session.clear()


def asking_browser() -> str:
    """A random mark in this browser's cookie; a sign-in link works only where it was asked for."""
    if "asked" not in session:
        session["asked"] = secrets.token_urlsafe(16)
    return hash_token(session["asked"])


def is_asking_browser(browser_hash: str | None) -> bool:
    """Whether the link with this mark was asked for in this browser."""
    return browser_hash is not None and "asked" in session and secrets.compare_digest(hash_token(session["asked"]), browser_hash)


def touch(session_id: int) -> None:
    """Note that the session is in use, at most every ten minutes and after the request's own transaction."""
    now = int(clock.now().timestamp())
    if now - session.get("touched", 0) < TOUCH.total_seconds():
        return
    session["touched"] = now

    def note() -> None:
        db.session.execute(update(AuthSession).where(AuthSession.id == session_id).values(last_seen_at=clock.now()))

    after_transaction(note)
