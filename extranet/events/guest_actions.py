"""What can be done about guests: an organiser invites them; whoever has a link signs up, changes, gives up."""

from datetime import datetime

from extranet.accounts.tokens import hash_token
from extranet.audit.log import action
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.i18n import gettext as _
from extranet.core.viewer import Viewer
from extranet.events import changing, entering, guest_links, guest_policy, guest_queries, places
from extranet.events.details import Details, Guest
from extranet.events.guest_models import Invitation
from extranet.events.guest_policy import GuestKey, InvitationKey
from extranet.events.kinds import EventState, Mode
from extranet.events.models import Event, Signup
from extranet.jobs.queue import enqueue


@action(guest_policy.can_invite)
def invite(viewer: Viewer, event: Event, *, guest: Guest | None, guests: int, expires_at: datetime) -> Invitation:
    """Make a link: for one person, who gets it by letter, or for up to so many people."""
    if not event.takes_guests:
        raise Refused(_("The event takes no guests. Edit the event first if it should."))
    if event.has_begun or event.state in (EventState.CANCELLED, EventState.DRAFT, EventState.HELD):
        raise Refused(_("Guests can be invited from the announcement of the event until it begins."))
    named = {"name": guest.name, "email": guest.email, "organisation": guest.organisation, "language": guest.language} if guest else {}
    invitation = Invitation(
        event=event, guests=1 if guest else guests, expires_at=expires_at, created_by_id=viewer.user_id, created_at=clock.now(), **named
    )
    db.session.add(invitation)
    db.session.flush()
    invitation.token_hash = hash_token(guest_links.make_token(invitation))
    if guest:
        enqueue("events.write_invitation", invitation_id=invitation.id)
    return invitation


@action(guest_policy.can_revoke_invitation)
def revoke_invitation(viewer: Viewer, invitation: Invitation) -> None:
    """End a link. Those who have signed up by it keep their places."""
    if invitation.revoked_at is None:
        invitation.revoked_at = clock.now()


@action(guest_policy.can_come)
def sign_up_guest(viewer: Viewer, key: InvitationKey, *, guest: Guest, mode: Mode, details: Details) -> Signup:
    """Take a place by invitation, or the last place in the queue (I-11, I-14 to I-16)."""
    invitation = key.invitation
    event = invitation.event
    places.lock(event)
    if not guest_policy.is_in_force(invitation):
        raise Refused(_("This invitation is no longer in force. Ask the organiser for a new one."))
    places.check_open(event)
    if invitation.email and guest.email.lower() != invitation.email.lower():
        raise Refused(_("The invitation is for another address. Ask the organiser for one of your own."))
    if guest_queries.count_used(viewer, invitation) >= invitation.guests:
        raise Refused(_("All places of this invitation have been used. Ask the organiser whether there is room for one more."))
    signup = entering.enter(viewer, event, guest, mode, details, invitation_id=invitation.id)
    places.write([signup], "waiting" if signup.is_waiting else "confirmed")
    return signup


@action(guest_policy.can_act_as_guest)
def change_guest(viewer: Viewer, key: GuestKey, *, mode: Mode, details: Details) -> Signup:
    """Tell anew what one told (T39)."""
    changing.change(viewer, key.signup, mode, details)
    return key.signup


@action(guest_policy.can_act_as_guest)
def accept_as_guest(viewer: Viewer, key: GuestKey) -> Signup:
    """Take the place that is offered, in time (I-14)."""
    entering.accept(viewer, key.signup)
    return key.signup


@action(guest_policy.can_act_as_guest)
def cancel_as_guest(viewer: Viewer, key: GuestKey, *, charge_seen: int | None = None) -> Signup:
    """Give up the place; it goes to the first who waits (I-14)."""
    places.lock(key.signup.event, key.signup)
    had_place = key.signup.is_confirmed
    entering.leave(viewer, key.signup, charge_seen)
    if had_place:
        places.write([key.signup], "given_up")
    return key.signup
