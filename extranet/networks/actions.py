"""What can you do? Come, go, and decide who belongs. Each act holds the network's row, so the counting rules are true for two at once."""

from extranet.accounts.models import Side, User, UserState
from extranet.audit.log import action, record
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import NotAllowed, Refused, demand
from extranet.core.i18n import gettext as _
from extranet.core.viewer import Role, Viewer
from extranet.networks import policy
from extranet.networks.letters import write_to, write_to_moderators
from extranet.networks.models import JoinPolicy, Membership, MembershipRole, MembershipState, Network, NetworkState
from extranet.networks.steps import activate, core_team_of, end, expel, hold, is_by_appointment, is_last_lead, membership_of


@action(policy.can_join)
def join(viewer: Viewer, network: Network, *, declares_employer_side: bool = False, message: str = "") -> Membership:
    """Become a member where the network is open, else ask for it. Whoever was removed or turned down must ask anywhere (T17)."""
    hold(network.id)
    membership = membership_of(network.id, viewer.user_id or 0)
    if membership.state == MembershipState.ACTIVE:
        raise Refused(_("You are already a member of this network."))
    if membership.state == MembershipState.INVITED:
        raise Refused(_("You have been invited. Accept the invitation instead."))
    if membership.state == MembershipState.REQUESTED and membership.id is not None:
        raise Refused(_("Your request is already waiting for the network's moderators. You will get a letter when they have decided."))
    _refuse_stranger(network, viewer.side, declares_employer_side)
    _refuse_at_door(network)
    membership.declares_employer_side = declares_employer_side
    membership.message = message
    membership.requested_at = clock.now()
    membership.rules_version_accepted = network.ground_rules_version
    db.session.add(membership)
    if network.join_policy == JoinPolicy.OPEN and not membership.was_turned_away:
        activate(viewer, network, membership, viewer.side)
    else:
        membership.state = MembershipState.REQUESTED
        write_to_moderators(
            network, "requested", waiting=membership, who=viewer.name, organisation=viewer.organisation_name, message=message
        )
    return membership


@action(policy.is_own)
def leave(viewer: Viewer, membership: Membership) -> Membership:
    """Leave, or take a request back. The last leader stays (I-06), and so does a core team's member (I-12)."""
    hold(membership.network_id, membership)
    if membership.state == MembershipState.REQUESTED:
        membership.state = MembershipState.LEFT
        return membership
    if membership.state != MembershipState.ACTIVE:
        raise Refused(_("You are not a member of this network."))
    if is_last_lead(membership):
        raise Refused(_("You are the network's only leader. Make somebody else a leader first, then leave."))
    if core_team_of(membership) is not None:
        raise Refused(_("You belong to the core team of this network. Leave the core team first."))
    if is_by_appointment(membership):
        raise Refused(_("Your place here comes with your appointment as a contact person, and ends when the appointment ends."))
    end(membership, MembershipState.LEFT)
    return membership


@action(policy.is_own)
def accept(viewer: Viewer, membership: Membership, *, declares_employer_side: bool = False) -> Membership:
    """Accept an invitation."""
    hold(membership.network_id, membership)
    if membership.state != MembershipState.INVITED:
        raise Refused(_("There is no invitation waiting for you here."))
    network = membership.network
    if network.is_archived:
        raise Refused(_("The network is archived. Nobody can join it any more."))
    _refuse_stranger(network, viewer.side, declares_employer_side)
    membership.declares_employer_side = declares_employer_side
    membership.rules_version_accepted = network.ground_rules_version
    activate(viewer, network, membership, viewer.side)
    return membership


@action(policy.is_own)
def accept_rules(viewer: Viewer, membership: Membership, *, version: int) -> Membership:
    """Accept the ground rules as they stand now; the version is the one that was read."""
    hold(membership.network_id, membership if membership.id else None)
    if version != membership.network.ground_rules_version:
        raise Refused(_("The ground rules have changed again meanwhile. Read them once more."))
    if viewer.role_in(membership.network_id) >= Role.MEMBER:
        membership.rules_version_accepted = version
        if membership.id is None:  # here by office: the row says when she accepted
            membership.declares_employer_side = membership.network.employer_only
            activate(viewer, membership.network, membership, viewer.side or Side.EMPLOYER)
            db.session.flush()
    return membership


@action(policy.is_own)
def decline_invitation(viewer: Viewer, membership: Membership) -> Membership:
    """Turn an invitation down."""
    hold(membership.network_id, membership)
    if membership.state != MembershipState.INVITED:
        raise Refused(_("There is no invitation waiting for you here."))
    membership.state = MembershipState.DECLINED
    membership.decided_by_id = viewer.user_id
    return membership


@action(policy.can_moderate)
def invite(viewer: Viewer, network: Network, *, user: User, message: str = "") -> Membership:
    """Invite a person who has an account. A staff representative is never invited to an employer-only network (I-05)."""
    hold(network.id)
    membership = membership_of(network.id, user.id)
    if user.state != UserState.ACTIVE:
        raise Refused(_("This account is not in use."))
    if membership.state == MembershipState.ACTIVE:
        raise Refused(_("This person is already a member."))
    if membership.id is not None and membership.state == MembershipState.REQUESTED:
        raise Refused(_("This person has asked for membership already. Approve the request below."))
    if membership.state == MembershipState.INVITED:
        raise Refused(_("This person has been invited already and has not answered yet."))
    if network.employer_only and user.side == Side.STAFF:
        raise Refused(_("The network is for employer representatives only. A staff representative cannot be invited."))
    membership.state = MembershipState.INVITED
    membership.requested_at = clock.now()
    membership.message = ""
    membership.decision_reason = message
    membership.decided_by_id = viewer.user_id
    db.session.add(membership)
    write_to(user, "invited", network, waiting=membership, who=viewer.name, message=message)
    return membership


@action(policy.can_decide)
def approve(viewer: Viewer, membership: Membership) -> Membership:
    """Let a person in who has asked."""
    _hold_request(membership)
    if membership.network.employer_only and membership.user.side == Side.STAFF:
        raise Refused(_("The person represents the staff, and the network is for employer representatives only. Decline the request."))
    membership.decided_by_id = viewer.user_id
    activate(viewer, membership.network, membership, membership.user.side)
    write_to(membership.user, "approved", membership.network)
    return membership


@action(policy.can_decide)
def decline(viewer: Viewer, membership: Membership, *, reason: str) -> Membership:
    """Say no to a person who has asked; she is told why."""
    _hold_request(membership)
    membership.state = MembershipState.DECLINED
    membership.decided_by_id = viewer.user_id
    membership.decision_reason = reason
    write_to(membership.user, "declined", membership.network, reason=reason)
    return membership


@action(policy.can_remove)
def remove(viewer: Viewer, membership: Membership, *, reason: str) -> Membership:
    """Take a person out of the network, or an invitation back; she is told why. It holds from her next request on (T17)."""
    hold(membership.network_id, membership)
    if not policy.can_remove(viewer, membership):
        raise NotAllowed("networks.remove")  # promoted a moment ago
    expel(viewer, membership, reason)
    return membership


@action(policy.can_set_role)
def set_role(viewer: Viewer, membership: Membership, *, role: MembershipRole) -> Membership:
    """Give a member another role: never above one's own (T18), and the last leader stays one (I-06)."""
    hold(membership.network_id, membership)
    network = membership.network
    if membership.state != MembershipState.ACTIVE:
        raise Refused(_("Only members have roles. This person is not a member any more."))
    demand(policy.may_give(viewer, network, role) or not policy.can_set_role(viewer, membership), "networks.set_role")
    if role != MembershipRole.LEAD and is_last_lead(membership):
        raise Refused(_("The network needs a leader. Make somebody else a leader first."))
    record(viewer, "networks.role_changed", membership, before=membership.role.value, after=role.value)
    membership.role = role
    return membership


def _hold_request(membership: Membership) -> None:
    hold(membership.network_id, membership)
    if membership.state != MembershipState.REQUESTED:
        raise Refused(_("Somebody has handled this request already."))


def _refuse_stranger(network: Network, side: str, declares: bool) -> None:
    if network.employer_only and side == Side.STAFF:
        raise Refused(_("The network is for employer representatives only, and your profile says that you represent the staff."))
    if network.employer_only and not declares:
        raise Refused(_("Confirm first that you represent the employer."))


def _refuse_at_door(network: Network) -> None:
    if network.state == NetworkState.ARCHIVED:
        raise Refused(_("The network is archived. Nobody can join it any more."))
    if network.state != NetworkState.ACTIVE:
        raise Refused(_("The network takes no new members now."))
    if network.join_policy == JoinPolicy.INVITATION:
        raise Refused(_("The network's members are invited. Ask its leader about an invitation."))
    if network.join_policy == JoinPolicy.NOMINATION:
        raise Refused(_("Your organisation nominates its members to this network. Ask your HR management."))
