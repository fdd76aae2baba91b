"""At which address: what people thought of an event."""

from flask import Response, flash, g, redirect, request
from flask.typing import ResponseReturnValue

from extranet.attendance import feedback_actions, feedback_queries, policy, queries
from extranet.attendance.blueprint import bp
from extranet.attendance.forms import FeedbackForm
from extranet.attendance.ticket_views import find_ticket
from extranet.core.errors import NotFound
from extranet.core.i18n import gettext as _
from extranet.core.web import page, public, unlisted
from extranet.events.models import Signup
from extranet.events.tickets import path_of
from extranet.networks.head import network_page


@bp.get("/events/<int:event_id>/feedback")
def own_feedback(event_id: int) -> ResponseReturnValue:
    return _form_page(queries.get_own(g.viewer, event_id), FeedbackForm())


@bp.post("/events/<int:event_id>/feedback")
def answer(event_id: int) -> ResponseReturnValue:
    return _take(queries.get_own(g.viewer, event_id))


@bp.get("/events/<int:event_id>/feedback/results")
def results(event_id: int) -> ResponseReturnValue:
    event, found = feedback_queries.get_results(g.viewer, event_id)
    return network_page(
        "attendance/results.html", event.network, "events", section="events", event=event, results=found, fewest=feedback_queries.FEWEST
    )


@bp.get("/tickets/<code>/feedback")
@public
@unlisted
def guest_feedback(code: str) -> ResponseReturnValue:
    """For guests, who have no account: their ticket is their key."""
    signup = _find_guest(code)
    return signup if isinstance(signup, Response) else _form_page(signup, FeedbackForm())


@bp.post("/tickets/<code>/feedback")
@public
@unlisted
def answer_as_guest(code: str) -> ResponseReturnValue:
    signup = _find_guest(code)
    return signup if isinstance(signup, Response) else _take(signup)


def _find_guest(code: str) -> Signup | Response:
    signup = find_ticket(code)
    if isinstance(signup, Signup) and not policy.can_answer(g.viewer, signup):
        raise NotFound
    return signup


def _take(signup: Signup) -> ResponseReturnValue:
    form = FeedbackForm()
    if not form.validate():
        return _form_page(signup, form), 422
    feedback_actions.answer(g.viewer, signup, rating=form.rating.data, text=form.text.data, is_named=form.is_named.data)
    flash(_("Thank you. Your answer was saved."))
    return redirect(request.path, 303)


def _form_page(signup: Signup, form: FeedbackForm) -> str:
    event = signup.event
    context = {
        "event": event,
        "signup": signup,
        "form": form,
        "url": request.path,
        "back": event.path if signup.user_id is not None else path_of(signup.id),
        "has_answered": feedback_queries.has_answered(signup),
        "obstacle": feedback_queries.find_obstacle(signup),
        "section": "events",
    }
    return page("attendance/feedback.html", **context)
