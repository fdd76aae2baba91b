"""The places of an event and who is next. Whatever counts places holds the event's row first (I-11)."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.i18n import N_
from extranet.core.i18n import gettext as _
from extranet.core.viewer import Viewer
from extranet.events import queries, workshops
from extranet.events.details import forget_needs
from extranet.events.kinds import IN_FORCE, EventState, Mode, SignupState
from extranet.events.models import Event, Seats, Signup
from extranet.jobs.queue import enqueue
from extranet.notifications.notify import notify

LETTERS_A_JOB = 20
SOON = timedelta(hours=48)
SHORT_OFFER = timedelta(hours=2)


def lock(event: Event, signup: Signup | None = None) -> None:
    """Wait for others who count the same places, then see what they left (SQLite: the request has the lock already)."""
    columns = [column.key for column in Event.__mapper__.column_attrs]
    db.session.refresh(event, attribute_names=columns, with_for_update={"key_share": True})
    if signup is not None:
        db.session.refresh(signup, attribute_names=["state", "cancelled_at", "promoted_at", "confirm_by", "mode", "sequence"])


def seats_of(viewer: Viewer, event: Event, mode: Mode) -> Seats:
    """The places of one way of taking part."""
    return next(s for s in queries.count_seats(viewer, event) if s.mode == mode)


def find_in_force(event: Event, user_id: int | None) -> Signup | None:
    """The person's sign-up that is in force; there is at most one (I-15)."""
    return db.session.scalar(select(Signup).where(Signup.event_id == event.id, Signup.user_id == user_id, Signup.state.in_(IN_FORCE)))


def check_open(event: Event) -> None:
    """I-16, in words for somebody whose page is from yesterday."""
    if event.state == EventState.CANCELLED:
        raise Refused(_("This event has been cancelled, so nobody can sign up any more."))
    if event.is_over or event.has_begun:
        raise Refused(_("The event has already begun, so nobody can sign up any more."))
    if event.opens_later or event.state == EventState.DRAFT:
        raise Refused(_("Registration has not been opened yet. The event's page tells when it opens."))
    if not event.takes_signups:
        raise Refused(_("Registration has closed. Ask the organiser whether there is still room."))


def give_up(viewer: Viewer, signup: Signup, state: SignupState = SignupState.CANCELLED) -> None:
    """End a sign-up; whatever place it had goes to the first who waits."""
    signup.state = state
    signup.cancelled_at = clock.now()
    signup.confirm_by = None
    db.session.flush()
    forget_needs([signup.id])
    workshops.vacate(viewer, [signup])
    fill(viewer, signup.event)


def offer_ends(event: Event) -> datetime:
    """Until when somebody who gets a place now must answer: a day, or two hours when the event is near, and never past its start."""
    assert event.starts_at is not None  # noqa: S101  a queue needs a date
    now = clock.now()
    answer_in = SHORT_OFFER if event.starts_at - now < SOON else timedelta(hours=event.offer_hours)
    return min(now + answer_in, event.starts_at)


def shorten_offers(event: Event) -> None:
    """Offers stop when the event starts (I-14), also where that is earlier now than it was when they were made."""
    if event.starts_at is not None:
        late = Signup.event_id == event.id, Signup.state == SignupState.OFFERED, Signup.confirm_by > event.starts_at
        db.session.execute(update(Signup).where(*late).values(confirm_by=event.starts_at))


def fill(viewer: Viewer, event: Event) -> None:
    """Take back offers that nobody answered, then offer free places to those who wait.

    First in, first out in each way of taking part, until the event starts (I-14). Where there is no limit any more, nobody has to answer.
    """
    expire_due(viewer, event)
    if not event.moves_queue:
        return
    for seats in queries.count_seats(viewer, event):
        places = seats.waiting if seats.free is None else min(seats.free, seats.waiting)
        if not places:
            continue
        waiting = select(Signup).where(Signup.event_id == event.id, Signup.mode == seats.mode, Signup.state == SignupState.WAITING)
        first = list(db.session.scalars(waiting.order_by(Signup.id).limit(places)))
        if seats.free is None:
            confirm(viewer, event, first)
        else:
            _offer(viewer, event, first)


def expire_due(viewer: Viewer, event: Event) -> None:
    """Offers whose time is up go on to the next (I-14); the people hear of it."""
    due = list(
        db.session.scalars(
            select(Signup).where(
                Signup.event_id == event.id, Signup.state == SignupState.OFFERED, Signup.confirm_by <= clock.now()
            ).order_by(Signup.id)
        )
    )  # fmt: skip
    for signup in due:
        signup.state, signup.cancelled_at, signup.confirm_by = SignupState.EXPIRED, clock.now(), None
    db.session.flush()
    forget_needs([signup.id for signup in due])
    workshops.vacate(viewer, due)
    tell(viewer, event, due, "expired", N_("Your offer of a place has ended: %(title)s"))


def _offer(viewer: Viewer, event: Event, signups: list[Signup]) -> None:
    until = offer_ends(event)
    for signup in signups:
        signup.state, signup.promoted_at, signup.confirm_by = SignupState.OFFERED, clock.now(), until
    db.session.flush()
    workshops.settle(viewer, signups)
    tell(viewer, event, signups, "offered", N_("A place is offered to you: %(title)s"))


def confirm(viewer: Viewer, event: Event, signups: list[Signup]) -> None:
    """Give them their places at once."""
    for signup in signups:
        signup.state, signup.promoted_at, signup.confirm_by = SignupState.CONFIRMED, clock.now(), None
    db.session.flush()
    workshops.settle(viewer, signups)
    tell(viewer, event, signups, "promoted", N_("You have a place now: %(title)s"))


def tell_participants(viewer: Viewer, event: Event, what: str, text: str, **params: Any) -> None:
    """Tell all who have a place or wait for one."""
    active = select(Signup).where(Signup.event_id == event.id, Signup.state.in_(IN_FORCE)).order_by(Signup.id)
    tell(viewer, event, list(db.session.scalars(active)), what, text, **params)


def tell(
    viewer: Viewer, event: Event, signups: list[Signup], what: str, text: str, letter: dict[str, Any] | None = None, **params: Any
) -> None:
    """A line in their notifications, and a letter, whatever letters they have chosen: it is their own place (T27).

    letter: what only the letter says, beside the event and the place.
    """
    if not signups:
        return
    people = {signup.user_id for signup in signups if signup.user_id is not None}
    key = f"event:{event.id}:{what}:{signups[-1].id}:{event.lock_version}"
    notify(viewer, people, f"events.{what}", about=event, text=text, path=event.path, key=key, letters=False, title=event.title, **params)
    write(signups, what, event.lock_version, **(letter or {}))


def write(signups: list[Signup], what: str, edition: int = 0, **more: Any) -> None:
    """Have the letters written by the worker: templates are not filled while others wait for the lock."""
    for start in range(0, len(signups), LETTERS_A_JOB):
        ids = [signup.id for signup in signups[start : start + LETTERS_A_JOB]]
        enqueue("events.write", what=what, signup_ids=ids, edition=edition, **more)
