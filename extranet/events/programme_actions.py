"""What can you do with a programme: add, change and remove sessions. The event's row is held, as whatever counts places does (I-11)."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from extranet.audit.log import action
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import NotFound, Refused
from extranet.core.i18n import N_, local_plain
from extranet.core.i18n import gettext as _
from extranet.core.viewer import Viewer
from extranet.events import places, policy, workshops
from extranet.events.kinds import CERTAIN, IN_FORCE, EventState
from extranet.events.models import Event, Signup
from extranet.events.programme_models import Choice, ChoiceState, Session, Speaker
from extranet.events.programme_queries import list_sessions
from extranet.events.programme_rules import MOST_SESSIONS, Draft, SpeakerLine, find_fault
from extranet.jobs.queue import enqueue

# Several changes within this time are told in one letter.
TELL_AFTER = timedelta(minutes=10)


@action(policy.can_edit_programme)
def add_session(viewer: Viewer, event: Event, *, draft: Draft) -> None:
    """Add a session. Where it opens a new choice, people who have a place hear that there is something to choose."""
    places.lock(event)
    sessions = list_sessions(viewer, event)
    if len(sessions) >= MOST_SESSIONS:
        raise Refused(_("A programme can have %(number)s sessions. Remove some first.", number=MOST_SESSIONS))
    _check(event, sessions, draft)
    session = Session(event_id=event.id, **draft.columns)
    session.speakers = _speakers(draft.speakers)
    db.session.add(session)
    if draft.slot and all(other.slot != draft.slot for other in sessions):
        _tell_later(event, session)


@action(policy.can_edit_programme, "session_id")
def edit_session(viewer: Viewer, event: Event, *, session_id: int, draft: Draft) -> None:
    """Change a session. More places go to its queue; whoever is concerned hears of a new time or room, once."""
    places.lock(event)
    sessions = list_sessions(viewer, event)
    session = _get(sessions, session_id)
    room = workshops.list_rooms(viewer, event).get(session.id)
    _check(event, [other for other in sessions if other is not session], draft, room)
    before = _when_and_where(session)
    session.speakers = _speakers(draft.speakers)
    for name, value in draft.columns.items():
        setattr(session, name, value)
    db.session.flush()
    _check_people(session)
    workshops.fill(viewer, event)
    if _when_and_where(session) != before:
        _tell_later(event, session)


@action(policy.can_edit_programme, "session_id")
def remove_session(viewer: Viewer, event: Event, *, session_id: int, chosen_seen: int = 0) -> None:
    """Take a session off the programme. Those who chose it get their next wish or stay in their queues, and are told at once.

    chosen_seen: how many the page said have chosen it; refused where there are more by now.
    """
    places.lock(event)
    session = _get(list_sessions(viewer, event), session_id)
    room = workshops.list_rooms(viewer, event).get(session.id)
    if room is not None and room.chosen > chosen_seen:
        raise Refused(_("More people have chosen this session meanwhile. Open the page again and see whether to remove it still."))
    if room is not None and room.chosen and event.has_begun:
        raise Refused(_("The event has begun, and people have chosen this session, so it stays in the programme."))
    title = session.title
    concerned = workshops.close(viewer, session)
    db.session.delete(session)
    db.session.flush()
    workshops.fill(viewer, event)
    if concerned and _is_told(event):
        event.lock_version += 1
        text = N_("“%(session)s” was taken off the programme: %(title)s")
        places.tell(viewer, event, concerned, "session_removed", text, letter={"about": title}, session=title)


@action(policy.can_tell_programme)
def tell_programme(viewer: Viewer, event: Event) -> None:
    """Tell those concerned what has changed in the programme since they heard of it last."""
    places.lock(event)
    changed = [session for session in list_sessions(viewer, event) if session.changed_at is not None]
    for session in changed:
        session.changed_at = None
    if changed and _is_told(event):
        event.lock_version += 1
        places.tell(viewer, event, _concerned(event, changed), "programme", N_("The programme has changed: %(title)s"))


def _get(sessions: Sequence[Session], session_id: int) -> Session:
    found = next((session for session in sessions if session.id == session_id), None)
    if found is None:
        raise NotFound
    return found


def _check(event: Event, others: Sequence[Session], draft: Draft, room: workshops.Room | None = None) -> None:
    if event.state == EventState.CANCELLED:
        raise Refused(_("The event has been cancelled, so its programme stays as it was."))
    fault = find_fault(event, others, draft, room)
    if fault is not None:
        raise Refused(fault[1])


def _check_people(session: Session) -> None:
    """Nobody is moved into two sessions at the same time (T40)."""
    mine, other, beside = aliased(Choice), aliased(Choice), aliased(Session)
    inside = (ChoiceState.CONFIRMED, ChoiceState.WAITING)
    clash = db.session.execute(
        select(beside.title)
        .join(other, other.session_id == beside.id)
        .join(mine, mine.signup_id == other.signup_id)
        .where(
            mine.session_id == session.id, mine.state.in_(inside), other.state.in_(inside), beside.slot != session.slot,
            beside.starts_at < session.ends_at, beside.ends_at > session.starts_at,
        )
        .limit(1)
    ).first()  # fmt: skip
    if clash is not None:
        raise Refused(
            _("Some people take part in both this session and “%(title)s”. The two cannot be held at once.", title=local_plain(clash.title))
        )


def _speakers(lines: Sequence[SpeakerLine]) -> list[Speaker]:
    return [Speaker(**vars(line)) for line in lines]


def _when_and_where(session: Session) -> tuple[object, ...]:
    return session.starts_at, session.ends_at, dict(session.room)


def _is_told(event: Event) -> bool:
    """Whether anybody can be concerned: those who signed up, until the event begins."""
    return event.state in (EventState.OPEN, EventState.CLOSED) and not event.has_begun


def _tell_later(event: Event, session: Session) -> None:
    if _is_told(event):
        session.changed_at = clock.now()
        enqueue("events.tell_programme", run_at=clock.now() + TELL_AFTER, dedupe=f"programme:{event.id}", event_id=event.id)


def _concerned(event: Event, changed: Sequence[Session]) -> list[Signup]:
    """Everybody with a place where a session for all has changed; else those who chose it, or have nothing yet in its slot."""
    certain = select(Signup).where(Signup.event_id == event.id, Signup.state.in_(CERTAIN)).order_by(Signup.id)
    if any(not session.is_parallel for session in changed):
        return list(db.session.scalars(certain))
    ids, slots = [session.id for session in changed], {session.slot for session in changed}
    chosen = select(Signup).where(
        Signup.event_id == event.id, Signup.state.in_(IN_FORCE),
        exists().where(Choice.signup_id == Signup.id, Choice.session_id.in_(ids)),
    )  # fmt: skip
    found = {signup.id: signup for signup in db.session.scalars(chosen)}
    for slot in slots:
        in_slot = exists().where(
            Choice.signup_id == Signup.id, Choice.session_id == Session.id, Session.event_id == event.id, Session.slot == slot
        )
        found |= {signup.id: signup for signup in db.session.scalars(certain.where(~in_slot))}
    return [found[key] for key in sorted(found)]
