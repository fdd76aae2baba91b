"""What organisers see at their desk: who has signed up, what they told, and what has happened to it since."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import func, literal, select
from sqlalchemy.orm import joinedload

from extranet.accounts.models import User
from extranet.audit.log import record_apart
from extranet.audit.models import AuditEvent
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import NotFound, demand
from extranet.core.viewer import Viewer
from extranet.events import desk_filters, desk_policy, policy, workshops
from extranet.events.desk_filters import Chosen, Shelf, Sort
from extranet.events.kinds import CERTAIN, IN_FORCE, Mode, SignupState
from extranet.events.models import Event, Seats, Signup
from extranet.events.programme_models import Choice, ChoiceState, Session
from extranet.events.queries import PAGE, Paged
from extranet.events.question_models import Answer, Needs, Question
from extranet.events.workshops import Room
from extranet.organisations.models import Organisation

POLL_COUNTS_AFTER = timedelta(hours=1)
# What the log calls the changes of one sign-up.
CHANGES = (
    "events.accept", "events.cancel", "events.cancel_for", "events.change_mode", "events.change_signup", "events.substitute",
    "events.remove", "events.promote", "events.release", "events.move", "events.enter_by_hand",
    "events.change_guest", "events.accept_as_guest", "events.cancel_as_guest", "attendance.correct",
)  # fmt: skip


@dataclass(frozen=True)
class Counts:
    """How many sign-ups an event has on each shelf, and the places of each way of taking part."""

    shelves: dict[Shelf, int]
    seats: tuple[Seats, ...]


@dataclass(frozen=True)
class Entry:
    """One sign-up with what the person told; `needs` only for those who may see them (I-32)."""

    signup: Signup
    registered_by: str
    substitutes: str
    choices: Sequence[Any]
    answers: Sequence[Any]
    needs: Needs | None
    history: Sequence[Any] = field(default_factory=list)


def check_desk(viewer: Viewer, event: Event) -> None:
    """NotAllowed for those who have no business at the desk of this event."""
    demand(policy.can_see_participants(viewer, event), "events.participants")


def count_signups(viewer: Viewer, event: Event) -> Counts:
    """Counted in one query over an index, however many there are."""
    check_desk(viewer, event)
    counts: dict[tuple[Mode, SignupState], int] = {
        (mode, state): number
        for mode, state, number in db.session.execute(
            select(Signup.mode, Signup.state, func.count()).where(Signup.event_id == event.id).group_by(Signup.state, Signup.mode)
        )
    }

    def number(modes: Iterable[Mode], states: Iterable[SignupState]) -> int:
        return sum(counts.get((mode, state), 0) for mode in modes for state in states)

    every = (Mode.ONSITE, Mode.REMOTE)
    used = {mode for mode, state in counts if state in IN_FORCE} | set(event.modes)
    seats = tuple(
        Seats(
            mode, event.capacity(mode), number([mode], CERTAIN), number([mode], [SignupState.WAITING]), number([mode], [SignupState.OFFERED])
        )
        for mode in every
        if mode in used
    )  # fmt: skip
    return Counts({shelf: number(every, shelf.states) for shelf in Shelf}, seats)


def list_people(viewer: Viewer, event: Event, chosen: Chosen, counts: Counts, page: int = 1, is_poll: bool = False) -> Paged:
    """A page of sign-ups, those who wait in the order of their queues. The reading is logged (§6.3): of a list that refreshes itself, each hour.

    First their numbers, then what is shown of these few: so a long list costs hardly more than a short one.
    """
    check_desk(viewer, event)
    if not is_poll or not _has_read(viewer, event):
        record_apart(viewer, "events.participants", event)
    total = func.count().over() if chosen.narrows else literal(counts.shelves[chosen.state])
    where, before = desk_filters.where(chosen, event, desk_policy.can_see_needs(viewer, event)), (page - 1) * PAGE
    found = db.session.execute(
        _joined(select(Signup.id, total.label("total"))).where(*where).order_by(*_order(chosen)).limit(PAGE).offset(before)
    ).all()  # fmt: skip
    rows = db.session.execute(_people(chosen).where(Signup.id.in_([row.id for row in found]))).all() if found else []
    return Paged(rows, found[0].total if found else 0, page)


def list_all(viewer: Viewer, event: Event, chosen: Chosen) -> Sequence[Any]:
    """All sign-ups of a choice, for a table or a letter to them."""
    check_desk(viewer, event)
    return db.session.execute(_people(chosen).where(*desk_filters.where(chosen, event, desk_policy.can_see_needs(viewer, event)))).all()


def list_rooms(viewer: Viewer, event: Event) -> list[Room]:
    """The workshops with their places."""
    return list(workshops.list_rooms(viewer, event).values())


def list_questions(viewer: Viewer, event: Event) -> Sequence[Question]:
    """The event's own questions, closed ones too: their answers stay readable."""
    check_desk(viewer, event)
    return db.session.scalars(select(Question).where(Question.event_id == event.id).order_by(Question.position, Question.id)).all()


def choices_of(viewer: Viewer, signup_ids: Sequence[int]) -> dict[int, list[Any]]:
    """Which sessions those sign-ups chose, in the order of the programme."""
    found: dict[int, list[Any]] = defaultdict(list)
    rows = db.session.execute(
        select(Choice.signup_id, Choice.session_id, Choice.state, Choice.rank, Session.slot, Session.title)
        .join(Session, Session.id == Choice.session_id)
        .where(Choice.signup_id.in_(signup_ids))
        .order_by(Session.starts_at, Session.slot, Choice.rank, Choice.id)
    )
    for row in rows:
        found[row.signup_id].append(row)
    return found


def answers_of(viewer: Viewer, event: Event) -> dict[tuple[int, int], str]:
    """All answers of an event, by sign-up and question."""
    check_desk(viewer, event)
    rows = db.session.execute(
        select(Answer.signup_id, Answer.question_id, Answer.text).join(Question, Question.id == Answer.question_id).where(Question.event_id == event.id)
    )  # fmt: skip
    return {(signup_id, question_id): text for signup_id, question_id, text in rows}


def inside_of(viewer: Viewer, event: Event) -> dict[int, list[Any]]:
    """The titles of the sessions that each participant of an event is in."""
    found: dict[int, list[Any]] = defaultdict(list)
    rows = db.session.execute(
        select(Choice.signup_id, Session.title)
        .join(Session, Session.id == Choice.session_id)
        .where(Session.event_id == event.id, Choice.state == ChoiceState.CONFIRMED)
        .order_by(Session.starts_at, Session.slot)
    )
    for signup_id, title in rows:
        found[signup_id].append(title)
    return found


def get_entry(viewer: Viewer, event: Event, signup_id: int) -> Entry:
    """One sign-up with all that belongs to it. The reading is logged."""
    signup = get_signup(viewer, event, signup_id)
    sees_needs = desk_policy.can_see_needs(viewer, event)
    record_apart(viewer, "events.read_needs" if sees_needs else "events.read_signup", signup)
    others = {signup.registered_by_id} - {None, signup.user_id}
    registered_by = db.session.scalar(select(User).where(User.id.in_(others))) if others else None
    answers = db.session.execute(
        select(Question, Answer.text)
        .join(Answer, Answer.question_id == Question.id)
        .where(Answer.signup_id == signup.id)
        .order_by(Question.position, Question.id)
    ).all()
    return Entry(
        signup,
        registered_by.name if registered_by else "",
        _name_of(signup.substitute_of_id),
        choices_of(viewer, [signup.id])[signup.id],
        answers,
        db.session.get(Needs, signup.id) if sees_needs else None,
        _history(signup),
    )


def get_signup(viewer: Viewer, event: Event, signup_id: int) -> Signup:
    """One sign-up with its person, for those who may see the participants."""
    check_desk(viewer, event)
    signup = db.session.scalar(
        select(Signup)
        .where(Signup.id == signup_id, Signup.event_id == event.id)
        .options(joinedload(Signup.event).joinedload(Event.network), joinedload(Signup.user), joinedload(Signup.organisation))
    )
    if signup is None:
        raise NotFound
    return signup


def _history(signup: Signup) -> Sequence[Any]:
    """What was done with a sign-up by whom, from the log, oldest first."""
    return db.session.execute(
        select(AuditEvent.name, AuditEvent.at, AuditEvent.reason, AuditEvent.is_system, User.first_name, User.last_name)
        .outerjoin(User, User.id == AuditEvent.user_id)
        .where(
            AuditEvent.name.in_(CHANGES),
            AuditEvent.at >= signup.created_at - timedelta(minutes=1),
            AuditEvent.thing == "signup",
            AuditEvent.thing_id == str(signup.id),
        )
        .order_by(AuditEvent.at, AuditEvent.id)
    ).all()


def _name_of(signup_id: int | None) -> str:
    if signup_id is None:
        return ""
    signup = db.session.scalar(select(Signup).where(Signup.id == signup_id).options(joinedload(Signup.user)))
    return signup.name if signup else ""


def _has_read(viewer: Viewer, event: Event) -> bool:
    """Whether this reading is in the log already."""
    seen = select(AuditEvent.id).where(
        AuditEvent.user_id == viewer.user_id, AuditEvent.at >= clock.now() - POLL_COUNTS_AFTER,
        AuditEvent.name == "events.participants", AuditEvent.thing_id == str(event.id),
    )  # fmt: skip
    return db.session.scalar(seen.limit(1)) is not None


def _joined(statement: Any) -> Any:
    return (
        statement.select_from(Signup).outerjoin(User, User.id == Signup.user_id).outerjoin(Organisation, Organisation.id == Signup.organisation_id)
    )  # fmt: skip


def _people(chosen: Chosen) -> Any:
    """Sign-ups with their people, in the order that was chosen."""
    return _joined(_LINES).order_by(*_order(chosen))


def _order(chosen: Chosen) -> tuple[Any, ...]:
    """The order that was chosen; queues always in theirs (I-14)."""
    if chosen.state == Shelf.WAITING:
        return Signup.mode, Signup.id
    by_name = (func.coalesce(User.last_name, Signup.guest_name), User.first_name, Signup.id)
    return {Sort.NAME: by_name, Sort.ORGANISATION: (Organisation.folded, *by_name), Sort.NEWEST: (Signup.id.desc(),)}[chosen.sort]


_LINES = select(
    Signup.id, Signup.user_id, Signup.mode, Signup.state, Signup.created_at, Signup.promoted_at, Signup.cancelled_at, Signup.confirm_by,
    Signup.note, Signup.guest_name, Signup.guest_organisation, Signup.guest_email, Signup.message, Signup.shows_name, Signup.allows_photo,
    Signup.buyer_reference, Signup.cost_centre, Signup.checked_in_at,
    User.first_name, User.last_name, User.job_title, User.email, User.phone,
    Organisation.name.label("organisation"), Organisation.code.label("organisation_code"),
)  # fmt: skip
