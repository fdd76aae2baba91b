"""Letters about contact persons, each in its reader's language."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import or_, select

from extranet.accounts.models import Grant, RoleGrant, User, UserState
from extranet.core.db import db
from extranet.core.settings import get_setting
from extranet.core.viewer import Viewer
from extranet.mail.outbox import put_letter
from extranet.organisations.models import MOVED, Appointment, Organisation


def tell_proposed(viewer: Viewer, appointment: Appointment) -> None:
    """The person, and the registrars' mailbox, hear of a proposal."""
    _write("proposed", viewer, appointment, [appointment.user])
    put_letter(
        to=get_setting("service_email"),
        language="fi",
        template="organisations/mail/to_decide",
        **_facts(viewer, appointment),
    )


def tell_decided(viewer: Viewer, appointment: Appointment, verdict: str) -> None:
    """The person and the proposer hear that the appointment was confirmed or rejected, and why."""
    proposer = db.session.get(User, appointment.appointed_by_id) if appointment.appointed_by_id else None
    _write(verdict, viewer, appointment, [appointment.user, *([proposer] if proposer else [])])


def tell_ended(viewer: Viewer, appointment: Appointment) -> None:
    """The person, the organisation's other contact persons and its org_admins hear of the end: the deputy carries on."""
    others = select(Appointment.user_id).where(Appointment.organisation_id == appointment.organisation_id, Appointment.in_force())
    admins = select(RoleGrant.user_id).where(
        RoleGrant.organisation_id == appointment.organisation_id, RoleGrant.role == Grant.ORG_ADMIN, RoleGrant.valid_until.is_(None)
    )
    people = db.session.scalars(select(User).where(or_(User.id.in_(others), User.id.in_(admins), User.id == appointment.user_id)))
    _write("ended", viewer, appointment, people)


def _write(template: str, viewer: Viewer, appointment: Appointment, people: Iterable[User]) -> None:
    told: set[int] = {viewer.user_id} if viewer.user_id is not None else set()
    for person in people:
        if person.id in told or person.state not in (UserState.ACTIVE, UserState.INVITED):
            continue
        told.add(person.id)
        put_letter(
            to=person.email,
            user_id=person.id,
            language=person.language,
            template=f"organisations/mail/{template}",
            is_self=person.id == appointment.user_id,
            is_invited=person.state == UserState.INVITED,
            **_facts(viewer, appointment),
        )


def _facts(viewer: Viewer, appointment: Appointment) -> dict[str, Any]:
    organisation: Organisation = appointment.organisation
    return {
        "person": appointment.user.name,
        "organisation": organisation.name,
        "path": organisation.path,
        "kind": appointment.kind.value,
        "starts_on": appointment.starts_on,
        "ends_on": appointment.ends_on,
        "reason": appointment.ended_reason,
        "has_moved": appointment.ended_reason == MOVED,
        "actor": "" if viewer.is_system else viewer.name,
        "decide_path": f"{organisation.path}appointments/{appointment.id}/confirm",
    }
