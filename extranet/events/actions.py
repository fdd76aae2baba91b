"""What can you do? Arrange events, take a place, give it up. Whatever counts places holds the event's row first (I-11)."""

from typing import Any

from sqlalchemy import select

from extranet.audit.log import action
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.i18n import N_
from extranet.core.i18n import gettext as _
from extranet.core.text import render_local_markdown
from extranet.core.viewer import Viewer
from extranet.events import policy, queries
from extranet.events.models import Event, EventState, Mode, Signup, SignupState
from extranet.jobs.queue import enqueue
from extranet.networks.models import Network
from extranet.notifications.notify import notify

LETTERS_A_JOB = 20


@action(policy.can_create)
def create(viewer: Viewer, network: Network, /, **data: Any) -> Event:
    """Add a draft to the network; the creator is its organiser."""
    event = Event(network=network, organiser_id=viewer.user_id, **_rendered(data))
    db.session.add(event)
    db.session.flush()
    return event


@action(policy.can_edit)
def edit(viewer: Viewer, event: Event, /, *, lock_version: int, **data: Any) -> None:
    """Change an event. More places go to those who wait; whoever takes part hears of a new time or place."""
    _lock(event)
    if event.lock_version != lock_version:
        raise Refused(_("Somebody else has changed the event meanwhile. Open it again and make your change once more."))
    before = _when_and_where(event)
    for name, value in _rendered(data).items():
        setattr(event, name, value)
    event.lock_version += 1
    _check_places(viewer, event)
    _fill(viewer, event)
    if _when_and_where(event) != before:
        _tell_participants(viewer, event, "changed", N_("Time or place has changed: %(title)s"))


@action(policy.can_publish)
def publish(viewer: Viewer, event: Event, *, to: EventState) -> None:
    """Announce a draft, or open registration (S0-17). The members hear of each step once."""
    _lock(event)
    steps = {EventState.ANNOUNCED: (EventState.DRAFT,), EventState.OPEN: (EventState.DRAFT, EventState.ANNOUNCED)}
    if event.state not in steps.get(to, ()):
        raise Refused(_("This has been done already. Open the event's page to see how it is now."))
    if to == EventState.OPEN and event.starts_at is None:
        raise Refused(_("Registration needs a date and a time. Edit the event and add them first."))
    if event.is_over:
        raise Refused(_("The event's date has passed. Edit the event and give it a new date first."))
    _move(event, to)
    enqueue("events.tell_members", event_id=event.id, state=to.value)


@action(policy.can_close)
def close(viewer: Viewer, event: Event) -> None:
    """Stop registration. The waiting list still moves until the event starts."""
    _lock(event)
    if event.state != EventState.OPEN:
        raise Refused(_("Registration is not open, so it cannot be closed."))
    _move(event, EventState.CLOSED)


@action(policy.can_reopen)
def reopen(viewer: Viewer, event: Event) -> None:
    """Take sign-ups again."""
    _lock(event)
    if event.state != EventState.CLOSED:
        raise Refused(_("Registration has not been closed, so it cannot be reopened."))
    if event.has_begun:
        raise Refused(_("The event has already begun."))
    if event.closes_at is not None and event.closes_at <= clock.now():
        raise Refused(_("The time to sign up has passed. Edit the event and move the closing time first."))
    _move(event, EventState.OPEN)


@action(policy.can_cancel_event)
def cancel_event(viewer: Viewer, event: Event, *, reason: str) -> None:
    """Call the event off; everyone who has a place or waits for one is told why, once."""
    _lock(event)
    if event.state not in (EventState.ANNOUNCED, EventState.OPEN, EventState.CLOSED) or event.is_over:
        raise Refused(_("Only a published event that has not been held can be cancelled."))
    event.cancelled_reason = reason
    _move(event, EventState.CANCELLED)
    _tell_participants(viewer, event, "cancelled", N_("Cancelled: %(title)s. %(reason)s"), reason=reason)


@action(policy.can_finish)
def finish(viewer: Viewer, event: Event) -> None:
    """The event has been held."""
    _move(event, EventState.HELD)


@action(policy.can_sign_up)
def sign_up(viewer: Viewer, event: Event, *, mode: Mode) -> Signup:
    """Take a place, or the last place in the queue when there is none (I-11, I-14, I-15, I-16)."""
    assert viewer.user_id is not None  # noqa: S101  can_sign_up asks for a signed-in person
    _lock(event)
    _check_open(event)
    if mode not in event.modes:
        raise Refused(_("Choose how you take part."))
    if _find_active(event, viewer.user_id) is not None:
        raise Refused(_("You have already signed up for this event."))
    seats = next(s for s in queries.count_seats(viewer, event) if s.mode == mode)
    signup = Signup(
        event=event,
        user_id=viewer.user_id,
        organisation_id=viewer.organisation_id,
        mode=mode,
        state=SignupState.WAITING if seats.is_full else SignupState.CONFIRMED,
    )
    db.session.add(signup)
    db.session.flush()
    _write([signup], "waiting" if signup.is_waiting else "confirmed")
    return signup


@action(policy.can_cancel)
def cancel(viewer: Viewer, event: Event) -> Signup:
    """Give up one's own place; it goes to the first who waits (I-14). Possible until the start, also when full or closed (T39)."""
    _lock(event)
    signup = _find_active(event, viewer.user_id)
    if signup is None:
        raise Refused(_("You have no place in this event, so there is nothing to cancel."))
    if event.state == EventState.CANCELLED:
        raise Refused(_("The whole event has been cancelled, so nothing more is needed from you."))
    if event.has_begun:
        raise Refused(_("The event has already begun. Tell the organiser if you cannot come."))
    _give_up(viewer, signup)
    return signup


@action(policy.can_remove)
def remove(viewer: Viewer, signup: Signup, *, reason: str) -> Signup:
    """Take a person off the event with a reason that the person is told; the place goes to the first who waits."""
    event = signup.event
    _lock(event, signup)
    if signup.state == SignupState.CANCELLED or not event.can_move_people:
        raise Refused(_("This sign-up is no longer in force. Open the list of participants to see how it is now."))
    signup.note = reason
    _give_up(viewer, signup)
    _tell(viewer, event, [signup], "removed", N_("An organiser has cancelled your place: %(title)s. %(reason)s"), reason=reason)
    return signup


@action(policy.can_promote)
def promote(viewer: Viewer, signup: Signup, *, reason: str) -> Signup:
    """Give a waiting person a place by hand, past the queue (I-14). Where all places are taken, there is one more from now on (I-11)."""
    event = signup.event
    _lock(event, signup)
    if not signup.is_waiting or not event.can_move_people:
        raise Refused(_("This person is no longer waiting. Open the list of participants to see how it is now."))
    seats = next(s for s in queries.count_seats(viewer, event) if s.mode == signup.mode)
    if seats.free == 0:
        setattr(event, f"capacity_{signup.mode}", seats.confirmed + 1)
        event.lock_version += 1
    signup.note = reason
    _confirm(viewer, event, [signup])
    return signup


@action(policy.can_release)
def release(viewer: Viewer, signup: Signup, *, reason: str) -> Signup:
    """Take the place of a person who may not even see the event any more, without a word about it (I-29, T23)."""
    _lock(signup.event, signup)
    signup.note = reason
    _give_up(viewer, signup)
    return signup


def _lock(event: Event, signup: Signup | None = None) -> None:
    """Wait for others who count the same places, then see what they left (SQLite: the request has the lock already)."""
    columns = [column.key for column in Event.__mapper__.column_attrs]
    db.session.refresh(event, attribute_names=columns, with_for_update={"key_share": True})
    if signup is not None:
        db.session.refresh(signup, attribute_names=["state", "cancelled_at", "promoted_at"])


def _rendered(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "description_html": render_local_markdown(data["description"])} if "description" in data else data


def _move(event: Event, state: EventState) -> None:
    event.state = state
    event.lock_version += 1


def _when_and_where(event: Event) -> tuple[Any, ...]:
    return event.starts_at, event.ends_at, event.mode, dict(event.venue), event.address


def _check_places(viewer: Viewer, event: Event) -> None:
    """No fewer places than people who have one; no way of taking part dropped while people count on it."""
    for seats in queries.count_seats(viewer, event):
        if seats.mode not in event.modes:
            raise Refused(_("People have signed up to take part in this way: %(mode)s. It cannot be left out.", mode=seats.mode.label))
        if seats.capacity is not None and seats.capacity < seats.confirmed:
            raise Refused(_("%(number)s people have a confirmed place, so there cannot be fewer places.", number=seats.confirmed))


def _check_open(event: Event) -> None:
    """I-16, in words for somebody whose page is from yesterday."""
    if event.state == EventState.CANCELLED:
        raise Refused(_("This event has been cancelled, so nobody can sign up any more."))
    if event.is_over or event.has_begun:
        raise Refused(_("The event has already begun, so nobody can sign up any more."))
    if event.opens_later or event.state == EventState.DRAFT:
        raise Refused(_("Registration has not been opened yet. The event's page tells when it opens."))
    if not event.takes_signups:
        raise Refused(_("Registration has closed. Ask the organiser whether there is still room."))


def _find_active(event: Event, user_id: int | None) -> Signup | None:
    return db.session.scalar(
        select(Signup).where(Signup.event_id == event.id, Signup.user_id == user_id, Signup.state != SignupState.CANCELLED)
    )


def _give_up(viewer: Viewer, signup: Signup) -> None:
    signup.state = SignupState.CANCELLED
    signup.cancelled_at = clock.now()
    db.session.flush()
    _fill(viewer, signup.event)


def _fill(viewer: Viewer, event: Event) -> None:
    """Give free places to those who wait, first in first out in each way of taking part, until the event starts (I-14)."""
    if not event.moves_queue:
        return
    for seats in queries.count_seats(viewer, event):
        places = seats.waiting if seats.free is None else min(seats.free, seats.waiting)
        if places:
            waiting = select(Signup).where(Signup.event_id == event.id, Signup.mode == seats.mode, Signup.state == SignupState.WAITING)
            _confirm(viewer, event, list(db.session.scalars(waiting.order_by(Signup.id).limit(places))))


def _confirm(viewer: Viewer, event: Event, signups: list[Signup]) -> None:
    for signup in signups:
        signup.state = SignupState.CONFIRMED
        signup.promoted_at = clock.now()
    db.session.flush()
    _tell(viewer, event, signups, "promoted", N_("You have a place now: %(title)s"))


def _tell_participants(viewer: Viewer, event: Event, what: str, text: str, **params: Any) -> None:
    """Tell all who have a place or wait for one."""
    active = select(Signup).where(Signup.event_id == event.id, Signup.state != SignupState.CANCELLED).order_by(Signup.id)
    _tell(viewer, event, list(db.session.scalars(active)), what, text, **params)


def _tell(viewer: Viewer, event: Event, signups: list[Signup], what: str, text: str, **params: Any) -> None:
    """A line in their notifications, and a letter, whatever letters they have chosen: it is their own place (T27)."""
    if not signups:
        return
    people = {signup.user_id for signup in signups}
    key = f"event:{event.id}:{what}:{signups[-1].id}:{event.lock_version}"
    notify(viewer, people, f"events.{what}", about=event, text=text, path=event.path, key=key, letters=False, title=event.title, **params)
    _write(signups, what, event.lock_version)


def _write(signups: list[Signup], what: str, edition: int = 0) -> None:
    """Have the letters written by the worker: templates are not filled while others wait for the lock."""
    for start in range(0, len(signups), LETTERS_A_JOB):
        ids = [signup.id for signup in signups[start : start + LETTERS_A_JOB]]
        enqueue("events.write", what=what, signup_ids=ids, edition=edition)
