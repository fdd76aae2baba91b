"""What can you do with an event of earlier days: hold it again."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from extranet.audit.log import action
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.i18n import gettext as _
from extranet.core.text import LocalText
from extranet.core.viewer import Viewer
from extranet.events import policy
from extranet.events.models import Event
from extranet.events.programme_models import Session, Speaker
from extranet.events.programme_queries import list_sessions
from extranet.events.question_models import Question
from extranet.events.shifting import Shift

# What belongs to an event wherever it is held again. Not its people, its draw, its recording; nor the link of its remote meeting (I-18).
KEPT = (
    "type", "summary", "description", "description_html", "mode", "venue", "address", "capacity_onsite", "capacity_remote", "audience",
    "host_organisation_id", "co_organisers", "offer_hours", "organisation_seats", "takes_guests", "choice_rule", "catering", "recorded",
    "price_cents", "vat_percent", "late_cancel_percent", "no_show_percent", "terms", "terms_version",
)  # fmt: skip
MOVED = ("registration_opens_at", "registration_closes_at", "organisation_seats_until", "cancel_free_until")
USUAL_LENGTH = timedelta(hours=3)  # where the earlier event had no date


@action(policy.can_copy)
def copy(viewer: Viewer, event: Event, /, *, title: LocalText, starts_at: datetime | None) -> Event:
    """A new draft like an earlier event: all but its people. Whatever has a time moves with the beginning, by the clock on the wall."""
    if starts_at is None:
        raise Refused(_("Choose the day, too."))
    sessions = list_sessions(viewer, event)
    began = event.starts_at or (sessions[0].starts_at if sessions else starts_at)
    shift = Shift(began, starts_at)
    made = Event(
        network=event.network, title=title, starts_at=starts_at, organiser_id=viewer.user_id, copied_from_id=event.id, topics=list(event.topics),
        ends_at=_end(event, sessions, shift, starts_at),
        **{name: getattr(event, name) for name in KEPT}, **{name: shift.maybe(getattr(event, name)) for name in MOVED},
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    db.session.add_all(_session(session, made, shift) for session in sessions)
    db.session.add_all(_question(question, made) for question in _open_questions(event))
    return made


def _end(event: Event, sessions: Sequence[Session], shift: Shift, starts_at: datetime) -> datetime:
    ends = [session.ends_at for session in sessions] if event.ends_at is None else [event.ends_at]
    return shift(max(ends)) if ends else starts_at + USUAL_LENGTH


def _session(session: Session, made: Event, shift: Shift) -> Session:
    kept = ("type", "title", "description", "room", "slot", "capacity", "network_id")
    speakers = [Speaker(name=s.name, title=s.title, organisation=s.organisation, user_id=s.user_id) for s in session.speakers]
    times = {"starts_at": shift(session.starts_at), "ends_at": shift(session.ends_at)}
    return Session(event_id=made.id, speakers=speakers, **times, **{name: getattr(session, name) for name in kept})


def _open_questions(event: Event) -> Sequence[Question]:
    return db.session.scalars(
        select(Question).where(Question.event_id == event.id, Question.closed_at.is_(None)).order_by(Question.position)
    ).all()


def _question(question: Question, made: Event) -> Question:
    kept = ("position", "kind", "label", "options", "required")
    return Question(event_id=made.id, **{name: getattr(question, name) for name in kept})
