"""What happens later: members hear of events, events end, places of people who left go on."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, Text, cast, select
from sqlalchemy.orm import joinedload

from extranet.core import clock
from extranet.core.db import db
from extranet.core.i18n import N_
from extranet.core.signals import appointment_ended, member_left, network_closed
from extranet.core.viewer import SYSTEM, Viewer
from extranet.events import actions, policy, programme_actions, signup_actions
from extranet.events import archive_tasks as _archive  # noqa: F401
from extranet.events import guest_tasks as _guests  # noqa: F401
from extranet.events import letter_tasks as _letters  # noqa: F401  its jobs are this package's too
from extranet.events import message_tasks as _messages  # noqa: F401
from extranet.events import reminder_tasks as _reminders  # noqa: F401
from extranet.events.kinds import IN_FORCE, Audience, EventState, SignupState
from extranet.events.models import Event, Signup
from extranet.jobs.queue import every, task
from extranet.networks.access import viewer_for, viewers_for
from extranet.networks.models import Membership, MembershipState
from extranet.networks.titles import titled
from extranet.notifications.notify import notify, subject
from extranet.organisations.models import Appointment, AppointmentState, Organisation

NEWS = {
    EventState.ANNOUNCED: N_("Save the date: %(title)s"),
    EventState.OPEN: N_("Registration is open: %(title)s"),
}
NO_LONGER_ALLOWED = N_("The person may no longer take part.")

every("events.finish", minutes=30)
every("events.release", at="03:40")
every("events.move_queues", minutes=5)


@subject("event")
def visible(viewer: Viewer, ids: Collection[int]) -> Select[int]:
    """Which of the events the person may see now (T22, T23)."""
    return select(Event.id).where(Event.id.in_(ids), policy.visible_to(viewer))


@titled("event", r"/events/(\d+)/")
def titles(viewer: Viewer, ids: Collection[int]) -> Select[int, str]:
    """What a link to an event is called."""
    return select(Event.id, cast(Event.title, Text)).where(Event.id.in_(ids), policy.visible_to(viewer))


@task("events.tell_members")
def tell_members(event_id: int, state: str) -> None:
    """Tell those whom the event is meant for that it was announced, or that registration is open; each step once."""
    event = _find(event_id)
    if event is None or event.state != state:
        return
    people = select(Membership.user_id).where(Membership.network_id == event.network_id, Membership.state == MembershipState.ACTIVE)
    told = set(db.session.scalars(people))
    if event.audience == Audience.CONTACT_PERSONS:
        told |= set(db.session.scalars(select(Appointment.user_id).where(Appointment.state == AppointmentState.CONFIRMED)))
    organiser = viewer_for(event.organiser_id) if event.organiser_id else SYSTEM
    notify(
        organiser,
        told,
        f"events.{state}",
        about=event,
        text=NEWS[EventState(state)],
        path=event.path,
        key=f"event:{event.id}:{state}",
        title=event.title,
    )


@task("events.finish")
def finish() -> None:
    """Events whose end has passed have been held."""
    over = select(Event).where(Event.state.in_([EventState.OPEN, EventState.CLOSED]), Event.ends_at < clock.now())
    for event in db.session.scalars(over.options(joinedload(Event.network))).all():
        actions.finish(SYSTEM, event)


@task("events.tell_programme")
def tell_programme(event_id: int) -> None:
    """The changes of a programme, told together some minutes after the first."""
    event = _find(event_id)
    if event is not None:
        programme_actions.tell_programme(SYSTEM, event)


@task("events.move_queues")
def move_queues() -> None:
    """Offers that nobody answered in time go on to the next (I-14)."""
    due = select(Signup.event_id).where(Signup.state == SignupState.OFFERED, Signup.confirm_by <= clock.now())
    for event in db.session.scalars(select(Event).where(Event.id.in_(due)).options(joinedload(Event.network)).order_by(Event.id)).all():
        signup_actions.move_queue(SYSTEM, event)


@task("events.release")
def release() -> None:
    """Every night, whatever the cause: places of people who may no longer take part go to the next."""
    release_places()


@member_left.connect
def give_up_places(_sender: Any, *, user_id: int, **_more: Any) -> None:
    """A person who left the network loses coming places there; the next in the queue gets them (T17, T37)."""
    release_places(user_id)


@appointment_ended.connect
def give_up_places_of_contact_person(_sender: Any, *, appointment: Appointment) -> None:
    """So does a contact person whose appointment ended (I-08)."""
    release_places(appointment.user_id)


@network_closed.connect
def give_up_places_of_outsiders(_sender: Any, **_network: Any) -> None:
    """A network that became secret keeps only those who may know of it (T03)."""
    release_places()


def release_places(user_id: int | None = None) -> None:
    """Release the coming places of that person, or of anybody, in events that are not meant for them any more."""
    coming = select(Signup).join(Signup.event).where(
        Signup.state.in_(IN_FORCE), Signup.user_id.is_not(None), Event.state.in_([EventState.OPEN, EventState.CLOSED]), Event.starts_at > clock.now()
    )  # fmt: skip
    if user_id is not None:
        coming = coming.where(Signup.user_id == user_id)
    coming = coming.options(joinedload(Signup.event).joinedload(Event.network)).order_by(Signup.event_id, Signup.id)
    signups = db.session.scalars(coming).all()
    viewers = {viewer.user_id: viewer for viewer in viewers_for({s.user_id for s in signups if s.user_id is not None})}
    over = select(Organisation.id).where(Organisation.active_until < clock.today(), Organisation.successor_id.is_(None))
    closed = set(db.session.scalars(over))  # an employer that is no more, and that no other one continues
    for signup in signups:
        viewer = viewers.get(signup.user_id)
        if viewer is None or viewer.organisation_id in closed or not policy.is_addressed(viewer, signup.event):
            signup_actions.release(SYSTEM, signup, reason=NO_LONGER_ALLOWED)


def _find(event_id: int) -> Event | None:
    return db.session.scalar(select(Event).where(Event.id == event_id).options(joinedload(Event.network)))
