"""What can you do with a place: take it, hand it over, give it up. Whatever counts places holds the event's row first (I-11)."""

from extranet.accounts.models import User
from extranet.audit.log import action
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.i18n import N_
from extranet.core.i18n import gettext as _
from extranet.core.viewer import Viewer
from extranet.events import entering, places, policy, workshops
from extranet.events.details import NOTHING, Details, Guest, forget_needs
from extranet.events.employers import same_employer
from extranet.events.kinds import IN_FORCE, Mode, SignupState
from extranet.events.models import Event, Signup
from extranet.networks.access import viewer_for


@action(policy.can_sign_up)
def sign_up(viewer: Viewer, event: Event, *, mode: Mode, details: Details = NOTHING) -> Signup:
    """Take a place, or the last place in the queue when there is none (I-11, I-14, I-15, I-16)."""
    places.lock(event)
    places.check_open(event)
    signup = entering.enter_oneself(viewer, event, mode, details)
    places.write([signup], "waiting" if signup.is_waiting else "confirmed")
    return signup


@action(policy.can_sign_up_colleague)
def sign_up_colleague(viewer: Viewer, event: Event, *, user: User, mode: Mode, details: Details = NOTHING) -> Signup:
    """Take a place for somebody of one's own organisation, or of the network (matrix §4.7); the person is told."""
    if not policy.looks_after(viewer, event, user.organisation_id):
        raise Refused(_("The event is not meant for %(name)s, so you cannot sign this person up.", name=user.name))
    _check_addressed(event, user)
    places.lock(event)
    places.check_open(event)
    return _tell_registered(viewer, entering.enter(viewer, event, user, mode, details, registered_by_id=viewer.user_id))


@action(policy.can_enter_by_hand)
def enter_by_hand(viewer: Viewer, event: Event, *, who: User | Guest, mode: Mode, reason: str, details: Details = NOTHING) -> Signup:
    """Let somebody in with a reason, also when registration is closed (I-16): a member, or a guest where the event takes them."""
    if isinstance(who, User):
        _check_addressed(event, who)
    elif not event.takes_guests:
        raise Refused(_("The event takes no guests. Edit the event first if it should."))
    places.lock(event)
    if not event.can_move_people:
        raise Refused(_("People can be added from the opening of registration until the event ends."))
    return _tell_registered(viewer, entering.enter(viewer, event, who, mode, details, registered_by_id=viewer.user_id, note=reason))


@action(policy.can_answer)
def accept(viewer: Viewer, signup: Signup) -> None:
    """Take the place that is offered, in time (I-14)."""
    entering.accept(viewer, signup)


@action(policy.can_cancel)
def cancel(viewer: Viewer, event: Event, *, charge_seen: int | None = None) -> Signup:
    """Give up one's own place; it goes to the first who waits (I-14). Possible until the start, also when full or closed (T39).

    charge_seen: what the page said that it costs, in cents; refused where it costs more by now.
    """
    places.lock(event)
    signup = places.find_in_force(event, viewer.user_id)
    if signup is None:
        raise Refused(_("You have no place in this event, so there is nothing to cancel."))
    had_place = signup.is_confirmed
    entering.leave(viewer, signup, charge_seen)
    if had_place:
        places.write([signup], "given_up")
    return signup


@action(policy.can_cancel_for)
def cancel_for(viewer: Viewer, signup: Signup, *, charge_seen: int | None = None) -> None:
    """Give up a colleague's place; the person is told."""
    places.lock(signup.event, signup)
    entering.leave(viewer, signup, charge_seen)
    places.tell(viewer, signup.event, [signup], "cancelled_for", N_("%(who)s has cancelled your place: %(title)s"), who=viewer.name)


@action(policy.can_substitute)
def substitute(viewer: Viewer, signup: Signup, *, user: User) -> Signup:
    """Hand the place over to somebody of the same organisation, free of charge; what was said of diet stays behind (I-17)."""
    event = signup.event
    places.lock(event, signup)
    if signup.state != SignupState.CONFIRMED or event.has_begun:
        raise Refused(_("Only a confirmed place can be given to a colleague, before the event begins."))
    if signup.organisation_id is None or user.organisation_id not in same_employer(signup.organisation_id):
        raise Refused(_("%(name)s works in another organisation. A place can only be given to somebody of the same one.", name=user.name))
    _check_addressed(event, user)
    if (queued := places.find_in_force(event, user.id)) is not None:
        if not queued.is_waiting:
            raise Refused(_("%(name)s has already signed up for this event.", name=user.name))
        queued.state, queued.cancelled_at = SignupState.CANCELLED, clock.now()
        forget_needs([queued.id])
        workshops.vacate(viewer, [queued])
    signup.state, signup.cancelled_at = SignupState.REPLACED, clock.now()
    db.session.flush()
    forget_needs([signup.id])
    heir = Signup(
        event=event,
        user_id=user.id,
        organisation_id=signup.organisation_id,
        mode=signup.mode,
        state=SignupState.CONFIRMED,
        registered_by_id=viewer.user_id,
        substitute_of_id=signup.id,
        buyer_reference=signup.buyer_reference,
        cost_centre=signup.cost_centre,
    )
    db.session.add(heir)
    db.session.flush()
    workshops.hand_over(signup, heir)
    places.write([signup], "replaced")
    places.tell(viewer, event, [heir], "registered", N_("%(who)s has given you a place: %(title)s"), who=viewer.name)
    return heir


@action(policy.can_remove)
def remove(viewer: Viewer, signup: Signup, *, reason: str) -> Signup:
    """Take a person off the event with a reason that the person is told; the place goes to the first who waits."""
    event = signup.event
    places.lock(event, signup)
    if signup.state not in IN_FORCE or not event.can_move_people:
        raise Refused(_("This sign-up is no longer in force. Open the list of participants to see how it is now."))
    signup.note = reason
    places.give_up(viewer, signup)
    places.tell(
        viewer, event, [signup], "removed", N_("An organiser has cancelled your place: %(title)s. %(reason)s"), reason=reason
    )  # fmt: skip
    return signup


@action(policy.can_promote)
def promote(viewer: Viewer, signup: Signup, *, reason: str) -> Signup:
    """Give a waiting person a place by hand, past the queue (I-14). Where all places are taken, there is one more from now on (I-11)."""
    event = signup.event
    places.lock(event, signup)
    if not (signup.is_waiting or signup.is_offered) or not event.can_move_people:
        raise Refused(_("This person is no longer waiting. Open the list of participants to see how it is now."))
    seats = places.seats_of(viewer, event, signup.mode)
    if signup.is_waiting and seats.free == 0:
        setattr(event, f"capacity_{signup.mode}", seats.taken + 1)
        event.lock_version += 1
    signup.note = reason
    places.confirm(viewer, event, [signup])
    return signup


@action(policy.can_release)
def release(viewer: Viewer, signup: Signup, *, reason: str) -> Signup:
    """Take the place of a person who may not even see the event any more, without a word about it (I-29, T23)."""
    places.lock(signup.event, signup)
    signup.note = reason
    places.give_up(viewer, signup)
    return signup


@action(policy.can_move_queue)
def move_queue(viewer: Viewer, event: Event) -> None:
    """Offers whose time is up go on to the next (I-14)."""
    places.lock(event)
    places.fill(viewer, event)


def _check_addressed(event: Event, user: User) -> None:
    if not policy.is_addressed(viewer_for(user.id), event):
        raise Refused(_("The event is not meant for %(name)s, so you cannot sign this person up.", name=user.name))


def _tell_registered(viewer: Viewer, signup: Signup) -> Signup:
    places.tell(viewer, signup.event, [signup], "registered", N_("%(who)s has signed you up: %(title)s"), who=viewer.name)
    if signup.is_waiting:
        places.write([signup], "waiting")
    return signup
