"""What exists: people, their sessions, their global roles, one-time links, and tries at the door."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, validates

from extranet.core import clock
from extranet.core.db import Model, choice


class UserState(StrEnum):
    REQUESTED = "requested"
    INVITED = "invited"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    DECLINED = "declined"
    CLOSED = "closed"


class Side(StrEnum):
    """Whom a person represents at work; decides who may enter an employer-only network (I-04, I-05)."""

    EMPLOYER = "employer"
    STAFF = "staff"
    NONE = "none"


class Grant(StrEnum):
    """Roles that hold everywhere, or in one organisation (org_admin)."""

    ADMIN = "admin"
    EXPERT = "expert"
    EDITOR = "editor"
    DPO = "dpo"
    ORG_ADMIN = "org_admin"


class TokenPurpose(StrEnum):
    SIGN_IN = "sign_in"
    RESET = "reset"
    INVITATION = "invitation"


class AttemptKind(StrEnum):
    PASSWORD = "password"  # noqa: S105
    LETTER = "letter"


class User(Model):
    __tablename__ = "user"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    first_name: Mapped[str] = mapped_column(String(80))
    last_name: Mapped[str] = mapped_column(String(80))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    unit: Mapped[str] = mapped_column(String(160), default="")
    job_title: Mapped[str] = mapped_column(String(160), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    language: Mapped[str] = mapped_column(String(2), default="fi")
    side: Mapped[Side] = mapped_column(choice(Side, "side"), default=Side.NONE)
    state: Mapped[UserState] = mapped_column(choice(UserState, "state"), default=UserState.INVITED)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    email_verified_at: Mapped[datetime | None]
    last_login_at: Mapped[datetime | None]
    details_confirmed_at: Mapped[datetime | None]
    request_note: Mapped[str] = mapped_column(String(1000), default="")  # what the person wrote when asking for the account
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    @validates("email")
    def _fold(self, _key: str, value: str) -> str:
        return value.strip().lower()

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def is_active(self) -> bool:
        return self.state == UserState.ACTIVE


class RoleGrant(Model):
    """A global role; org_admin names its organisation."""

    __tablename__ = "role_grant"
    __table_args__ = (
        UniqueConstraint("user_id", "role", "organisation_id"),
        # NULLs are distinct in a UNIQUE; this one keeps a person from having a global role twice.
        Index(
            "uq_role_grant_everywhere",
            "user_id",
            "role",
            unique=True,
            sqlite_where=text("organisation_id IS NULL"),
            postgresql_where=text("organisation_id IS NULL"),
        ),
        CheckConstraint("(role = 'org_admin') = (organisation_id IS NOT NULL)", name="organisation"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    role: Mapped[Grant] = mapped_column(choice(Grant, "role"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    granted_at: Mapped[datetime] = mapped_column(default=clock.now)
    valid_until: Mapped[datetime | None]


class AuthSession(Model):
    """A signed-in browser. The cookie holds a token; the row holds its hash, so ending a row ends the session."""

    __tablename__ = "auth_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_seen_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ip: Mapped[str] = mapped_column(String(45), default="")
    browser: Mapped[str] = mapped_column(String(200), default="")


class OneTimeToken(Model):
    """A link sent by e-mail: good once, for a while, for one purpose. Only its hash is kept."""

    __tablename__ = "one_time_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[TokenPurpose] = mapped_column(choice(TokenPurpose, "purpose"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    browser_hash: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SignInAttempt(Model):
    """A failed try at a password, or a letter asked for. A browser known to the account has a count of its own."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index(None, "ip", "at"), Index(None, "account_hash", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    kind: Mapped[AttemptKind] = mapped_column(choice(AttemptKind, "kind"))
    ip: Mapped[str] = mapped_column(String(45))
    account_hash: Mapped[str] = mapped_column(String(64))
    device_hash: Mapped[str | None] = mapped_column(String(64))


class LinkMiss(Model):
    """Somebody tried a secret address that there is not. Counted by network address and kind of link, forgotten after a day."""

    __tablename__ = "link_miss"
    __table_args__ = (Index(None, "ip", "kind", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    kind: Mapped[str] = mapped_column(String(32))
    ip: Mapped[str] = mapped_column(String(45))
