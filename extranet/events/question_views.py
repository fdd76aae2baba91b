"""The questions of an event, for its organisers."""

from flask import flash, g, redirect, request
from flask.typing import ResponseReturnValue

from extranet.core.i18n import gettext as _
from extranet.events import queries, question_actions, question_queries
from extranet.events.blueprint import bp
from extranet.events.models import Event
from extranet.events.question_forms import QuestionForm
from extranet.events.question_models import Question
from extranet.networks.head import network_page


@bp.get("/events/<int:event_id>/questions")
def questions(event_id: int) -> ResponseReturnValue:
    return _list_page(queries.get_event_to_edit(g.viewer, event_id), QuestionForm())


@bp.post("/events/<int:event_id>/questions")
def add_question(event_id: int) -> ResponseReturnValue:
    event, form = queries.get_event_to_edit(g.viewer, event_id), QuestionForm()
    if not form.validate():
        return _list_page(event, form), 422
    question_actions.add_question(g.viewer, event, **form.values())
    flash(_("The question was added. Whoever signs up from now on is asked."))
    return redirect(f"{event.path}questions", 303)


@bp.route("/events/<int:event_id>/questions/<int:question_id>", methods=["GET", "POST"])
def edit_question(event_id: int, question_id: int) -> ResponseReturnValue:
    question = question_queries.get_question(g.viewer, event_id, question_id)
    form = QuestionForm(question)
    if request.method == "GET" or not form.validate():
        event = question.event
        body = network_page("events/question.html", event.network, "events", section="events", event=event, question=question, form=form)
        return body, 200 if request.method == "GET" else 422
    question_actions.edit_question(g.viewer, question, **form.values())
    flash(_("The changes were saved."))
    return _back(question)


@bp.post("/events/<int:event_id>/questions/<int:question_id>/close")
def close_question(event_id: int, question_id: int) -> ResponseReturnValue:
    question = question_queries.get_question(g.viewer, event_id, question_id)
    question_actions.close_question(g.viewer, question)
    flash(_("The question was closed. Answers that were given stay readable."))
    return _back(question)


@bp.post("/events/<int:event_id>/questions/<int:question_id>/reopen")
def reopen_question(event_id: int, question_id: int) -> ResponseReturnValue:
    question = question_queries.get_question(g.viewer, event_id, question_id)
    question_actions.reopen_question(g.viewer, question)
    flash(_("The question is asked again."))
    return _back(question)


@bp.post("/events/<int:event_id>/questions/<int:question_id>/move")
def move_question(event_id: int, question_id: int) -> ResponseReturnValue:
    question = question_queries.get_question(g.viewer, event_id, question_id)
    question_actions.move_question(g.viewer, question, earlier=request.form.get("to") == "earlier")
    return _back(question)


@bp.post("/events/<int:event_id>/questions/<int:question_id>/remove")
def remove_question(event_id: int, question_id: int) -> ResponseReturnValue:
    question = question_queries.get_question(g.viewer, event_id, question_id)
    question_actions.remove_question(g.viewer, question)
    flash(_("The question was removed."))
    return _back(question)


def _list_page(event: Event, form: QuestionForm) -> str:
    lines = question_queries.list_questions(g.viewer, event)
    return network_page("events/questions.html", event.network, "events", section="events", event=event, lines=lines, form=form)


def _back(question: Question) -> ResponseReturnValue:
    return redirect(f"{question.event.path}questions", 303)
