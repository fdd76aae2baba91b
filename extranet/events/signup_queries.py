"""What can you see of a sign-up: what the form asks, and what was told before."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from extranet.core.db import db
from extranet.core.errors import NotFound
from extranet.core.viewer import Viewer
from extranet.events.kinds import ChoiceRule
from extranet.events.models import Event, Seats, Signup
from extranet.events.programme_models import Choice, ChoiceState, Session
from extranet.events.programme_queries import Entry, Programme
from extranet.events.question_models import Answer, Needs, Question


@dataclass(frozen=True)
class Asked:
    """A question of the organiser, with what was answered before."""

    question: Question
    answer: str = ""


@dataclass(frozen=True)
class Told:
    """A sign-up with everything that belongs to it. `wishes`: by slot, the most wanted first; `inside`: the sessions it has a place in."""

    signup: Signup
    needs: Needs | None
    wishes: dict[str, list[int]] = field(default_factory=dict)
    inside: frozenset[int] = frozenset()
    queued: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Sheet:
    """All that a sign-up form needs to know. `told` is None for a new sign-up."""

    event: Event
    seats: Sequence[Seats]
    entries: Sequence[Entry]
    asked: Sequence[Asked]
    told: Told | None = None

    @property
    def is_ranked(self) -> bool:
        """Whether wishes are put in order, for the draw; after it, workshops go to the first who come."""
        return self.event.choice_rule == ChoiceRule.WISHES and self.event.drawn_at is None

    @property
    def closed(self) -> list[Asked]:
        """Answers to questions that are asked no more: they stay readable."""
        return [asked for asked in self.asked if not asked.question.is_open and asked.answer]

    @property
    def open(self) -> list[Asked]:
        return [asked for asked in self.asked if asked.question.is_open]


_EACH = aliased(Signup)
# How often a person's calendar has heard of own changes, over all her sign-ups for the event: it only ever grows (T43).
REVISION = (
    select(func.sum(_EACH.sequence) + func.count() - 1)
    .where(
        _EACH.event_id == Signup.event_id,
        or_(_EACH.user_id == Signup.user_id, and_(Signup.user_id.is_(None), _EACH.guest_email == Signup.guest_email)),
    )
    .correlate(Signup)
    .scalar_subquery()
    .label("revision")
)


def read_sheet(viewer: Viewer, event: Event, seats: Sequence[Seats], programme: Programme, told: Told | None = None) -> Sheet:
    """The sheet for a sign-up, new or not. One query."""
    asked = list_asked(event, told.signup if told else None) if event.has_questions is not False else []
    return Sheet(event, seats, programme.choices, asked, told)


def list_asked(event: Event, signup: Signup | None = None) -> list[Asked]:
    """The event's questions in their order, with what that sign-up answered."""
    answers = and_(Answer.question_id == Question.id, Answer.signup_id == (signup.id if signup else 0))
    rows = db.session.execute(
        select(Question, Answer.text)
        .outerjoin(Answer, answers)
        .where(Question.event_id == event.id)
        .order_by(Question.position, Question.id)
    )
    return [Asked(question, answer or "") for question, answer in rows]


def get_told(viewer: Viewer, event: Event) -> Told:
    """The viewer's latest sign-up, in force or not; NotFound where there never was one. One query."""
    latest = (
        select(Signup.id).where(Signup.event_id == event.id, Signup.user_id == (viewer.user_id or 0)).order_by(Signup.id.desc()).limit(1)
    )
    return read_told(latest.scalar_subquery())


def read_told(signup_id: object) -> Told:
    """One sign-up with its needs and choices; NotFound where there is none. Whoever asks has checked the right to it."""
    rows = db.session.execute(
        select(Signup, Needs, Choice, Session.slot)
        .outerjoin(Needs, Needs.signup_id == Signup.id)
        .outerjoin(Choice, Choice.signup_id == Signup.id)
        .outerjoin(Session, Session.id == Choice.session_id)
        .where(Signup.id == signup_id)
        .options(
            joinedload(Signup.event).options(joinedload(Event.network), joinedload(Event.organiser)),
            joinedload(Signup.user),
            joinedload(Signup.organisation),
        )
        .order_by(Choice.rank, Choice.id)
    ).all()
    if not rows:
        raise NotFound
    wishes: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        if row.Choice is not None:
            wishes[row.slot].append(row.Choice.session_id)
    choices = [row.Choice for row in rows if row.Choice is not None]
    inside = frozenset(c.session_id for c in choices if c.state == ChoiceState.CONFIRMED)
    queued = frozenset(c.session_id for c in choices if c.state == ChoiceState.WAITING)
    return Told(rows[0].Signup, rows[0].Needs, dict(wishes), inside, queued)
