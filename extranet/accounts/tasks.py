"""What happens later: letters with links, and tries and links that count no more are forgotten."""

from datetime import timedelta

from sqlalchemy import delete, select

from extranet.accounts import misses, throttle, tokens
from extranet.accounts.letters import send_invitation
from extranet.accounts.models import AuthSession, Grant, OneTimeToken, RoleGrant, TokenPurpose, User, UserState
from extranet.core import clock
from extranet.core.db import db
from extranet.jobs.queue import every, task
from extranet.mail.outbox import put_letter

KEPT = timedelta(days=90)
LETTERS = {
    TokenPurpose.SIGN_IN: ("accounts/mail/sign_in_link", "/sign-in/link/"),
    TokenPurpose.RESET: ("accounts/mail/reset", "/reset/"),
}


@task("accounts.send_link")
def send_link(user_id: int | None, purpose: str, browser_hash: str | None = None) -> None:
    """Put the letter that somebody asked for. Nobody's address, a suspended account: nothing; the invited get their invitation again."""
    user = db.session.get(User, user_id) if user_id is not None else None
    if user is not None and user.state == UserState.INVITED:
        send_invitation(user)
    if user is None or user.state != UserState.ACTIVE:
        return
    template, path = LETTERS[TokenPurpose(purpose)]
    token = tokens.issue(user.id, TokenPurpose(purpose), browser_hash)
    put_letter(
        to=user.email, user_id=user.id, language=user.language, template=template, secret=True, name=user.first_name, path=path + token
    )


@task("accounts.tell_of_request")
def tell_of_request(user_id: int) -> None:
    """Tell the administrators that somebody waits for an account."""
    user = db.session.get(User, user_id)
    if user is None or user.state != UserState.REQUESTED:
        return
    admins = select(User).join(RoleGrant, RoleGrant.user_id == User.id)
    for admin in db.session.scalars(admins.where(RoleGrant.role == Grant.ADMIN, User.state == UserState.ACTIVE)):
        put_letter(
            to=admin.email,
            user_id=admin.id,
            language=admin.language,
            template="accounts/mail/requested",
            key=f"request:{user.id}:{user.created_at.isoformat()}:{admin.id}",
            name=admin.first_name,
            who=user.name,
            path=f"/admin/people/{user.id}/",
        )


@task("accounts.sweep")
def sweep() -> None:
    """Forget tries at the door and wrong links after a day; ended sessions, used links and declined requests after three months."""
    throttle.sweep()
    misses.sweep()
    before = clock.now() - KEPT
    db.session.execute(delete(OneTimeToken).where(OneTimeToken.expires_at < before))
    db.session.execute(delete(User).where(User.state == UserState.DECLINED, User.created_at < before))
    db.session.execute(delete(AuthSession).where((AuthSession.ended_at < before) | (AuthSession.expires_at < before)))


every("accounts.sweep", at="03:05")
