"""What can you do: mark who came, close the list, open it again, correct one person."""

from typing import Any

from sqlalchemy import CursorResult, delete, func, select, update

from extranet.attendance import policy, queries
from extranet.attendance.marks import Pressed
from extranet.attendance.models import Closing, Mark
from extranet.audit.log import action, record
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.i18n import N_
from extranet.core.i18n import gettext as _
from extranet.core.viewer import Viewer
from extranet.events import places
from extranet.events.kinds import CERTAIN, SignupState
from extranet.events.models import Event, Signup
from extranet.jobs.queue import enqueue
from extranet.notifications.notify import notify, withdraw

CONFIRMED, ATTENDED, NO_SHOW = SignupState.CONFIRMED, SignupState.ATTENDED, SignupState.NO_SHOW


@action(policy.can_mark)
def mark(viewer: Viewer, signup: Signup, *, pressed: Pressed) -> None:
    """Note that a person is there, or take it back. What was pressed last holds, in whatever order marks arrive."""
    event = signup.event
    places.lock(event, signup)
    closing = queries.find_closing(viewer, event)
    if fault := queries.find_fault(signup, closing is not None):
        raise Refused(fault)
    known = db.session.get(Mark, signup.id, populate_existing=True)
    if not queries.is_news(known, pressed):
        return
    _keep(viewer, known, pressed)
    signup.checked_in_at = pressed.at if pressed.is_present else None
    if closing is not None:
        _settle(event, signup, pressed.is_present)


@action(policy.can_close)
def close(viewer: Viewer, event: Event, *, missing_seen: int) -> None:
    """Complete the list: who was marked has attended, everybody else has not come. The participants are asked for feedback."""
    places.lock(event)
    if queries.find_closing(viewer, event) is not None:
        raise Refused(_("The list has been closed already."))
    if not event.is_near or not event.has_begun:
        raise Refused(_("The list can be closed when the event has begun."))
    mine = Signup.event_id == event.id, Signup.state == CONFIRMED
    missing = db.session.scalar(select(func.count()).select_from(Signup).where(*mine, Signup.checked_in_at.is_(None))) or 0
    if missing != missing_seen:
        raise Refused(_("The list has changed since you opened the page. Look at it again before you close it."))
    absent = set(db.session.scalars(select(Signup.user_id).where(*mine, Signup.checked_in_at.is_(None), Signup.user_id.is_not(None))))
    db.session.execute(update(Signup).where(*mine, Signup.checked_in_at.is_not(None)).values(state=ATTENDED))
    db.session.execute(update(Signup).where(*mine).values(state=NO_SHOW))
    db.session.add(Closing(event_id=event.id, closed_by_id=viewer.user_id))
    _tell_missing(viewer, event, absent)
    enqueue("attendance.ask", event_id=event.id)


@action(policy.can_reopen)
def reopen(viewer: Viewer, event: Event) -> None:
    """Take the closing back, as long as no costs have been approved from it (§6.1). The marks stay as they were."""
    places.lock(event)
    if event.billed_at is not None:
        raise Refused(_("The costs have been approved, so the list stays closed. Correct single people with a reason."))
    gone: CursorResult[Any] = db.session.execute(delete(Closing).where(Closing.event_id == event.id))  # type: ignore[assignment]
    if not gone.rowcount:
        raise Refused(_("The list is open already."))
    withdraw("event", event.id, "attendance.missing")
    mine = Signup.event_id == event.id, Signup.state.in_((ATTENDED, NO_SHOW))
    db.session.execute(update(Signup).where(*mine).values(state=CONFIRMED))


@action(policy.can_correct, "present")
def correct(viewer: Viewer, signup: Signup, *, present: bool, reason: str) -> None:
    """Change one person on a closed list, with a reason. Where costs have been approved, their correction shows the difference (I-21)."""
    event = signup.event
    places.lock(event, signup)
    if queries.find_closing(viewer, event) is None:
        raise Refused(_("The list is open, so nothing needs a correction: mark the person on it."))
    if signup.state not in CERTAIN:
        raise Refused(_("%(name)s no longer has a place in the event. Open the list again to see who has.", name=signup.name))
    now = clock.now()
    _keep(viewer, db.session.get(Mark, signup.id, populate_existing=True), Pressed(signup.id, present, now))
    signup.checked_in_at = (signup.checked_in_at or now) if present else None
    _settle(event, signup, present)


def _keep(viewer: Viewer, known: Mark | None, pressed: Pressed) -> None:
    if known is None:
        known = Mark(signup_id=pressed.signup_id)
        db.session.add(known)
    known.is_present, known.at, known.uid, known.by_id = pressed.is_present, pressed.at, pressed.uid, viewer.user_id


def _settle(event: Event, signup: Signup, is_present: bool) -> None:
    signup.state = ATTENDED if is_present else NO_SHOW
    db.session.flush()
    if is_present:
        enqueue("attendance.ask", event_id=event.id)


def _tell_missing(viewer: Viewer, event: Event, people: set[Any]) -> None:
    """Where staying away costs something, the person hears of it and can say that it is wrong."""
    if event.price_cents * event.no_show_percent <= 0:
        return
    record(viewer, "attendance.charge_missing", event, people=len(people))
    notify(
        viewer,
        people,
        "attendance.missing",
        about=event,
        text=N_("You were not marked as present: %(title)s. If you were there, tell the organiser."),
        path=event.path,
        key=f"event:{event.id}:missing",
        title=event.title,
    )
