"""The steps that several acts on a membership share. The act that takes them has checked the right and is recorded."""

from sqlalchemy import func, select

from extranet.accounts.models import Side
from extranet.audit.log import record
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.i18n import gettext as _
from extranet.core.signals import member_left
from extranet.core.viewer import Viewer
from extranet.networks.letters import write_to
from extranet.networks.models import Membership, MembershipRole, MembershipState, Network, NetworkKind, NetworkState
from extranet.organisations.models import Appointment

WAITING = (MembershipState.REQUESTED, MembershipState.INVITED)


def expel(viewer: Viewer, membership: Membership, reason: str) -> None:
    """The rules and effects of a removal, for one or for several at once. The network's row is held already."""
    if membership.user_id == viewer.user_id:
        raise Refused(_("To go yourself, choose Leave the network."))
    if membership.state not in (MembershipState.ACTIVE, *WAITING):
        raise Refused(_("This person is not a member any more."))
    if is_last_lead(membership):
        raise Refused(_("The network needs a leader. Make somebody else a leader first."))
    if core_team_of(membership) is not None:
        raise Refused(_("This person belongs to the network's core team. The core team's leader removes the person there first."))
    if is_by_appointment(membership):
        raise Refused(
            _("This place comes with an appointment as a contact person. It ends when the appointment is ended on the organisation's page.")
        )
    membership.decided_by_id = viewer.user_id
    membership.decision_reason = reason
    was_active = membership.state == MembershipState.ACTIVE
    end(membership, MembershipState.REMOVED if was_active else MembershipState.DECLINED)
    write_to(membership.user, "removed" if was_active else "declined", membership.network, reason=reason)


def activate(viewer: Viewer, network: Network, membership: Membership, side: str) -> None:
    """Make the row an active membership; a core team's member comes into the learning network too (I-12)."""
    if network.kind == NetworkKind.DEVELOPMENT and network.parent_id:
        _bring_to_parent(viewer, network.parent_id, membership, side)
    membership.state = MembershipState.ACTIVE
    membership.role = network.ordinary_role
    membership.decision_reason = ""
    if membership.joined_at is None or membership.left_at is not None:
        membership.joined_at = clock.now()
    membership.left_at = None
    db.session.add(membership)


def _bring_to_parent(viewer: Viewer, parent_id: int, membership: Membership, side: str) -> None:
    hold(parent_id)
    parent = db.session.get_one(Network, parent_id)
    above = membership_of(parent_id, membership.user_id)
    if parent.employer_only and side == Side.STAFF:
        raise Refused(_("The learning network above is for employer representatives only."))
    if above.id is not None and above.state == MembershipState.ACTIVE:
        return
    above.declares_employer_side = membership.declares_employer_side
    activate(viewer, parent, above, side)
    db.session.flush()
    record(viewer, "networks.join_with_core_team", above)


def hold(network_id: int, membership: Membership | None = None) -> None:
    """Take the network's row until the end of the transaction; then read the membership as it is now."""
    db.session.flush()
    db.session.execute(select(Network.id).where(Network.id == network_id).with_for_update())
    if membership is not None:
        db.session.refresh(membership, ["state", "role"])


def membership_of(network_id: int, user_id: int) -> Membership:
    """The person's row in the network, or a new one that is not in the session yet."""
    found = db.session.scalar(select(Membership).where(Membership.network_id == network_id, Membership.user_id == user_id))
    return found or Membership(network_id=network_id, user_id=user_id, state=MembershipState.REQUESTED)


def is_last_lead(membership: Membership) -> bool:
    """Whether a living network would be without a leader if this member went (I-06)."""
    if membership.role != MembershipRole.LEAD or membership.network.state in (NetworkState.ARCHIVED, NetworkState.DRAFT):
        return False
    leads = select(func.count()).where(
        Membership.network_id == membership.network_id,
        Membership.role == MembershipRole.LEAD,
        Membership.state == MembershipState.ACTIVE,
    )
    return (db.session.scalar(leads) or 0) < 2


def core_team_of(membership: Membership) -> Network | None:
    """The core team below this network that the person is in, if any (I-12)."""
    return db.session.scalar(
        select(Network)
        .join(Membership, Membership.network_id == Network.id)
        .where(
            Network.parent_id == membership.network_id,
            Network.kind == NetworkKind.DEVELOPMENT,
            Membership.user_id == membership.user_id,
            Membership.state == MembershipState.ACTIVE,
        )
    )


def is_by_appointment(membership: Membership) -> bool:
    """Whether the place in the contact persons' network is an appointment's: nothing but its end takes the rights away (I-08)."""
    if membership.network.kind != NetworkKind.CONTACT_PERSONS or membership.state != MembershipState.ACTIVE:
        return False
    in_office = select(Appointment.id).where(Appointment.user_id == membership.user_id, Appointment.in_force())
    return db.session.scalar(in_office.limit(1)) is not None


def end(membership: Membership, state: MembershipState) -> None:
    """Close the row, whatever role it had, and tell those above whom it concerns."""
    was_active = membership.state == MembershipState.ACTIVE
    membership.state = state
    membership.role = MembershipRole.MEMBER
    membership.left_at = clock.now() if was_active else None
    if was_active:
        db.session.flush()
        member_left.send(None, network_id=membership.network_id, user_id=membership.user_id)
