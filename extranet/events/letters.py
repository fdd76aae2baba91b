"""The letters about an own place: what each says, and whether it puts the event into a calendar or takes it out."""

from typing import NamedTuple

from extranet.core.i18n import N_
from extranet.events.kinds import SignupState


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
        (CONFIRMED,),
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
    "drawn": Words(
        N_("The workshops have been drawn: %(title)s"),
        N_("Places in the workshops have been drawn. As many people as possible got their best wish. The event's page tells what you got, and why."),
        (CONFIRMED, OFFERED),
    ),
    "programme": Words(
        N_("The programme has changed: %(title)s"),
        N_("The programme of the event has changed. See on the event's page how it is now, and whether there is something to choose."),
        (CONFIRMED, WAITING, OFFERED),
    ),
    "session_removed": Words(
        N_("Taken off the programme: %(about)s"),
        N_("“%(about)s”, which you had chosen, is not held after all. Your place in the event stays. See on the event's page where you are now, and choose something else if you like."),
        (CONFIRMED, WAITING, OFFERED),
    ),
    "session_free": Words(
        N_("You have a place in the session: %(about)s"),
        N_("A place became free in “%(about)s”, and it is yours, as you had wished."),
        (CONFIRMED, OFFERED),
    ),
    "week_before": Words(
        N_("Coming up on %(day)s: %(title)s"),
        N_("The event is coming up, and you have a place. If you cannot come, cancel your sign-up in good time, so that somebody else gets it."),
        (CONFIRMED,),
    ),
    "day_before": Words(
        N_("You take part on %(day)s: %(title)s"),
        N_("The event is about to begin, and you have a place. If you cannot come after all, cancel your sign-up on the event's page."),
        (CONFIRMED,),
    ),
    "moved": Words(
        N_("Your sign-up was changed: %(title)s"),
        N_("An organiser has changed your sign-up. Reason: %(reason)s"),
        (CONFIRMED, WAITING, OFFERED),
    ),
    "cancelled": Words(
        N_("Event cancelled: %(title)s"),
        N_("The event has been cancelled. Reason: %(reason)s"),
        (CONFIRMED, WAITING, OFFERED),
    ),
}  # fmt: skip
# Letters that put the event into the reader's calendar, or move it there; and those that take it out again.
PUTS_IN, TAKES_OUT = (
    ("confirmed", "registered", "promoted", "changed", "moved"),
    ("given_up", "cancelled_for", "removed", "cancelled", "replaced"),
)
# Letters that tell in which sessions somebody is now.
TELLS_SESSIONS = (*PUTS_IN, "programme", "session_removed", "session_free", "drawn")
# Letters that those do not get who have chosen no letters: everything else is an answer to their own act (T27).
REMINDS = ("week_before", "day_before")
