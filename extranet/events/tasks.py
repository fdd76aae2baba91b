"""What happens later: members hear of events, letters are written, events end, places of people who left go on."""

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.db import db
from extranet.core.i18n import N_, in_language
from extranet.core.signals import appointment_ended, member_left, network_closed
from extranet.core.viewer import SYSTEM, Viewer
from extranet.events import actions, ics, policy, queries, signup_actions
from extranet.events.kinds import IN_FORCE, Audience, EventState, SignupState
from extranet.events.models import Event, Signup
from extranet.jobs.queue import every, task
from extranet.mail import delivery
from extranet.mail.message import Attachment
from extranet.mail.outbox import guard, put_letter
from extranet.networks.access import viewer_for, viewers_for
from extranet.networks.models import Membership, MembershipState
from extranet.notifications.notify import notify, subject
from extranet.organisations.models import Appointment, AppointmentState

NEWS = {
    EventState.ANNOUNCED: N_("Save the date: %(title)s"),
    EventState.OPEN: N_("Registration is open: %(title)s"),
}


class Words(NamedTuple):
    """What a letter says, and in which states of the sign-up that is still true."""

    subject: str
    text: str
    true_in: tuple[SignupState, ...]


CONFIRMED, WAITING, OFFERED = SignupState.CONFIRMED, SignupState.WAITING, SignupState.OFFERED
LETTERS = {
    "confirmed": Words(
        N_("You have a place: %(title)s"),
        N_("You have a place in the event. If you cannot come, cancel your sign-up on the event's page, so that somebody else gets it."),
        (CONFIRMED,),
    ),
    "waiting": Words(
        N_("On the waiting list: %(title)s"),
        N_("All places are taken. You are number %(position)s on the waiting list. When it is your turn, we offer the place to you and write to you at once."),
        (WAITING,),
    ),
    "offered": Words(
        N_("A place is offered to you: %(title)s"),
        N_("A place became free, and it is your turn. Take it on the event's page by %(until)s; after that it goes to the next in the queue."),
        (OFFERED,),
    ),
    "expired": Words(
        N_("Your offer of a place has ended: %(title)s"),
        N_("You were offered a place, but no answer came in time, so it went to the next in the queue. You can sign up again; you then come last."),
        (SignupState.EXPIRED,),
    ),
    "registered": Words(
        N_("You have been signed up: %(title)s"),
        N_("A colleague has arranged a place for you. If you cannot come, cancel the sign-up on the event's page, so that somebody else gets it."),
        (CONFIRMED, WAITING),
    ),
    "cancelled_for": Words(
        N_("Your place was cancelled: %(title)s"),
        N_("A colleague has cancelled your place. If this was a mistake, sign up again or ask the organiser."),
        (SignupState.CANCELLED,),
    ),
    "promoted": Words(
        N_("You have a place now: %(title)s"),
        N_("A place became free, and it is yours. If you cannot come, cancel your sign-up on the event's page, so that the next in the queue gets it."),
        (CONFIRMED,),
    ),
    "given_up": Words(
        N_("Your sign-up was cancelled: %(title)s"),
        N_("You have cancelled your sign-up. Thank you for making room for others. If you can come after all, sign up again on the event's page."),
        (SignupState.CANCELLED,),
    ),
    "removed": Words(
        N_("Your place was cancelled: %(title)s"),
        N_("An organiser has cancelled your place. Reason: %(reason)s"),
        (SignupState.CANCELLED,),
    ),
    "replaced": Words(
        N_("Your place was given to a colleague: %(title)s"),
        N_("Your place in the event has been given to a colleague of your organisation, so you no longer take part."),
        (SignupState.REPLACED,),
    ),
    "changed": Words(
        N_("Time or place has changed: %(title)s"),
        N_("The time or place of the event has changed. Your sign-up stays in force; if this does not suit you, cancel it on the event's page."),
        (CONFIRMED, WAITING, OFFERED),
    ),
    "cancelled": Words(
        N_("Event cancelled: %(title)s"),
        N_("The event has been cancelled. Reason: %(reason)s"),
        (CONFIRMED, WAITING, OFFERED),
    ),
}  # fmt: skip
# Letters that put the event into the reader's calendar, or move it there; and those that take it out again.
PUTS_IN, TAKES_OUT = ("confirmed", "registered", "promoted", "changed"), ("given_up", "cancelled_for", "removed", "cancelled", "replaced")
NO_LONGER_ALLOWED = N_("The person may no longer take part.")

every("events.finish", minutes=30)
every("events.release", at="03:40")
every("events.move_queues", minutes=5)


@subject("event")
def visible(viewer: Viewer, ids: Collection[int]) -> Select[int]:
    """Which of the events the person may see now (T22, T23)."""
    return select(Event.id).where(Event.id.in_(ids), policy.visible_to(viewer))


@guard("events.signup")
def may_go(signup_id: int) -> bool:
    """Whether the person of the sign-up may still see the event when the letter leaves (T23)."""
    row = db.session.execute(select(Signup.user_id, Signup.event_id).where(Signup.id == signup_id)).one_or_none()
    if row is None or row.user_id is None:
        return row is not None
    viewer = viewer_for(row.user_id)
    return (
        viewer.is_signed_in and db.session.scalar(select(Event.id).where(Event.id == row.event_id, policy.visible_to(viewer))) is not None
    )


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


@task("events.write")
def write(what: str, signup_ids: list[int], edition: int) -> None:
    """Write the letters about people's own places, in their languages."""
    rows = db.session.execute(
        select(Signup, func.coalesce(User.email, Signup.guest_email), func.coalesce(User.language, Signup.guest_language))
        .outerjoin(User, User.id == Signup.user_id)
        .where(Signup.id.in_(signup_ids), Signup.state.in_(LETTERS[what].true_in))
        .options(joinedload(Signup.event).options(joinedload(Event.network), joinedload(Event.organiser)))
        .order_by(Signup.id)
    )
    for signup, email, language in rows.all():
        event = signup.event
        if (event.state == EventState.CANCELLED) != (what == "cancelled"):
            continue
        files = _calendar_file(signup, what, language)
        put_letter(
            to=email,
            user_id=signup.user_id,
            language=language,
            template="events/mail/own_place",
            key=f"signup:{signup.id}:{what}:{edition}",
            guarded=("events.signup", signup.id),
            attachments=files,
            puts_in=bool(files) and what in PUTS_IN,
            what=what,
            words=LETTERS[what],
            event=event,
            signup=signup,
            reason=event.cancelled_reason or signup.note,
            until=signup.confirm_by,
            position=queries.position_of(signup) if what == "waiting" else 0,
        )


def _calendar_file(signup: Signup, what: str, language: str) -> list[Attachment]:
    """The event for the reader's calendar: only a place that is certain stands there."""
    is_off = what in TAKES_OUT
    if signup.event.starts_at is None or not (is_off or (what in PUTS_IN and signup.is_confirmed)):
        return []
    config = delivery.config()
    with in_language(language):
        content = ics.own_file(signup, config.base_url, config.mail_from, is_off)
    method = "CANCEL" if is_off else "REQUEST"
    return [Attachment("event.ics", ics.MIME, content, {"charset": "utf-8", "method": method})]


@task("events.finish")
def finish() -> None:
    """Events whose end has passed have been held."""
    over = select(Event).where(Event.state.in_([EventState.OPEN, EventState.CLOSED]), Event.ends_at < clock.now())
    for event in db.session.scalars(over.options(joinedload(Event.network))).all():
        actions.finish(SYSTEM, event)


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
    for signup in signups:
        viewer = viewers.get(signup.user_id)
        if viewer is None or not policy.is_addressed(viewer, signup.event):
            signup_actions.release(SYSTEM, signup, reason=NO_LONGER_ALLOWED)


def _find(event_id: int) -> Event | None:
    return db.session.scalar(select(Event).where(Event.id == event_id).options(joinedload(Event.network)))
