"""The course of an appointment, and what follows from each step for the others. Called by actions, which check and record."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from extranet.accounts.models import User
from extranet.audit.log import record
from extranet.core import clock
from extranet.core.db import db
from extranet.core.signals import appointment_confirmed, appointment_ended
from extranet.core.viewer import Viewer
from extranet.organisations import letters
from extranet.organisations.models import MOVED, Appointment, AppointmentState, Organisation


def begin(viewer: Viewer, appointment: Appointment) -> None:
    """Tell the others that the contact person is in force; called again, it does nothing."""
    if appointment.begun_at is None:
        appointment.begun_at = clock.now()
        appointment_confirmed.send(viewer, appointment=appointment)


def finish(viewer: Viewer, appointment: Appointment) -> None:
    """It is over, for this request already (I-08)."""
    appointment.state = AppointmentState.ENDED
    db.session.flush()
    appointment_ended.send(viewer, appointment=appointment)


def turn_down(viewer: Viewer, appointment: Appointment, reason: str) -> None:
    """A proposal that came to nothing."""
    appointment.state = AppointmentState.REJECTED
    appointment.ended_reason = reason.strip()[:400]
    appointment.decided_by_id, appointment.decided_at = viewer.user_id, clock.now()


def stop_all(viewer: Viewer, person: User) -> None:
    """I-07: end everything a person holds as a contact person today; turn down what is only proposed."""
    for appointment in db.session.scalars(
        select(Appointment)
        .where(Appointment.user_id == person.id, Appointment.state.in_([AppointmentState.PROPOSED, AppointmentState.CONFIRMED]))
        .options(joinedload(Appointment.user), joinedload(Appointment.organisation))
    ):
        if appointment.state == AppointmentState.PROPOSED:
            turn_down(viewer, appointment, MOVED)
            record(viewer, "organisations.reject", appointment, reason=MOVED)
            continue
        appointment.ended_reason, appointment.ends_on = MOVED, max(clock.today(), appointment.starts_on)
        finish(viewer, appointment)
        record(viewer, "organisations.end", appointment, reason=MOVED)
        letters.tell_ended(viewer, appointment)


def onboard(organisation: Organisation) -> None:
    """The organisation has somebody in the service from now on; its gaps count (I-01)."""
    if organisation.onboarded_at is None:
        organisation.onboarded_at = clock.now()
