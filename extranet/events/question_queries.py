"""What can an organiser see of the questions: each with the number of its answers."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from extranet.core.db import db
from extranet.core.errors import NotFound
from extranet.core.viewer import Viewer
from extranet.events import queries
from extranet.events.models import Event
from extranet.events.question_models import Answer, Question


@dataclass(frozen=True)
class Line:
    """One question of the list."""

    question: Question
    answers: int


def list_questions(viewer: Viewer, event: Event) -> list[Line]:
    """All questions in their order; those that are closed too."""
    answers = select(func.count()).where(Answer.question_id == Question.id).correlate(Question).scalar_subquery()
    rows = db.session.execute(
        select(Question, answers.label("answers")).where(Question.event_id == event.id).order_by(Question.position, Question.id)
    )
    return [Line(row.Question, row.answers) for row in rows]


def get_question(viewer: Viewer, event_id: int, question_id: int) -> Question:
    """One question, for those who edit the event."""
    event = queries.get_event_to_edit(viewer, event_id)
    wanted = select(Question).where(Question.id == question_id, Question.event_id == event.id)
    question = db.session.scalar(wanted.options(joinedload(Question.event).joinedload(Event.network)))
    if question is None:
        raise NotFound
    return question


def has_answers(viewer: Viewer, question: Question) -> bool:
    """Whether somebody has answered it."""
    return db.session.scalar(select(Answer.id).where(Answer.question_id == question.id).limit(1)) is not None
