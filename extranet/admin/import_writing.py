"""Writes what an import's plan says, by the same acts as the pages, with an event for each row."""

from collections.abc import Sequence

from sqlalchemy import select

from extranet.accounts import tokens
from extranet.accounts.letters import send_invitation
from extranet.accounts.models import Side, User, UserState
from extranet.admin import import_organisations, import_people
from extranet.admin.import_report import Verdict
from extranet.audit.log import record
from extranet.core.db import db
from extranet.core.viewer import Viewer
from extranet.networks.models import Membership, MembershipState, Network
from extranet.networks.steps import activate, hold
from extranet.organisations import upkeep_actions
from extranet.organisations.course import onboard


def write_organisations(viewer: Viewer, planned: Sequence[import_organisations.Planned]) -> None:
    """New organisations and the changed facts of the others."""
    for row in planned:
        if row.finding.verdict == Verdict.NEW:
            upkeep_actions.add(viewer, None, code=row.code, **row.facts)
        elif row.finding.verdict == Verdict.CHANGED and row.known is not None:
            upkeep_actions.change(viewer, row.known, **row.facts)


def write_people(viewer: Viewer, planned: Sequence[import_people.Planned], invite: bool = False) -> None:
    """New people are invited; a letter goes to them only if `invite`. What a row leaves blank stays."""
    for row in planned:
        if row.finding.verdict not in (Verdict.NEW, Verdict.CHANGED):
            continue
        user = _add(row) if row.known is None else _change(viewer, row.known, row)
        db.session.flush()
        record(viewer, "admin.import_person", user, verdict=row.finding.verdict.value, columns=", ".join(row.finding.changes))
        for network in row.networks:
            _join(viewer, network, user)
        if invite and row.known is None:
            send_invitation(user)


def _add(row: import_people.Planned) -> User:
    user = User(state=UserState.INVITED, **row.facts)
    if row.organisation is not None:
        user.organisation_id = row.organisation.id
        onboard(row.organisation)
    db.session.add(user)
    return user


def _change(viewer: Viewer, user: User, row: import_people.Planned) -> User:
    if "email" in row.facts:
        user.email_verified_at = None
        tokens.void(user.id)
    for name, value in row.facts.items():
        setattr(user, name, value)
    if row.organisation is not None:
        upkeep_actions.move_person(viewer, user, to=row.organisation)
    return user


def _join(viewer: Viewer, network: Network, user: User) -> None:
    hold(network.id)
    membership = db.session.scalar(select(Membership).where(Membership.network_id == network.id, Membership.user_id == user.id))
    if membership is None:
        membership = Membership(network_id=network.id, user_id=user.id, state=MembershipState.REQUESTED)
    if membership.state == MembershipState.ACTIVE:
        return
    membership.declares_employer_side = user.side == Side.EMPLOYER
    activate(viewer, network, membership, user.side)
    db.session.flush()
    record(viewer, "admin.import_membership", membership)
