"""Who may invite guests, and what a link opens."""

from dataclasses import dataclass

from extranet.accounts.salted import is_hash_of
from extranet.core.viewer import Viewer
from extranet.events import policy
from extranet.events.guest_models import Invitation
from extranet.events.models import Event, Signup


@dataclass(frozen=True)
class InvitationKey:
    """An invitation with the token by which somebody came."""

    invitation: Invitation
    token: str


@dataclass(frozen=True)
class GuestKey:
    """A guest's sign-up with the token by which somebody came."""

    signup: Signup
    token: str


def can_invite(viewer: Viewer, event: Event) -> bool:
    """Whoever may see the participants."""
    return not event.network.is_archived and policy.can_see_participants(viewer, event)


def can_revoke_invitation(viewer: Viewer, invitation: Invitation) -> bool:
    """The same."""
    return policy.can_see_participants(viewer, invitation.event)


def is_in_force(invitation: Invitation) -> bool:
    """Whether somebody can still come by it, as far as network and event take guests at all."""
    event = invitation.event
    return invitation.is_running and event.takes_guests and not event.network.is_archived


def can_come(_viewer: Viewer, key: InvitationKey) -> bool:
    """Whoever has the link, signed in or not."""
    return key.invitation.token_hash is not None and is_hash_of(key.token, key.invitation.token_hash)


def can_act_as_guest(_viewer: Viewer, key: GuestKey) -> bool:
    """Whoever has the link of the guest's own page."""
    return key.signup.guest_token_hash is not None and is_hash_of(key.token, key.signup.guest_token_hash)
