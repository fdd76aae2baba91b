"""Sessions are rows. The signed cookie holds one random token; ending the row ends the session at the next request."""

import hashlib
import secrets
from datetime import timedelta

from flask import session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy import select, update

from extranet.accounts.models import AuthSession, User
from extranet.core import clock
from extranet.core.db import after_transaction, db
from extranet.core.text import one_line

LIFETIME = timedelta(days=14)
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


def hash_token(token: str) -> str:
    """What is kept of a token: a random 256-bit value needs no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def current_token_hash() -> str | None:
    """The hash of this browser's session token, if its cookie has one."""
    return hash_token(current_user.token) if current_user.is_authenticated else None


def start_session(user: User, ip: str, browser: str) -> AuthSession:
    """Sign the person in at this browser: a new token, nothing of the earlier session is kept."""
    if old := current_token_hash():
        end_by_hash(old)
    session.clear()
    token = secrets.token_urlsafe(32)
    row = AuthSession(
        token_hash=hash_token(token), user_id=user.id, expires_at=clock.now() + LIFETIME, ip=ip, browser=one_line(browser)[:200]
    )
    db.session.add(row)
    user.last_login_at = clock.now()
    login_user(Principal(token))
    return row


def end_session_here() -> None:
    """Sign out at this browser."""
    if token_hash := current_token_hash():
        end_by_hash(token_hash)
    logout_user()
    session.clear()


def end_by_hash(token_hash: str) -> None:
    db.session.execute(
        update(AuthSession).where(AuthSession.token_hash == token_hash, AuthSession.ended_at.is_(None)).values(ended_at=clock.now())
    )


def end_all(user_id: int, but: int | None = None) -> None:
    """End every session of a person, except the one whose id is `but`: after a new password, or when suspended."""
    where = [AuthSession.user_id == user_id, AuthSession.ended_at.is_(None)]
    if but is not None:
        where.append(AuthSession.id != but)
    db.session.execute(update(AuthSession).where(*where).values(ended_at=clock.now()))


def touch(session_id: int) -> None:
    """Note that the session is in use, at most every ten minutes and after the request's own transaction."""
    last = session.get("touched", 0)
    now = int(clock.now().timestamp())
    if now - last < TOUCH.total_seconds():
        return
    session["touched"] = now
    after_transaction(lambda: db.session.execute(update(AuthSession).where(AuthSession.id == session_id).values(last_seen_at=clock.now())))


def list_sessions(user_id: int) -> list[AuthSession]:
    """A person's sessions that are in force, latest first."""
    return list(
        db.session.scalars(
            select(AuthSession)
            .where(AuthSession.user_id == user_id, AuthSession.ended_at.is_(None), AuthSession.expires_at > clock.now())
            .order_by(AuthSession.last_seen_at.desc())
        )
    )
