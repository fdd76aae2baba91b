"""What a participant tells besides the way of taking part, and where it is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, select

from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.i18n import gettext as _
from extranet.events.models import Event, Signup
from extranet.events.question_models import Answer, Needs, Question
from extranet.events.workshops import Wishes

_COLUMNS = ("shows_name", "allows_photo", "message", "buyer_reference", "cost_centre")


@dataclass(frozen=True)
class Details:
    """What a participant tells besides the way of taking part.

    answers: by the question's id. agrees: that diet and accessibility needs are kept until they are wiped (I-32); without it they are not.
    """

    shows_name: bool = False
    allows_photo: bool = False
    wishes: Wishes = field(default_factory=dict)
    message: str = ""
    buyer_reference: str = ""
    cost_centre: str = ""
    answers: Mapping[int, str] = field(default_factory=dict)
    diet: str = ""
    accessibility: str = ""
    agrees: bool = False


@dataclass(frozen=True)
class Guest:
    """Somebody without an account, who takes part by invitation."""

    name: str
    email: str
    organisation: str = ""
    language: str = "fi"


NOTHING = Details()


def columns(details: Details) -> dict[str, Any]:
    """What stands in the sign-up's own row."""
    return {name: getattr(details, name) for name in _COLUMNS}


def keep(event: Event, signup: Signup, details: Details) -> None:
    """Keep answers and needs beside a new sign-up."""
    if details.answers:
        _keep_answers(event, signup, {key: text for key, text in details.answers.items() if text})
    if details.diet or details.accessibility:
        _keep_needs(event, signup, details)


def replace(event: Event, signup: Signup, details: Details) -> None:
    """Keep what is told now in place of what was told before. Answers to questions that have been closed stay."""
    for name, value in columns(details).items():
        setattr(signup, name, value)
    _keep_answers(event, signup, details.answers)
    forget_needs([signup.id])
    if details.diet or details.accessibility:
        _keep_needs(event, signup, details)


def forget_needs(signup_ids: Sequence[int]) -> None:
    """Wipe diet and accessibility needs: of people who do not come, and of all when the event is over (I-32)."""
    if signup_ids:
        db.session.execute(delete(Needs).where(Needs.signup_id.in_(signup_ids)))


def _keep_answers(event: Event, signup: Signup, answers: Mapping[int, str]) -> None:
    """Only to questions that the event still asks: a page from yesterday may have others."""
    asked = set(db.session.scalars(select(Question.id).where(Question.event_id == event.id, Question.closed_at.is_(None))))
    known = {answer.question_id: answer for answer in db.session.scalars(select(Answer).where(Answer.signup_id == signup.id))}
    for question_id, text in answers.items():
        if question_id not in asked:
            continue
        if (answer := known.get(question_id)) is None:
            if text:
                db.session.add(Answer(signup_id=signup.id, question_id=question_id, text=text))
        elif text:
            answer.text = text
        else:
            db.session.delete(answer)
    db.session.flush()


def _keep_needs(event: Event, signup: Signup, details: Details) -> None:
    if not details.agrees:
        raise Refused(_("Diet and accessibility needs are kept only with your consent. Tick it, or leave the fields empty."))
    diet = details.diet if event.catering else ""
    if diet or details.accessibility:
        db.session.add(Needs(signup_id=signup.id, diet=diet, accessibility=details.accessibility, consented_at=clock.now()))
        db.session.flush()
