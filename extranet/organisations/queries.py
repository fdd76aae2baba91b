"""What can you see? One organisation: its facts, contact persons, people and history. The list is in `listing`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload

from extranet.accounts.models import Side, User, UserState
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import NotAllowed, NotFound
from extranet.core.text import LocalText
from extranet.core.viewer import Viewer
from extranet.organisations import policy
from extranet.organisations.models import Appointment, AppointmentKind, AppointmentState, Organisation
from extranet.organisations.places import Place, find_places

PEOPLE_PER_PAGE = 50
T = TypeVar("T")


@dataclass(frozen=True)
class PersonRow:
    """One of the organisation's people, with the networks that the viewer may know of."""

    id: int
    name: str
    email: str
    job_title: str
    state: UserState
    last_login_at: datetime | None
    places: Sequence[Place]


@dataclass(frozen=True)
class People:
    """A page of the organisation's people."""

    rows: Sequence[PersonRow]
    total: int
    page: int

    @property
    def page_count(self) -> int:
        return max(1, -(-self.total // PEOPLE_PER_PAGE))


@dataclass(frozen=True)
class Moment:
    """One line of the history. `what`: named, ended, rejected, or details (confirmed)."""

    day: date
    what: str
    appointment: Appointment | None


@dataclass(frozen=True)
class Option:
    """One choice of a select."""

    id: int
    code: str
    name: LocalText


def get_organisation(viewer: Viewer, code: str) -> Organisation:
    """The organisation with that code, its parent and successor loaded."""
    organisation = db.session.scalar(
        select(Organisation).where(Organisation.code == code).options(joinedload(Organisation.parent), joinedload(Organisation.successor))
    )
    if organisation is None or not policy.can_see(viewer, organisation):
        raise NotFound
    return organisation


def check(viewer: Viewer, may: Callable[[Viewer, T], bool], thing: T) -> T:
    """`thing` for the page of an act; NotAllowed for those who may not do it: a form that nobody may send is no page."""
    if not may(viewer, thing):
        raise NotAllowed(f"organisations.{may.__name__}")
    return thing


def list_merged(viewer: Viewer, organisation: Organisation) -> list[Option]:
    """The organisations that were merged into this one."""
    if not policy.can_see(viewer):
        return []
    rows = db.session.execute(
        select(Organisation.id, Organisation.code, Organisation.name)
        .where(Organisation.successor_id == organisation.id)
        .order_by(Organisation.code)
    )
    return [Option(*row) for row in rows]


def list_appointments(viewer: Viewer, organisation: Organisation) -> list[Appointment]:
    """Contact persons now and before, latest first, with their people. Colleagues get those in force only (S1-05)."""
    if not policy.can_see_contacts(viewer, organisation):
        return []
    wanted = (
        select(Appointment)
        .where(Appointment.organisation_id == organisation.id)
        .options(joinedload(Appointment.user))
        .order_by(Appointment.is_lead.desc(), Appointment.starts_on.desc(), Appointment.id.desc())
    )
    if not policy.can_see_people(viewer, organisation):
        wanted = wanted.where(Appointment.in_force())
    return list(db.session.scalars(wanted))


def get_appointment(viewer: Viewer, organisation: Organisation, appointment_id: int) -> Appointment:
    """An appointment of that organisation, with its person; NotFound where the viewer may not know of it."""
    appointment = db.session.scalar(
        select(Appointment)
        .where(Appointment.id == appointment_id, Appointment.organisation_id == organisation.id)
        .where(policy.contacts_visible_to(viewer, Appointment.organisation_id))
        .options(joinedload(Appointment.user), joinedload(Appointment.organisation))
    )
    if appointment is None or not (policy.can_see_people(viewer, organisation) or appointment.is_in_force()):
        raise NotFound
    return appointment


def gaps_of(organisation: Organisation, appointments: Sequence[Appointment], day: date | None = None) -> list[AppointmentKind]:
    """Which kinds of contact person an onboarded employer lacks (I-01)."""
    if organisation.onboarded_at is None or not organisation.takes_appointments:
        return []
    held = {a.kind for a in appointments if a.is_in_force(day)}
    return [kind for kind in AppointmentKind if kind not in held]


def gap_since(appointments: Sequence[Appointment], kind: AppointmentKind) -> date | None:
    """The last day on which there was somebody, where there has been."""
    ends = [
        a.ends_on
        for a in appointments
        if a.kind == kind and a.ends_on is not None and not a.is_in_force() and a.state != AppointmentState.REJECTED
    ]
    return max(ends, default=None)


def history_of(organisation: Organisation, appointments: Sequence[Appointment]) -> list[Moment]:
    """What has happened to the contact persons, latest first, as the appointments tell it."""
    today = clock.today()
    moments: list[Moment] = []
    for one in appointments:
        if one.state in (AppointmentState.CONFIRMED, AppointmentState.ENDED) and one.starts_on <= today:
            moments.append(Moment(one.starts_on, "named", one))
        if one.state == AppointmentState.ENDED and one.ends_on is not None:
            moments.append(Moment(one.ends_on, "ended", one))
        if one.state == AppointmentState.REJECTED and one.decided_at is not None:
            moments.append(Moment(clock.local(one.decided_at).date(), "rejected", one))
    if organisation.details_confirmed_at is not None:
        moments.append(Moment(clock.local(organisation.details_confirmed_at).date(), "details", None))
    return sorted(moments, key=lambda moment: (moment.day, moment.what == "ended"), reverse=True)


def list_people(viewer: Viewer, organisation: Organisation, page: int = 1) -> People:
    """A page of the organisation's people by name, for those who may see them."""
    if not policy.can_see_people(viewer, organisation):
        return People([], 0, 1)
    rows = db.session.execute(
        select(
            User.id, User.first_name, User.last_name, User.email, User.job_title, User.state, User.last_login_at,
            func.count().over().label("total"),
        )
        .where(*_people_of(organisation))
        .order_by(func.lower(User.last_name), func.lower(User.first_name), User.id)
        .limit(PEOPLE_PER_PAGE)
        .offset((max(page, 1) - 1) * PEOPLE_PER_PAGE)
    ).all()  # fmt: skip
    if not rows and page > 1:
        return list_people(viewer, organisation)
    places = find_places(viewer, [row.id for row in rows])
    people = [
        PersonRow(r.id, f"{r.first_name} {r.last_name}", r.email, r.job_title, r.state, r.last_login_at, places.get(r.id, ())) for r in rows
    ]
    return People(people, rows[0].total if rows else 0, max(page, 1))


def get_person(viewer: Viewer, organisation: Organisation, person_id: int) -> User:
    """One of the organisation's people."""
    person = db.session.scalar(select(User).where(User.id == person_id, *_people_of(organisation)))
    if person is None or not policy.can_see_people(viewer, organisation):
        raise NotFound
    return person


def list_candidates(viewer: Viewer, organisation: Organisation) -> list[User]:
    """Who may be proposed as a contact person: people of the organisation or of its group (I-02), not on the staff side (I-04)."""
    if not policy.can_propose(viewer, organisation):
        return []
    return list(
        db.session.scalars(
            select(User)
            .where(
                User.organisation_id.in_(select(Organisation.id).where(_in_group_of(organisation))),
                User.state.in_([UserState.ACTIVE, UserState.INVITED]),
                User.side != Side.STAFF,
            )
            .order_by(func.lower(User.last_name), func.lower(User.first_name), User.id)
        )
    )


def list_group_ids(organisation: Organisation) -> set[int]:
    """The organisation, the one above it and those beside and below it: a municipality and its companies (I-02)."""
    return set(db.session.scalars(select(Organisation.id).where(_in_group_of(organisation))))


def list_options(viewer: Viewer) -> list[Option]:
    """Organisations that are not closed, by code, for selects."""
    if not policy.can_see(viewer):
        return []
    rows = db.session.execute(
        select(Organisation.id, Organisation.code, Organisation.name).where(Organisation.is_open()).order_by(Organisation.folded)
    )
    return [Option(*row) for row in rows]


def find_own(viewer: Viewer) -> Option | None:
    """The viewer's own organisation."""
    row = db.session.execute(
        select(Organisation.id, Organisation.code, Organisation.name).where(Organisation.id == (viewer.organisation_id or 0))
    ).one_or_none()
    return Option(*row) if row else None


def get_option(viewer: Viewer, organisation_id: int) -> Organisation:
    """The organisation that was chosen from `list_options`."""
    organisation = db.session.get(Organisation, organisation_id)
    if organisation is None or not policy.can_see(viewer, organisation):
        raise NotFound
    return organisation


def list_proposals(viewer: Viewer, limit: int = 20) -> list[Appointment]:
    """Appointments that wait for a registrar, oldest first, with person and organisation."""
    if not policy.can_decide(viewer):
        return []
    return list(
        db.session.scalars(
            select(Appointment)
            .where(Appointment.state == AppointmentState.PROPOSED)
            .options(joinedload(Appointment.user), joinedload(Appointment.organisation))
            .order_by(Appointment.created_at)
            .limit(limit)
        )
    )


def list_due(viewer: Viewer) -> list[Appointment]:
    """What the calendar changes today: appointments whose last day has passed, or whose first day has come unannounced."""
    if not viewer.is_system:
        return []
    has_come = Appointment.in_force() & Appointment.begun_at.is_(None)
    return list(
        db.session.scalars(
            select(Appointment)
            .where(Appointment.state == AppointmentState.CONFIRMED, or_(Appointment.ends_on < clock.today(), has_come))
            .options(joinedload(Appointment.user), joinedload(Appointment.organisation))
            .order_by(Appointment.id)
        )
    )


def _people_of(organisation: Organisation) -> tuple[ColumnElement[bool], ...]:
    shown = [UserState.ACTIVE, UserState.INVITED, UserState.SUSPENDED]
    return User.organisation_id == organisation.id, User.state.in_(shown)


def _in_group_of(organisation: Organisation) -> ColumnElement[bool]:
    top = organisation.parent_id or organisation.id
    return or_(Organisation.id == top, Organisation.parent_id == top)
