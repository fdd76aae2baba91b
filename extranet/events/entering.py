"""How a person comes into an event and leaves it, whoever acts. The event's row is held by the caller (I-11)."""

from typing import Any

from sqlalchemy import func, select

from extranet.accounts.models import User
from extranet.accounts.tokens import hash_token
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.i18n import format_money
from extranet.core.i18n import gettext as _
from extranet.core.viewer import Viewer
from extranet.events import details as told
from extranet.events import guest_links, places, workshops
from extranet.events.details import Details, Guest
from extranet.events.employers import same_employer
from extranet.events.kinds import IN_FORCE, EventState, Mode, SignupState
from extranet.events.models import Event, Signup
from extranet.events.prices import cancel_charge, is_late


def enter(viewer: Viewer, event: Event, who: User | Guest, mode: Mode, details: Details, **more: Any) -> Signup:
    """The new sign-up of a person or a guest: confirmed where there is room and nobody waits, else last in the queue (I-14)."""
    if isinstance(who, Guest):
        check_guest(event, who)
        signup = _enter(viewer, event, mode, details, None, **_guest(who), **more)
        signup.guest_token_hash = hash_token(guest_links.make_token(signup))
        return signup
    if places.find_in_force(event, who.id) is not None:
        raise Refused(_("%(name)s has already signed up for this event.", name=who.name))
    return _enter(viewer, event, mode, details, who.organisation_id, user_id=who.id, **more)


def enter_oneself(viewer: Viewer, event: Event, mode: Mode, details: Details) -> Signup:
    """The viewer's own sign-up."""
    if places.find_in_force(event, viewer.user_id) is not None:
        raise Refused(_("You have already signed up for this event."))
    return _enter(viewer, event, mode, details, viewer.organisation_id, user_id=viewer.user_id)


def check_guest(event: Event, guest: Guest) -> None:
    """One sign-up for an address (I-15)."""
    same = select(Signup.id).where(
        Signup.event_id == event.id, func.lower(Signup.guest_email) == guest.email.lower(), Signup.state.in_(IN_FORCE)
    )  # fmt: skip
    if db.session.scalar(same.limit(1)) is not None:
        raise Refused(_("This address has already been signed up. The letter that was sent to it has the link to the sign-up."))


def accept(viewer: Viewer, signup: Signup) -> None:
    """Take the place that is offered, in time (I-14)."""
    event = signup.event
    places.lock(event, signup)
    if event.state == EventState.CANCELLED:
        raise Refused(_("The whole event has been cancelled, so nothing more is needed from you."))
    places.fill(viewer, event)
    if signup.state == SignupState.EXPIRED:
        raise Refused(_("The time to answer has passed, and the place went to the next. You can sign up again; you then come last."))
    if not signup.is_offered:
        raise Refused(_("No place is being offered to you. The event's page tells how your sign-up is now."))
    signup.state, signup.confirm_by = SignupState.CONFIRMED, None
    db.session.flush()
    places.write([signup], "confirmed", event.lock_version)


def change_mode(viewer: Viewer, signup: Signup, mode: Mode) -> None:
    """Take part in the other way, where there is room; else nothing changes and nothing is lost."""
    event = signup.event
    if mode not in event.modes:
        raise Refused(_("Choose how you take part."))
    if event.has_begun or not event.can_move_people or signup.state not in IN_FORCE:
        raise Refused(_("Your sign-up can no longer be changed."))
    if mode == signup.mode:
        return
    if places.seats_of(viewer, event, mode).is_full:
        raise Refused(_("There is no room left for that. You keep your place as it is."))
    signup.mode, signup.state, signup.confirm_by = mode, SignupState.CONFIRMED, None
    db.session.flush()
    workshops.settle(viewer, [signup])
    places.fill(viewer, event)
    places.write([signup], "confirmed", event.lock_version)


def leave(viewer: Viewer, signup: Signup, charge_seen: int | None) -> None:
    """Give up a place, where that costs no more than the page said."""
    event = signup.event
    if event.state == EventState.CANCELLED:
        raise Refused(_("The whole event has been cancelled, so nothing more is needed from you."))
    if event.has_begun:
        raise Refused(_("The event has already begun. Tell the organiser if you cannot come."))
    if signup.state not in IN_FORCE:
        raise Refused(_("You have no place in this event, so there is nothing to cancel."))
    charge = cancel_charge(event, signup)
    if charge > (charge_seen or 0):
        raise Refused(
            _("Cancelling costs %(price)s now. Open the page again and confirm if you still want to.", price=format_money(charge))
        )
    signup.cancel_charge_cents = charge
    signup.cancelled_late = is_late(event, signup)
    places.give_up(viewer, signup)


def _enter(viewer: Viewer, event: Event, mode: Mode, details: Details, organisation_id: int | None, **who: Any) -> Signup:
    if mode not in event.modes:
        raise Refused(_("Choose how you take part."))
    places.fill(viewer, event)
    _check_organisation_seats(event, organisation_id)
    state = SignupState.WAITING if places.seats_of(viewer, event, mode).is_full else SignupState.CONFIRMED
    signup = Signup(
        event=event, mode=mode, state=state, organisation_id=organisation_id, terms_version=event.terms_version, created_at=clock.now(),
        **told.columns(details), **who,
    )  # fmt: skip
    db.session.add(signup)
    db.session.flush()
    told.keep(event, signup, details)
    if details.wishes:
        workshops.choose(viewer, signup, details.wishes)
    return signup


def _guest(guest: Guest) -> dict[str, str]:
    return {
        "guest_name": guest.name,
        "guest_email": guest.email,
        "guest_organisation": guest.organisation,
        "guest_language": guest.language,
    }


def _check_organisation_seats(event: Event, organisation_id: int | None) -> None:
    """Each organisation, with those that were merged into it, has its number of places until a day; then they are free for all (D8)."""
    until = event.organisation_seats_until or event.starts_at
    if event.organisation_seats is None or organisation_id is None or (until is not None and clock.now() >= until):
        return
    mine = select(func.count()).select_from(Signup).where(
        Signup.event_id == event.id, Signup.organisation_id.in_(same_employer(organisation_id)), Signup.state.in_(IN_FORCE)
    )  # fmt: skip
    if (db.session.scalar(mine) or 0) >= event.organisation_seats:
        raise Refused(
            _(
                "Your organisation has its %(number)s places already. Hand one over to a colleague, or come back when the places are free for all.",
                number=event.organisation_seats,
            )
        )
