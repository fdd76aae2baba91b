"""What can you do: come in, look after your own account, and get back in when the password is lost."""

from sqlalchemy import select

from extranet.accounts import policy, tokens
from extranet.accounts.models import AuthSession, OneTimeToken, TokenPurpose, User, UserState
from extranet.audit.log import action
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.i18n import gettext as _
from extranet.core.text import one_line
from extranet.core.viewer import Viewer
from extranet.jobs.queue import enqueue
from extranet.mail.outbox import put_letter


@action(policy.can_sign_in)
def sign_in(viewer: Viewer, user: User, *, token: str, browser: str, new_hash: str | None = None) -> AuthSession:
    """Begin a session. `new_hash`: the same password, hashed with today's costs."""
    if new_hash:
        user.password_hash = new_hash
    return _open_session(viewer, user, token, browser)


@action(policy.can_sign_in_by_link)
def sign_in_by_link(viewer: Viewer, user: User, *, link: OneTimeToken, token: str, browser: str) -> AuthSession:
    """Begin a session with a link from a letter; it proves the mailbox too."""
    _use(link)
    user.email_verified_at = clock.now()
    return _open_session(viewer, user, token, browser)


@action(policy.can_end_session)
def sign_out(viewer: Viewer, session: AuthSession) -> AuthSession:
    """End the session of this browser."""
    session.ended_at = clock.now()
    return session


@action(policy.can_ask)
def ask_sign_in_link(viewer: Viewer, _nothing: None, *, email: str, browser_hash: str) -> None:
    """Have a letter with a link sent, if the address is somebody's. The worker finds that out: the answer says nothing, nor its time."""
    enqueue("accounts.send_link", user_id=_id_of(email), purpose=TokenPurpose.SIGN_IN, browser_hash=browser_hash)


@action(policy.can_ask)
def ask_password_reset(viewer: Viewer, _nothing: None, *, email: str) -> None:
    """The same for a new password."""
    enqueue("accounts.send_link", user_id=_id_of(email), purpose=TokenPurpose.RESET)


@action(policy.can_ask)
def request_account(
    viewer: Viewer,
    _nothing: None,
    *,
    email: str,
    first_name: str,
    last_name: str,
    job_title: str,
    language: str,
    note: str,
    browser_hash: str,
) -> User | None:
    """Ask for an account. Whoever has one gets a letter to get in with; the answer on the page is the same."""
    user = db.session.scalar(select(User).where(User.email == email))
    if user is not None and user.state != UserState.DECLINED:
        enqueue("accounts.send_link", user_id=user.id, purpose=TokenPurpose.SIGN_IN, browser_hash=browser_hash)
        return None
    if user is None:
        user = User(email=email)
        db.session.add(user)
    user.first_name, user.last_name, user.job_title = one_line(first_name), one_line(last_name), one_line(job_title)
    user.language, user.request_note, user.state, user.created_at = language, note[:1000], UserState.REQUESTED, clock.now()
    db.session.flush()
    enqueue("accounts.tell_of_request", user_id=user.id)
    return user


@action(policy.can_accept_invitation)
def accept_invitation(
    viewer: Viewer,
    user: User,
    *,
    link: OneTimeToken,
    first_name: str,
    last_name: str,
    language: str,
    password_hash: str,
    token: str,
    browser: str,
) -> AuthSession:
    """The invited person checks her name, chooses a language and a password, and is in."""
    _use(link)
    user.first_name, user.last_name, user.language = one_line(first_name), one_line(last_name), language
    user.password_hash = password_hash
    user.state = UserState.ACTIVE
    user.email_verified_at = user.details_confirmed_at = clock.now()
    return _open_session(viewer, user, token, browser)


@action(policy.can_reset_password)
def reset_password(viewer: Viewer, user: User, *, link: OneTimeToken, password_hash: str) -> User:
    """A new password by a link from a letter. Every session ends, and the person is told."""
    _use(link)
    user.email_verified_at = clock.now()
    _set_password(user, password_hash, but=None)
    return user


@action(policy.can_change_password)
def change_password(viewer: Viewer, user: User, *, password_hash: str) -> User:
    """A new password in place of the present one. Sessions in other browsers end, and the person is told."""
    _set_password(user, password_hash, but=viewer.session_id)
    return user


@action(policy.can_edit)
def edit(viewer: Viewer, user: User, *, first_name: str, last_name: str, unit: str, job_title: str, phone: str, language: str) -> User:
    """Change one's own details; whoever saves them has also read them."""
    user.first_name, user.last_name = one_line(first_name), one_line(last_name)
    user.unit, user.job_title, user.phone = one_line(unit), one_line(job_title), one_line(phone)
    user.language = language
    user.details_confirmed_at = clock.now()
    return user


@action(policy.can_confirm_details)
def confirm_details(viewer: Viewer, user: User) -> User:
    """Say that one's details are right as they are."""
    user.details_confirmed_at = clock.now()
    return user


@action(policy.can_choose_language, "language")
def choose_language(viewer: Viewer, user: User, *, language: str) -> User:
    """The language of the pages and of the letters."""
    user.language = language
    return user


@action(policy.can_end_session)
def end_session(viewer: Viewer, session: AuthSession) -> AuthSession:
    """End one of one's own sessions."""
    session.ended_at = clock.now()
    return session


@action(policy.can_end_other_sessions)
def end_other_sessions(viewer: Viewer, user: User) -> User:
    """End one's sessions everywhere but here."""
    tokens.end_sessions(user.id, but=viewer.session_id)
    return user


def _open_session(viewer: Viewer, user: User, token: str, browser: str) -> AuthSession:
    user.last_login_at = clock.now()
    session = AuthSession(
        token_hash=tokens.hash_token(token),
        user_id=user.id,
        expires_at=clock.now() + tokens.LIFETIME,
        ip=viewer.ip,
        browser=one_line(browser)[:200],
    )
    db.session.add(session)
    return session


def _set_password(user: User, password_hash: str, but: int | None) -> None:
    user.password_hash = password_hash
    tokens.end_sessions(user.id, but)
    tokens.void(user.id)
    put_letter(to=user.email, user_id=user.id, language=user.language, template="accounts/mail/password_changed", name=user.first_name)


def _use(link: OneTimeToken) -> None:
    if not tokens.use(link):
        raise Refused(_("This link has been used already. Ask for a new one."))


def _id_of(email: str) -> int | None:
    return db.session.scalar(select(User.id).where(User.email == email))
