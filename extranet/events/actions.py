"""What can you do with an event: arrange it, open it, call it off. Whatever counts places holds its row first (I-11)."""

from collections.abc import Sequence
from typing import Any

from extranet.audit.log import action
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.i18n import N_, format_money
from extranet.core.i18n import gettext as _
from extranet.core.text import render_local_markdown
from extranet.core.viewer import Viewer
from extranet.events import event_queries, places, policy, queries, reminders
from extranet.events.kinds import EventState
from extranet.events.models import Event, Seats
from extranet.events.prices import find_worse
from extranet.events.programme_queries import list_sessions
from extranet.events.programme_rules import Times, find_outside, moved
from extranet.jobs.queue import enqueue
from extranet.networks.models import Network


@action(policy.can_create)
def create(viewer: Viewer, network: Network, /, **data: Any) -> Event:
    """Add a draft to the network; the creator is its organiser."""
    event = Event(network=network, **{"organiser_id": viewer.user_id, "terms_version": int(bool(data.get("terms")))} | _rendered(data))
    db.session.add(event)
    db.session.flush()
    return event


@action(policy.can_edit)
def edit(viewer: Viewer, event: Event, /, *, lock_version: int, **data: Any) -> None:
    """Change an event. More places go to those who wait; whoever takes part hears of a new time or place."""
    places.lock(event)
    if event.lock_version != lock_version:
        raise Refused(_("Somebody else has changed the event meanwhile. Open it again and make your change once more."))
    before, old = _when_and_where(event), Times(event.starts_at, event.ends_at)
    _check_promises(event, queries.count_seats(viewer, event), data)
    event.terms_version += data.get("terms", event.terms) != event.terms
    for name, value in _rendered(data).items():
        setattr(event, name, value)
    event.lock_version += 1
    _check_places(viewer, event)
    _move_programme(viewer, event, old)
    places.shorten_offers(event)
    places.fill(viewer, event)
    if _when_and_where(event) != before:
        event.sequence += 1
        reminders.settle_moved(event)
        if event.can_move_people:  # nobody counts any more on what was called off, or is over
            places.tell_participants(viewer, event, "changed", N_("Time or place has changed: %(title)s"))


@action(policy.can_publish)
def publish(viewer: Viewer, event: Event, *, to: EventState) -> None:
    """Announce a draft, or open registration (S0-17). The members hear of each step once."""
    places.lock(event)
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
    places.lock(event)
    if event.state != EventState.OPEN:
        raise Refused(_("Registration is not open, so it cannot be closed."))
    _move(event, EventState.CLOSED)


@action(policy.can_reopen)
def reopen(viewer: Viewer, event: Event) -> None:
    """Take sign-ups again."""
    places.lock(event)
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
    places.lock(event)
    if event.state not in (EventState.ANNOUNCED, EventState.OPEN, EventState.CLOSED) or event.is_over:
        raise Refused(_("Only a published event that has not been held can be cancelled."))
    event.cancelled_reason = reason
    event.sequence += 1
    _move(event, EventState.CANCELLED)
    places.tell_participants(viewer, event, "cancelled", N_("Cancelled: %(title)s. %(reason)s"), reason=reason)


@action(policy.can_finish)
def finish(viewer: Viewer, event: Event) -> None:
    """The event has been held, unless somebody has moved it or called it off meanwhile."""
    places.lock(event)
    if event.state in (EventState.OPEN, EventState.CLOSED) and event.is_over:
        _move(event, EventState.HELD)


def _rendered(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "description_html": render_local_markdown(data["description"])} if "description" in data else data


def _move(event: Event, state: EventState) -> None:
    event.state = state
    event.lock_version += 1


def _when_and_where(event: Event) -> tuple[Any, ...]:
    return event.starts_at, event.ends_at, event.mode, dict(event.venue), event.address


def _check_promises(event: Event, seats: Sequence[Seats], data: dict[str, Any]) -> None:
    """What people have signed up for is not made worse for them."""
    if data.get("price_cents", 0) > event.price_cents and any(s.taken or s.waiting for s in seats):
        raise Refused(_("People have signed up for %(price)s. The price can only be lowered.", price=format_money(event.price_cents)))
    if any(s.taken or s.waiting for s in seats) and (fault := find_worse(event, data)):
        raise Refused(fault[1])
    if data.get("choice_rule", event.choice_rule) != event.choice_rule and event_queries.has_choices(event):
        raise Refused(_("People have chosen their workshops already, so this stays as it is."))


def _move_programme(viewer: Viewer, event: Event, old: Times) -> None:
    """The sessions go with the event; Refused where one would then lie outside."""
    sessions, new = list_sessions(viewer, event), Times(event.starts_at, event.ends_at)
    if outside := find_outside(sessions, old, new):
        raise Refused(outside)
    for session, starts_at, ends_at in moved(sessions, old, new):
        session.starts_at, session.ends_at = starts_at, ends_at


def _check_places(viewer: Viewer, event: Event) -> None:
    """No fewer places than people who have one; no way of taking part dropped while people count on it."""
    for seats in queries.count_seats(viewer, event):
        if seats.mode not in event.modes:
            raise Refused(_("People have signed up to take part in this way: %(mode)s. It cannot be left out.", mode=seats.mode.label))
        if seats.capacity is not None and seats.capacity < seats.taken:
            raise Refused(_("%(number)s people have a confirmed place, so there cannot be fewer places.", number=seats.taken))
