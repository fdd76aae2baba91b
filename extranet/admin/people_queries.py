"""What administrators see of people: the register, and one person with everything that hangs on the account."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from extranet.accounts.models import AuthSession, Grant, RoleGrant, User, UserState
from extranet.accounts.tokens import IDLE
from extranet.admin.policy import can_administer
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import NotFound
from extranet.core.text import LocalText
from extranet.core.viewer import Viewer
from extranet.networks.models import Membership, MembershipState, Network
from extranet.organisations.models import Appointment, AppointmentState, Organisation

PER_PAGE = 50


@dataclass(frozen=True)
class Wanted:
    """What the register is narrowed down to."""

    text: str = ""
    state: UserState | None = None
    role: Grant | None = None
    organisation_id: int | None = None

    @property
    def is_narrow(self) -> bool:
        return bool(self.text or self.state or self.role or self.organisation_id)


@dataclass(frozen=True)
class PersonRow:
    """One line of the register."""

    id: int
    name: str
    email: str
    state: UserState
    job_title: str
    last_login_at: datetime | None
    organisation_name: LocalText
    grants: list[Grant] = field(default_factory=list)


@dataclass(frozen=True)
class People:
    """A page of the register."""

    rows: list[PersonRow]
    count: int
    page_no: int

    @property
    def page_count(self) -> int:
        return max(1, -(-self.count // PER_PAGE))


def list_people(viewer: Viewer, wanted: Wanted, page_no: int = 1) -> People:
    """The people who match, by name, fifty to a page."""
    _must_administer(viewer)
    where = _where(wanted)
    count = db.session.scalar(select(func.count()).select_from(User).where(*where)) or 0
    page_no = min(max(1, page_no), max(1, -(-count // PER_PAGE)))
    found = db.session.execute(
        select(
            User.id, User.first_name, User.last_name, User.email, User.state, User.job_title, User.last_login_at,
            Organisation.name.label("organisation_name"),
        )
        .outerjoin(Organisation, Organisation.id == User.organisation_id)
        .where(*where)
        .order_by(User.last_name, User.first_name, User.id)
        .limit(PER_PAGE)
        .offset((page_no - 1) * PER_PAGE)
    ).all()  # fmt: skip
    grants: dict[int, list[Grant]] = {}
    for user_id, role in db.session.execute(
        select(RoleGrant.user_id, RoleGrant.role).where(RoleGrant.user_id.in_([row.id for row in found]), _in_force()).distinct()
    ):
        grants.setdefault(user_id, []).append(role)
    rows = [
        PersonRow(
            row.id, f"{row.last_name} {row.first_name}", row.email, row.state, row.job_title, row.last_login_at,
            row.organisation_name or LocalText(), grants.get(row.id, []),
        )
        for row in found
    ]  # fmt: skip
    return People(rows, count, page_no)


def list_organisations(viewer: Viewer, with_people: bool = False) -> Sequence[tuple[int, LocalText]]:
    """Organisations to choose from: all, or those that somebody belongs to."""
    _must_administer(viewer)
    wanted = select(Organisation.id, Organisation.name)
    if with_people:
        wanted = wanted.where(Organisation.id.in_(select(User.organisation_id)))
    return [(row.id, row.name) for row in db.session.execute(wanted)]


def get_person(viewer: Viewer, user_id: int) -> User:
    """One person's account."""
    _must_administer(viewer)
    user = db.session.get(User, user_id)
    if user is None:
        raise NotFound
    return user


def get_organisation_name(viewer: Viewer, user: User) -> Mapping[str, str]:
    _must_administer(viewer)
    return db.session.scalar(select(Organisation.name).where(Organisation.id == user.organisation_id)) or {}


def list_grants(viewer: Viewer, user: User) -> Sequence[Any]:
    """The person's roles: role, organisation_id, organisation_name, granted_at, valid_until and by whom (by_first, by_last)."""
    _must_administer(viewer)
    granter = aliased(User)
    return db.session.execute(
        select(
            RoleGrant.role, RoleGrant.organisation_id, RoleGrant.granted_at, RoleGrant.valid_until,
            Organisation.name.label("organisation_name"), granter.first_name.label("by_first"), granter.last_name.label("by_last"),
        )
        .outerjoin(Organisation, Organisation.id == RoleGrant.organisation_id)
        .outerjoin(granter, granter.id == RoleGrant.granted_by_id)
        .where(RoleGrant.user_id == user.id)
        .order_by(RoleGrant.id)
    ).all()  # fmt: skip


def list_places(viewer: Viewer, user: User) -> Sequence[Any]:
    """The networks where the person has a place: slug, name, role, state."""
    _must_administer(viewer)
    return db.session.execute(
        select(Network.slug, Network.name, Membership.role, Membership.state)
        .join(Network, Network.id == Membership.network_id)
        .where(Membership.user_id == user.id, Membership.state == MembershipState.ACTIVE)
        .order_by(Network.slug)
    ).all()


def list_appointments(viewer: Viewer, user: User) -> Sequence[Any]:
    """The organisations whose contact person this is: code, name, kind, starts_on, ends_on."""
    _must_administer(viewer)
    return db.session.execute(
        select(Organisation.code, Organisation.name, Appointment.kind, Appointment.starts_on, Appointment.ends_on)
        .join(Organisation, Organisation.id == Appointment.organisation_id)
        .where(Appointment.user_id == user.id, Appointment.state == AppointmentState.CONFIRMED)
        .order_by(Appointment.starts_on.desc())
    ).all()


def count_sessions(viewer: Viewer, user: User) -> int:
    """In how many browsers the person is signed in."""
    _must_administer(viewer)
    now = clock.now()
    in_force = (AuthSession.ended_at.is_(None), AuthSession.expires_at > now, AuthSession.last_seen_at > now - IDLE)
    return db.session.scalar(select(func.count()).select_from(AuthSession).where(AuthSession.user_id == user.id, *in_force)) or 0


def _must_administer(viewer: Viewer) -> None:
    """The register exists for administrators only."""
    if not can_administer(viewer):
        raise NotFound


def _where(wanted: Wanted) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if wanted.text:
        # SQLite folds only a-z: "ä" must be tried in both cases.
        spellings = {wanted.text, wanted.text.lower(), wanted.text.title()}
        columns: list[InstrumentedAttribute[str] | ColumnElement[str]] = [
            User.email, User.first_name + " " + User.last_name, User.last_name + " " + User.first_name,
        ]  # fmt: skip
        where.append(or_(*(column.icontains(text, autoescape=True) for column in columns for text in spellings)))
    if wanted.state:
        where.append(User.state == wanted.state)
    if wanted.role:
        where.append(User.id.in_(select(RoleGrant.user_id).where(RoleGrant.role == wanted.role, _in_force())))
    if wanted.organisation_id:
        where.append(User.organisation_id == wanted.organisation_id)
    return where


def _in_force() -> ColumnElement[bool]:
    return or_(RoleGrant.valid_until.is_(None), RoleGrant.valid_until > clock.now())
