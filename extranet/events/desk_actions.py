"""What can you do by hand, with a reason: move people between ways of taking part and workshops. The event's row is held (I-11)."""

from collections.abc import Mapping

from sqlalchemy import select

from extranet.audit.log import action
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.i18n import N_
from extranet.core.i18n import gettext as _
from extranet.core.viewer import Viewer
from extranet.events import desk_policy, places, workshops
from extranet.events.kinds import IN_FORCE, ChoiceRule, Mode, SignupState
from extranet.events.models import Event, Signup
from extranet.events.programme_models import Choice, ChoiceState, Session


@action(desk_policy.can_move)
def move(viewer: Viewer, signup: Signup, *, mode: Mode, sessions: Mapping[str, int | None], reason: str) -> Signup:
    """Move a person to the other way of taking part, or in some slots to another session or to none; the person is told why.

    Whoever has a place keeps one: where all are taken there is one more from now on, as when a place is given by hand (I-11).
    """
    event = signup.event
    places.lock(event, signup)
    if signup.state not in IN_FORCE or not event.can_move_people:
        raise Refused(_("This sign-up is no longer in force. Open the list of participants to see how it is now."))
    if mode not in event.modes:
        raise Refused(_("Choose how the person takes part."))
    if mode == signup.mode and not sessions:
        raise Refused(_("Nothing was changed. Choose another way of taking part or another workshop."))
    if mode != signup.mode:
        _move_mode(viewer, signup, mode)
    if sessions:
        _move_sessions(viewer, signup, sessions)
    signup.note = reason
    places.tell(
        viewer, event, [signup], "moved", N_("An organiser has changed your sign-up: %(title)s. %(reason)s"), reason=reason
    )  # fmt: skip
    return signup


def can_move_sessions(event: Event, signup: Signup) -> bool:
    """Whether there are places in workshops yet: before a draw there are only wishes, and who waits has none."""
    return signup.has_place and (event.choice_rule != ChoiceRule.WISHES or event.drawn_at is not None)


def _move_mode(viewer: Viewer, signup: Signup, mode: Mode) -> None:
    event = signup.event
    seats = places.seats_of(viewer, event, mode)
    if signup.is_waiting:
        if seats.is_full:
            raise Refused(
                _(
                    "There is no room there, and %(name)s is waiting. Give a place by hand first, or leave the person in the queue.",
                    name=signup.name,
                )
            )
        signup.state, signup.promoted_at = SignupState.CONFIRMED, clock.now()
    elif seats.free == 0:
        setattr(event, f"capacity_{mode}", seats.taken + 1)
        event.lock_version += 1
    signup.mode = mode
    db.session.flush()
    workshops.settle(viewer, [signup])
    places.fill(viewer, event)


def _move_sessions(viewer: Viewer, signup: Signup, sessions: Mapping[str, int | None]) -> None:
    if not can_move_sessions(signup.event, signup):
        raise Refused(_("There are no places in workshops to give before the draw, nor to people who wait."))
    kept: dict[str, list[int]] = {}
    for slot, session_id in db.session.execute(
        select(Session.slot, Session.id).join(Choice, Choice.session_id == Session.id).where(Choice.signup_id == signup.id).order_by(Choice.rank, Choice.id)
    ):  # fmt: skip
        kept.setdefault(slot, []).append(session_id)
    wishes = kept | {slot: [] if session_id is None else [session_id] for slot, session_id in sessions.items()}
    workshops.choose(viewer, signup, wishes)
    for wanted in sessions.values():
        if wanted is not None:
            _give(viewer, signup, wanted)


def _give(viewer: Viewer, signup: Signup, session_id: int) -> None:
    """A place in a session past its queue; where all are taken there is one more from now on (I-11, I-14)."""
    room = workshops.list_rooms(viewer, signup.event)[session_id]
    choice = db.session.scalars(select(Choice).where(Choice.signup_id == signup.id, Choice.session_id == session_id)).one()
    if choice.state == ChoiceState.CONFIRMED:
        return
    if room.free == 0:
        room.session.capacity = room.confirmed + 1
        signup.event.lock_version += 1
    choice.state = ChoiceState.CONFIRMED
    db.session.flush()
    workshops.fill(viewer, signup.event)
