"""Random tokens of sessions and of links in letters: made, used up, ended. Only their hashes are kept."""

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import update

from extranet.accounts.models import AuthSession, OneTimeToken, TokenPurpose
from extranet.core import clock
from extranet.core.db import db

LIFETIME = timedelta(days=14)
IDLE = timedelta(hours=12)
GOOD_FOR = {
    TokenPurpose.SIGN_IN: timedelta(minutes=10),
    TokenPurpose.RESET: timedelta(hours=1),
    TokenPurpose.INVITATION: timedelta(days=14),
}


def new_token() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """What is kept of a token: a random 256-bit value needs no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def issue(user_id: int, purpose: TokenPurpose, browser_hash: str | None = None) -> str:
    """A new link's token. An earlier invitation ends with it: its letter may have gone to a wrong address."""
    if purpose == TokenPurpose.INVITATION:
        void(user_id, purpose)
    token = new_token()
    db.session.add(
        OneTimeToken(
            purpose=purpose,
            token_hash=hash_token(token),
            user_id=user_id,
            browser_hash=browser_hash,
            expires_at=clock.now() + GOOD_FOR[purpose],
        )
    )
    return token


def use(link: OneTimeToken) -> bool:
    """Use the link up; False if somebody was faster. The person's other links for the same purpose end too."""
    used = db.session.execute(
        update(OneTimeToken).where(OneTimeToken.id == link.id, OneTimeToken.used_at.is_(None)).values(used_at=clock.now())
    )
    void(link.user_id, link.purpose)
    return used.rowcount == 1  # type: ignore[attr-defined, no-any-return]


def void(user_id: int, *purposes: TokenPurpose) -> None:
    """End a person's unused links for these purposes; all of them if none is named."""
    db.session.execute(
        update(OneTimeToken)
        .where(OneTimeToken.user_id == user_id, OneTimeToken.used_at.is_(None), OneTimeToken.purpose.in_(purposes or list(TokenPurpose)))
        .values(used_at=clock.now())
    )


def end_sessions(user_id: int, but: int | None = None) -> None:
    """End every session of a person, except the one whose id is `but`."""
    where = [AuthSession.user_id == user_id, AuthSession.ended_at.is_(None)]
    if but is not None:
        where.append(AuthSession.id != but)
    db.session.execute(update(AuthSession).where(*where).values(ended_at=clock.now()))
