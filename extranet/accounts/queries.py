"""What can you see: yourself, your sessions, your sign-ins; names; whom a password or a link belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, or_, select

from extranet.accounts import passwords
from extranet.accounts.models import AuthSession, OneTimeToken, TokenPurpose, User, UserState
from extranet.accounts.tokens import IDLE
from extranet.audit.models import AuditEvent
from extranet.core import clock
from extranet.core.db import db, let_go
from extranet.core.errors import NotFound
from extranet.core.settings import get_setting
from extranet.core.viewer import NOBODY, Viewer

SIGN_INS = ("accounts.sign_in", "accounts.sign_in_by_link", "accounts.accept_invitation", "accounts.sign_out")
FAILED = "accounts.sign_in_failed"


@dataclass(frozen=True)
class SignIn:
    """A line of a person's own sign-in log."""

    name: str
    at: Any
    ip: str

    @property
    def is_failed(self) -> bool:
        return self.name == FAILED


def get_me(viewer: Viewer) -> User:
    """The viewer's own account."""
    me = db.session.get(User, viewer.user_id) if viewer.user_id is not None else None
    if me is None:
        raise NotFound
    return me


def as_herself(viewer: Viewer, user: User) -> Viewer:
    """The person whom a password or a link has proved, for the one act that follows; without any keys."""
    return replace(NOBODY, user_id=user.id, name=user.name, ip=viewer.ip)


def find_by_password(viewer: Viewer, email: str, password: str) -> User | None:
    """The active person with this address and password.

    Unknown, invited and suspended people take as long as a wrong password. No transaction is open while the hash is made.
    """
    is_demo = bool(get_setting("is_demo"))
    row = db.session.execute(select(User.id, User.password_hash, User.state).where(User.email == email)).one_or_none()
    let_go()
    is_right = passwords.matches(row.password_hash if row else None, password)
    if row is None or not is_right or row.state != UserState.ACTIVE:
        return None
    if password == passwords.DEMO_PASSWORD and not is_demo:
        return None
    return db.session.get(User, row.id)


def is_my_password(viewer: Viewer, password: str) -> bool:
    """Whether the viewer knows her present password; someone without one never does."""
    stored = db.session.scalar(select(User.password_hash).where(User.id == viewer.user_id))
    let_go()
    return passwords.matches(stored, password)


def find_link(viewer: Viewer, token_hash: str, purpose: TokenPurpose) -> tuple[OneTimeToken, User] | None:
    """The link and its person, while it is good: unused, not too old, the account in a state that it is for."""
    state = UserState.INVITED if purpose == TokenPurpose.INVITATION else UserState.ACTIVE
    row = db.session.execute(
        select(OneTimeToken, User)
        .join(User, User.id == OneTimeToken.user_id)
        .where(
            OneTimeToken.token_hash == token_hash,
            OneTimeToken.purpose == purpose,
            OneTimeToken.used_at.is_(None),
            OneTimeToken.expires_at > clock.now(),
            User.state == state,
        )
    ).one_or_none()
    return (row[0], row[1]) if row else None


def list_my_sessions(viewer: Viewer) -> Sequence[AuthSession]:
    """The browsers where the viewer is signed in, this one first, then the latest used."""
    now = clock.now()
    return db.session.scalars(
        select(AuthSession)
        .where(
            AuthSession.user_id == viewer.user_id,
            AuthSession.ended_at.is_(None),
            AuthSession.expires_at > now,
            AuthSession.last_seen_at > now - IDLE,
        )
        .order_by(AuthSession.id != (viewer.session_id or 0), AuthSession.last_seen_at.desc())
    ).all()


def get_my_session(viewer: Viewer, session_id: int) -> AuthSession:
    """One of the viewer's own sessions; other people's do not exist for her."""
    found = db.session.scalar(
        select(AuthSession).where(AuthSession.id == session_id, AuthSession.user_id == viewer.user_id, AuthSession.ended_at.is_(None))
    )
    if found is None:
        raise NotFound
    return found


def list_my_sign_ins(viewer: Viewer, account_hash: str, limit: int = 20) -> list[SignIn]:
    """When and from where the viewer signed in and out, and failed tries at her account in the last thirty days."""
    failed = and_(
        AuditEvent.name == FAILED,
        AuditEvent.at > clock.now() - timedelta(days=30),
        AuditEvent.detail["account"].as_string() == account_hash,
    )
    rows = db.session.execute(
        select(AuditEvent.name, AuditEvent.at, AuditEvent.ip)
        .where(or_(and_(AuditEvent.user_id == viewer.user_id, AuditEvent.name.in_(SIGN_INS)), failed))
        .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
        .limit(limit)
    )
    return [SignIn(*row) for row in rows]


def list_demo_people(viewer: Viewer) -> list[dict[str, Any]]:
    """The demo accounts with name, role and organisation; none where the demo data is not in."""
    accounts = get_setting("demo_accounts") if get_setting("is_demo") else []
    if not accounts:
        return []
    rows = db.session.execute(
        select(User.id, User.email, User.first_name, User.last_name).where(
            User.email.in_([a["email"] for a in accounts]), User.state == UserState.ACTIVE
        )
    )
    found = {row.email: {"id": row.id, "name": f"{row.first_name} {row.last_name}"} for row in rows}
    return [{**a, **found[a["email"]]} for a in accounts if a["email"] in found]
