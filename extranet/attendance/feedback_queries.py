"""What can you see of feedback? One's own form; for organisers what all have answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from extranet.attendance import policy
from extranet.attendance.models import Feedback, FeedbackGiven
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import demand
from extranet.core.i18n import gettext as _
from extranet.core.viewer import Viewer
from extranet.events import queries as events
from extranet.events.kinds import EventState, SignupState
from extranet.events.models import Event, Signup

OPEN_FOR = timedelta(days=30)
FEWEST = 3  # of fewer anonymous answers one could guess whose they are


@dataclass(frozen=True)
class Results:
    """The answers. Those without a name are shown when there are at least FEWEST of them."""

    answers: Sequence[Feedback]

    @property
    def total(self) -> int:
        return len(self.answers)

    @property
    def nameless(self) -> list[Feedback]:
        return [one for one in self.answers if one.signup is None]

    @property
    def is_hidden(self) -> bool:
        """Whether some answers are kept back until there are more."""
        return 0 < len(self.nameless) < FEWEST

    @property
    def shown(self) -> list[Feedback]:
        return [one for one in self.answers if one.signup is not None or not self.is_hidden]

    @property
    def texts(self) -> list[Feedback]:
        return [one for one in self.shown if one.text]

    @property
    def counts(self) -> list[tuple[int, int, float]]:
        """Each rating, best first: how many, and their share in per cent."""
        ratings = [one.rating for one in self.shown]
        return [(n, ratings.count(n), round(100 * ratings.count(n) / max(len(ratings), 1), 1)) for n in (5, 4, 3, 2, 1)]

    @property
    def average(self) -> float | None:
        ratings = [one.rating for one in self.shown]
        return round(sum(ratings) / len(ratings), 1) if ratings else None


def get_results(viewer: Viewer, event_id: int) -> tuple[Event, Results]:
    """What people thought of an event, for its organisers."""
    event = events.get_event(viewer, event_id)
    demand(policy.can_see_results(viewer, event), "attendance.results")
    named = joinedload(Feedback.signup).joinedload(Signup.user)
    answers = db.session.scalars(select(Feedback).where(Feedback.event_id == event.id).options(named).order_by(Feedback.id))
    return event, Results(list(answers))


def has_answered(signup: Signup) -> bool:
    """Whether the participant's answer has been taken."""
    return db.session.get(FeedbackGiven, signup.id) is not None


def find_obstacle(signup: Signup) -> str:
    """Why this participant cannot answer now; empty where she can."""
    event = signup.event
    if event.state == EventState.CANCELLED or signup.state not in (SignupState.CONFIRMED, SignupState.ATTENDED):
        return _("Feedback is asked of those who took part.")
    if event.ends_at is None or not event.is_over:
        return _("The form opens when the event is over.")
    if clock.now() > event.ends_at + OPEN_FOR:
        return _("The form was open for 30 days after the event. You can still write to the organiser.")
    return ""
