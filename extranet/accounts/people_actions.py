"""What administrators do with people: let in, shut out, give and take roles."""

from datetime import datetime

from sqlalchemy import select

from extranet.accounts import policy, tokens
from extranet.accounts.letters import send_invitation
from extranet.accounts.models import Grant, RoleGrant, Side, User, UserState
from extranet.audit.log import action
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import NotFound, Refused
from extranet.core.i18n import gettext as _
from extranet.core.text import one_line
from extranet.core.viewer import Viewer
from extranet.mail.outbox import put_letter


@action(policy.can_invite)
def invite(
    viewer: Viewer,
    _register: None,
    *,
    email: str,
    first_name: str,
    last_name: str,
    organisation_id: int | None,
    language: str = "fi",
    side: Side = Side.NONE,
    job_title: str = "",
) -> User:
    """Add a person and send the letter with which she comes in."""
    email = one_line(email).lower()
    if db.session.scalar(select(User.id).where(User.email == email)) is not None:
        raise Refused(_("Somebody has this e-mail address already. Look for the person in the list."))
    user = User(
        email=email,
        first_name=one_line(first_name),
        last_name=one_line(last_name),
        organisation_id=organisation_id,
        language=language,
        side=side,
        job_title=one_line(job_title),
        state=UserState.INVITED,
    )
    db.session.add(user)
    db.session.flush()
    send_invitation(user)
    return user


@action(policy.can_reinvite)
def reinvite(viewer: Viewer, user: User) -> User:
    """Send the letter again; the link of the earlier one ends."""
    if user.state != UserState.INVITED:
        raise Refused(_("This person has accepted the invitation already."))
    send_invitation(user)
    return user


@action(policy.can_approve)
def approve(viewer: Viewer, user: User, *, organisation_id: int | None, side: Side) -> User:
    """Open the account that was asked for; the letter proves the mailbox."""
    if user.state != UserState.REQUESTED:
        raise Refused(_("This request has been decided already."))
    user.organisation_id, user.side, user.state, user.request_note = organisation_id, side, UserState.INVITED, ""
    send_invitation(user)
    return user


@action(policy.can_decline)
def decline(viewer: Viewer, user: User, *, reason: str) -> User:
    """Turn a request down; the person hears why. What she wrote is forgotten after three months."""
    if user.state != UserState.REQUESTED:
        raise Refused(_("This request has been decided already."))
    user.state = UserState.DECLINED
    put_letter(
        to=user.email,
        user_id=user.id,
        language=user.language,
        template="accounts/mail/declined",
        name=user.first_name,
        reason=reason,
    )
    return user


@action(policy.can_suspend)
def suspend(viewer: Viewer, user: User, *, reason: str) -> User:
    """Shut a person out, at once and everywhere. What she wrote stays."""
    if user.id == viewer.user_id:
        raise Refused(_("You cannot suspend yourself. Another administrator can."))
    if user.state not in (UserState.ACTIVE, UserState.INVITED):
        raise Refused(_("Only an account in use or an invited one can be suspended."))
    _keep_an_administrator(user)
    user.state = UserState.SUSPENDED
    tokens.end_sessions(user.id)
    tokens.void(user.id)
    return user


@action(policy.can_restore)
def restore(viewer: Viewer, user: User) -> User:
    """Let a suspended person in again; one who never came in gets a new invitation."""
    if user.state != UserState.SUSPENDED:
        raise Refused(_("The account is not suspended."))
    if user.email_verified_at is None and user.password_hash is None:
        user.state = UserState.INVITED
        send_invitation(user)
    else:
        user.state = UserState.ACTIVE
    return user


@action(policy.can_grant, "role", "organisation_id")
def grant(viewer: Viewer, user: User, *, role: Grant, organisation_id: int | None = None, valid_until: datetime | None = None) -> User:
    """Give a role, everywhere or (org_admin) in one organisation; for a while, if an end is given."""
    if user.state not in (UserState.ACTIVE, UserState.INVITED):
        raise Refused(_("Restore the account first."))
    if (role == Grant.ORG_ADMIN) != (organisation_id is not None):
        raise Refused(_("Choose the organisation for its main user; other roles hold everywhere."))
    held = _grant_of(user, role, organisation_id)
    if held is None:
        held = RoleGrant(user_id=user.id, role=role, organisation_id=organisation_id)
        db.session.add(held)
    elif held.role == Grant.ADMIN and held.valid_until is None and valid_until is not None:
        _keep_an_administrator(user)
    held.granted_by_id, held.granted_at, held.valid_until = viewer.user_id, clock.now(), valid_until
    return user


@action(policy.can_revoke, "role", "organisation_id")
def revoke(viewer: Viewer, user: User, *, role: Grant, organisation_id: int | None = None) -> User:
    """Take a role back. The service always keeps an administrator."""
    held = _grant_of(user, role, organisation_id)
    if held is None:
        raise NotFound
    if role == Grant.ADMIN:
        if user.id == viewer.user_id:
            raise Refused(_("You cannot take the administrator's role from yourself. Another administrator can."))
        _keep_an_administrator(user)
    db.session.delete(held)
    return user


@action(policy.can_end_sessions)
def end_sessions(viewer: Viewer, user: User) -> User:
    """Sign a person out everywhere: a lost computer, a stolen password."""
    tokens.end_sessions(user.id)
    return user


def _grant_of(user: User, role: Grant, organisation_id: int | None) -> RoleGrant | None:
    return db.session.scalar(
        select(RoleGrant).where(
            RoleGrant.user_id == user.id, RoleGrant.role == role, RoleGrant.organisation_id.is_not_distinct_from(organisation_id)
        )
    )


def _keep_an_administrator(user: User) -> None:
    """Refuse to lose the last person who can let others in. Locked, so that two cannot take it from each other at once."""
    admins = db.session.scalars(
        select(RoleGrant.user_id)
        .join(User, User.id == RoleGrant.user_id)
        .where(RoleGrant.role == Grant.ADMIN, RoleGrant.valid_until.is_(None), User.state == UserState.ACTIVE)
        .order_by(RoleGrant.id)
        .with_for_update()
    ).all()
    if set(admins) == {user.id}:
        raise Refused(_("This is the service's last administrator. Make somebody else an administrator first."))
