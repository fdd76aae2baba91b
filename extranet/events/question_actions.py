"""What can an organiser ask: add a question, change it, put it elsewhere, close it. What was answered stays readable."""

from typing import Any

from sqlalchemy import func, select

from extranet.audit.log import action
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.i18n import gettext as _
from extranet.core.viewer import Viewer
from extranet.events import places, policy, question_queries
from extranet.events.models import Event
from extranet.events.question_models import Question

MAX_QUESTIONS = 20


@action(policy.can_edit)
def add_question(viewer: Viewer, event: Event, /, **data: Any) -> Question:
    """Ask one more thing; whoever signs up from now on is asked, others find it on their own page."""
    places.lock(event)
    last, count = db.session.execute(select(func.max(Question.position), func.count()).where(Question.event_id == event.id)).one()
    if count >= MAX_QUESTIONS:
        raise Refused(_("An event has at most %(number)s questions. Close or change one of them instead.", number=MAX_QUESTIONS))
    question = Question(event=event, position=(last or 0) + 1, **data)
    db.session.add(question)
    db.session.flush()
    return question


@action(policy.can_edit)
def edit_question(viewer: Viewer, question: Question, /, **data: Any) -> None:
    """Change the words, the options, or whether an answer is needed; the kind stays once somebody has answered."""
    places.lock(question.event)
    if data["kind"] != question.kind and question_queries.has_answers(viewer, question):
        raise Refused(
            _("People have answered this question already, so its kind cannot be changed. Close it and ask a new one: the answers stay.")
        )
    for name, value in data.items():
        setattr(question, name, value)


@action(policy.can_edit)
def close_question(viewer: Viewer, question: Question) -> None:
    """Ask it no more. Answers stay readable to the organisers and to those who gave them."""
    if not question.is_open:
        raise Refused(_("The question has been closed already."))
    question.closed_at = clock.now()


@action(policy.can_edit)
def reopen_question(viewer: Viewer, question: Question) -> None:
    """Ask it again."""
    question.closed_at = None


@action(policy.can_edit)
def move_question(viewer: Viewer, question: Question, *, earlier: bool) -> None:
    """Change places with the one before or after it."""
    places.lock(question.event)
    same = db.session.scalars(select(Question).where(Question.event_id == question.event_id).order_by(Question.position, Question.id)).all()
    order = [one.id for one in same]
    here = order.index(question.id)
    there = min(max(here + (-1 if earlier else 1), 0), len(order) - 1)
    order.insert(there, order.pop(here))
    for one in same:
        one.position = order.index(one.id) + 1


@action(policy.can_edit)
def remove_question(viewer: Viewer, question: Question) -> None:
    """Take away a question that nobody has answered."""
    places.lock(question.event)
    if question_queries.has_answers(viewer, question):
        raise Refused(_("People have answered this question, so it cannot be removed. Close it instead: the answers stay readable."))
    db.session.delete(question)
