"""What membership follows from: appointments of contact persons, and a person's change of organisation."""

from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from extranet.accounts.models import Side, User
from extranet.audit.log import record
from extranet.core import clock
from extranet.core.db import db
from extranet.core.signals import appointment_confirmed, appointment_ended, person_moved
from extranet.core.viewer import Viewer
from extranet.networks.letters import write_to_moderators
from extranet.networks.models import Membership, MembershipRole, MembershipState, Network, NetworkKind
from extranet.networks.steps import activate, end, hold
from extranet.organisations.models import Appointment, Organisation

STAFF_ROLES = (MembershipRole.LEAD, MembershipRole.MODERATOR)


@appointment_confirmed.connect
def welcome_contact_person(viewer: Viewer, appointment: Appointment, **_more: Any) -> None:
    """A confirmed contact person belongs to the contact persons' network (S1-01)."""
    for network in db.session.scalars(select(Network).where(Network.kind == NetworkKind.CONTACT_PERSONS)).all():
        hold(network.id)
        membership = _row(network.id, appointment.user_id) or Membership(network_id=network.id, user_id=appointment.user_id)
        if membership.state == MembershipState.ACTIVE:
            continue
        membership.declares_employer_side = True
        activate(viewer, network, membership, Side.EMPLOYER)
        db.session.flush()
        record(viewer, "networks.join_by_appointment", membership)


@appointment_ended.connect
def part_with_contact_person(viewer: Viewer, appointment: Appointment, **_more: Any) -> None:
    """With the last appointment the place in the contact persons' network ends; its leaders and moderators stay (I-08)."""
    goes_on = exists().where(Appointment.user_id == appointment.user_id, Appointment.id != appointment.id, Appointment.in_force())
    if db.session.scalar(select(goes_on)):
        return
    for network in db.session.scalars(select(Network).where(Network.kind == NetworkKind.CONTACT_PERSONS)).all():
        hold(network.id)
        membership = _row(network.id, appointment.user_id)
        if membership is not None and membership.state == MembershipState.ACTIVE and membership.role not in STAFF_ROLES:
            end(membership, MembershipState.LEFT)
            record(viewer, "networks.leave_by_appointment", membership)


@person_moved.connect
def ask_leaders_again(viewer: Viewer, person: User, entered: Organisation | None = None, **_more: Any) -> None:
    """Whoever changes organisation waits for the moderators' approval again; leaders and moderators themselves stay (I-07)."""
    for membership in db.session.scalars(
        select(Membership)
        .join(Network, Network.id == Membership.network_id)
        .options(joinedload(Membership.network))
        .where(
            Membership.user_id == person.id,
            Membership.state == MembershipState.ACTIVE,
            Membership.role.not_in(STAFF_ROLES),
            Network.kind != NetworkKind.CONTACT_PERSONS,
        )
    ).all():
        if _leads_core_team(membership):
            continue
        hold(membership.network_id)
        membership.role = MembershipRole.MEMBER
        membership.state = MembershipState.REQUESTED
        membership.requested_at = clock.now()
        db.session.flush()
        record(viewer, "networks.confirm_again", membership)
        write_to_moderators(
            membership.network,
            "requested",
            waiting=membership,
            who=person.name,
            organisation=entered.name if entered else {},
            message="",
            moved=True,
        )


def _row(network_id: int, user_id: int) -> Membership | None:
    return db.session.scalar(select(Membership).where(Membership.network_id == network_id, Membership.user_id == user_id))


def _leads_core_team(membership: Membership) -> bool:
    """A leader of the core team keeps the place in the learning network (I-12)."""
    return bool(
        db.session.scalar(
            select(
                exists().where(
                    Network.parent_id == membership.network_id,
                    Network.kind == NetworkKind.DEVELOPMENT,
                    Membership.network_id == Network.id,
                    Membership.user_id == membership.user_id,
                    Membership.state == MembershipState.ACTIVE,
                    Membership.role.in_(STAFF_ROLES),
                )
            )
        )
    )
