"""What can you do: draw the places in parallel sessions, draw them again before anybody has heard, and tell the participants, once."""

from secrets import token_hex

from sqlalchemy import select

from extranet.audit.log import action
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.i18n import N_
from extranet.core.i18n import gettext as _
from extranet.core.viewer import Viewer
from extranet.events import draw as counting
from extranet.events import places, policy, workshops
from extranet.events.draw import Outcome
from extranet.events.draw_models import Draw, DrawResult
from extranet.events.draw_queries import get_last_draw, read_box
from extranet.events.kinds import IN_FORCE, ChoiceRule, EventState
from extranet.events.models import Event, Signup
from extranet.events.programme_models import Choice, ChoiceState


@action(policy.can_see_participants)
def draw(viewer: Viewer, event: Event, *, reason: str = "") -> Draw:
    """Draw the places. Nobody hears of it yet; a draw before this one is set aside with the reason. The seeds were fixed with the event."""
    places.lock(event)
    _check_can_draw(event)
    box = read_box(viewer, event)
    if not box.ballots:
        raise Refused(_("Nobody has wished for a workshop yet, so there is nothing to draw."))
    number = 1 + len(db.session.scalars(select(Draw.id).where(Draw.event_id == event.id)).all())
    if number > 1 and not reason:
        raise Refused(_("The draw has been made already. To make it again, write why."))
    event.draw_seed = event.draw_seed or token_hex(16)
    made = Draw(
        event=event, number=number, seed=f"{event.draw_seed}-{number}", digest=box.digest, reason=reason, drawn_by_id=viewer.user_id
    )
    outcomes, made.report = box.draw(made.seed)
    db.session.add(made)
    db.session.flush()
    db.session.add_all(DrawResult(draw_id=made.id, signup_id=one.signup_id, slots=_slots_of(one)) for one in outcomes)
    return made


@action(policy.can_see_participants)
def tell_draw(viewer: Viewer, event: Event) -> Draw:
    """Give the places that were drawn; those who got nothing wait in the order of the draw. Everyone drawn is told, once.

    From now on places go to the first who come.
    """
    places.lock(event)
    _check_can_draw(event)
    made = get_last_draw(viewer, event)
    if made.digest != read_box(viewer, event).digest:
        raise Refused(_("Wishes or places have changed since the draw. Make it again, so that it is fair to everyone, and then tell."))
    _give_places(made)
    made.told_at = event.drawn_at = clock.now()
    event.lock_version += 1
    db.session.flush()
    workshops.fill(viewer, event)
    drawn = (
        select(Signup).join(DrawResult, DrawResult.signup_id == Signup.id).where(DrawResult.draw_id == made.id, Signup.state.in_(IN_FORCE))
    )
    people = list(db.session.scalars(drawn.order_by(Signup.id)))
    places.tell(viewer, event, people, "drawn", N_("The workshops have been drawn: %(title)s"))
    return made


def _check_can_draw(event: Event) -> None:
    if event.choice_rule != ChoiceRule.WISHES:
        raise Refused(_("Places in this event's workshops go to the first who come, so there is nothing to draw."))
    if event.drawn_at is not None:
        raise Refused(_("The participants have been told already, so the draw stands."))
    if event.state not in (EventState.OPEN, EventState.CLOSED) or event.has_begun:
        raise Refused(_("The draw can be made while sign-up is open or has closed, and before the event begins."))


def _slots_of(one: Outcome) -> dict[str, object]:
    return {slot: {"wishes": one.wishes[slot], "number": one.numbers[slot], "got": one.got[slot]} for slot in one.got}


def _give_places(made: Draw) -> None:
    """Into the sessions that were drawn; better ones keep the person in their queues, worse ones stay wishes."""
    mine = (DrawResult.draw_id == made.id,)
    outcomes = [_outcome(result) for result in db.session.scalars(select(DrawResult).where(*mine).order_by(DrawResult.signup_id))]
    wished = select(Choice).join(DrawResult, DrawResult.signup_id == Choice.signup_id).where(*mine)
    choices = {(choice.signup_id, choice.session_id): choice for choice in db.session.scalars(wished)}
    for slot in {slot for one in outcomes for slot in one.got}:
        for lot, one in enumerate(counting.queue(outcomes, slot), 1):
            rank = one.rank(slot)
            for wish, session_id in enumerate(one.wishes[slot], 1):
                choice = choices[one.signup_id, session_id]
                if wish <= rank:
                    choice.state, choice.lot = ChoiceState.CONFIRMED if wish == rank else ChoiceState.WAITING, lot
    db.session.flush()


def _outcome(result: DrawResult) -> Outcome:
    slots = result.slots.items()
    return Outcome(
        result.signup_id,
        wishes={slot: drawn["wishes"] for slot, drawn in slots},
        numbers={slot: drawn["number"] for slot, drawn in slots},
        got={slot: drawn["got"] for slot, drawn in slots},
    )
