"""What can you do with contact persons: propose, confirm, reject, end, choose the lead. The organisation itself: `upkeep_actions`."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from extranet.accounts.letters import send_invitation
from extranet.accounts.models import Side, User, UserState
from extranet.audit.log import action, record
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.i18n import gettext as _
from extranet.core.text import one_line
from extranet.core.viewer import Viewer
from extranet.organisations import letters, policy, rules
from extranet.organisations.course import begin, finish, onboard, turn_down
from extranet.organisations.models import Appointment, AppointmentKind, AppointmentState, Organisation, OrganisationLanguages
from extranet.organisations.queries import list_group_ids
from extranet.organisations.rules import Period


@dataclass(frozen=True)
class NewPerson:
    """Somebody who has no account yet."""

    email: str
    first_name: str
    last_name: str


@action(policy.can_propose)
def propose(
    viewer: Viewer,
    organisation: Organisation,
    *,
    person: User | NewPerson,
    kind: AppointmentKind,
    starts_on: date,
    ends_on: date | None = None,
    is_lead: bool = False,
    job_title: str = "",
    scope: str = "",
    decision_ref: str = "",
    declares_not_shop_steward: bool = False,
    declares_independent: bool = False,
) -> Appointment:
    """Propose a contact person; a registrar confirms. A new person is invited to the service in the same act."""
    _lock(organisation)
    rules.check_organisation(organisation)
    if not (declares_not_shop_steward and declares_independent):
        raise Refused(_("A contact person works in a leading or independent position and is not a shop steward. Confirm both."))
    chosen = _invite(viewer, organisation, person) if isinstance(person, NewPerson) else _lock_person(person)
    if job_title:
        chosen.job_title = one_line(job_title)
    if not chosen.job_title:
        raise Refused(_("Write the job title of %(name)s: it shows the position.", name=chosen.name))
    rules.check_person(chosen, list_group_ids(organisation))
    period = Period(starts_on, ends_on)
    rules.check_period(organisation.id, chosen, kind, period, _others(organisation, chosen))
    appointment = Appointment(
        organisation=organisation,
        user=chosen,
        kind=kind,
        is_lead=is_lead and kind == AppointmentKind.PRIMARY,
        scope=one_line(scope),
        starts_on=starts_on,
        ends_on=ends_on,
        decision_ref=one_line(decision_ref),
        declares_not_shop_steward=True,
        declares_independent=True,
        appointed_by_id=viewer.user_id,
    )
    db.session.add(appointment)
    onboard(organisation)
    db.session.flush()
    letters.tell_proposed(viewer, appointment)
    return appointment


@action(policy.can_decide)
def confirm(viewer: Viewer, appointment: Appointment, *, is_lead: bool = False) -> Appointment:
    """Confirm what was proposed. Everything is checked anew: the world may have changed since."""
    organisation, person = appointment.organisation, appointment.user
    _lock(organisation)
    _lock_person(person)
    _must_be(appointment, AppointmentState.PROPOSED)
    rules.check_organisation(organisation)
    rules.check_person(person, list_group_ids(organisation))
    period = Period(appointment.starts_on, appointment.ends_on)
    if period.ends_on is not None and period.ends_on < clock.today():
        raise Refused(_("The period has passed already. Reject the proposal; a new one can be made."))
    others = [a for a in _others(organisation, person) if a.id != appointment.id]
    confirmed = [a for a in others if a.state != AppointmentState.PROPOSED]
    rules.check_period(organisation.id, person, appointment.kind, period, confirmed)
    is_primary = appointment.kind == AppointmentKind.PRIMARY
    if is_primary and is_lead:
        rules.check_lead(organisation.id, period, others)
    appointment.is_lead = is_primary and (is_lead or rules.find_lead(organisation.id, period, others) is None)
    appointment.state = AppointmentState.CONFIRMED
    appointment.decided_by_id, appointment.decided_at = viewer.user_id, clock.now()
    db.session.flush()
    if appointment.is_in_force():
        begin(viewer, appointment)
    letters.tell_decided(viewer, appointment, "confirmed")
    return appointment


@action(policy.can_decide)
def reject(viewer: Viewer, appointment: Appointment, *, reason: str) -> Appointment:
    """Turn a proposal down; the person and the proposer are told why."""
    _lock(appointment.organisation)
    _must_be(appointment, AppointmentState.PROPOSED)
    turn_down(viewer, appointment, reason)
    letters.tell_decided(viewer, appointment, "rejected")
    return appointment


@action(policy.can_end)
def end(viewer: Viewer, appointment: Appointment, *, ends_on: date, reason: str) -> Appointment:
    """End it: today or earlier takes effect at once (I-08), a later day when it has passed."""
    _lock(appointment.organisation)
    _must_be(appointment, AppointmentState.CONFIRMED)
    if appointment.ends_on is not None and ends_on > appointment.ends_on:
        raise Refused(_("The appointment ends before that day already. Choose an earlier day, or propose a new appointment."))
    appointment.ended_reason = reason.strip()[:400]
    appointment.ends_on = max(ends_on, appointment.starts_on)
    if ends_on <= clock.today():
        finish(viewer, appointment)
    letters.tell_ended(viewer, appointment)
    return appointment


@action(policy.is_calendar)
def start(viewer: Viewer, appointment: Appointment) -> Appointment:
    """The first day has come."""
    begin(viewer, appointment)
    return appointment


@action(policy.is_calendar)
def expire(viewer: Viewer, appointment: Appointment) -> Appointment:
    """The last day has passed. Who ended it with a reason has told the others already."""
    finish(viewer, appointment)
    if not appointment.ended_reason:
        letters.tell_ended(viewer, appointment)
    return appointment


@action(policy.can_make_lead)
def make_lead(viewer: Viewer, appointment: Appointment) -> Appointment:
    """Choose the one whom the service asks first; whoever it was before, is it no more (I-03)."""
    _lock(appointment.organisation)
    if appointment.kind != AppointmentKind.PRIMARY or not appointment.is_in_force():
        raise Refused(_("Only a contact person whose appointment is in force can be the one asked first."))
    period = Period(appointment.starts_on, appointment.ends_on)
    for other in _others(appointment.organisation, appointment.user):
        taken = rules.period_of(other)
        if other.is_lead and other.organisation_id == appointment.organisation_id and taken is not None and taken.overlaps(period):
            other.is_lead = other.state != AppointmentState.CONFIRMED
    appointment.is_lead = True
    return appointment


def _must_be(appointment: Appointment, state: AppointmentState) -> None:
    db.session.refresh(appointment, ["state", "ends_on", "is_lead"])
    if appointment.state == state:
        return
    if state == AppointmentState.PROPOSED:
        raise Refused(_("Somebody has decided on this proposal already."))
    raise Refused(_("This appointment is not in force, so it cannot be ended."))


def _invite(viewer: Viewer, organisation: Organisation, new: NewPerson) -> User:
    email = one_line(new.email).lower()
    known = db.session.scalar(select(User).where(User.email == email).with_for_update())
    if known is not None and known.organisation_id in list_group_ids(organisation):
        return known
    if known is not None:
        raise Refused(_("This address belongs to somebody in another organisation. Ask the service to move the person here first."))
    user = User(
        email=email,
        first_name=one_line(new.first_name),
        last_name=one_line(new.last_name),
        organisation_id=organisation.id,
        language="sv" if organisation.languages in (OrganisationLanguages.SV, OrganisationLanguages.SV_FI) else "fi",
        side=Side.EMPLOYER,
        state=UserState.INVITED,
    )
    db.session.add(user)
    db.session.flush()
    send_invitation(user)
    record(viewer, "organisations.invite", user)
    return user


def _lock(organisation: Organisation) -> None:
    """Appointments of one organisation are decided one after another (I-03)."""
    db.session.execute(select(Organisation.id).where(Organisation.id == organisation.id).with_for_update())


def _lock_person(person: User) -> User:
    db.session.execute(select(User.id).where(User.id == person.id).with_for_update())
    return person


def _others(organisation: Organisation, person: User) -> list[Appointment]:
    """The organisation's appointments and the person's own elsewhere: all that the rules look at."""
    return list(
        db.session.scalars(
            select(Appointment)
            .where(or_(Appointment.organisation_id == organisation.id, Appointment.user_id == person.id))
            .options(joinedload(Appointment.user))
            .order_by(Appointment.id)
        )
    )
