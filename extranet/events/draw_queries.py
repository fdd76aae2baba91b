"""What can you see of a draw: organisers its numbers, participants what became of their own wishes."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from extranet.accounts.models import User
from extranet.core.db import db
from extranet.core.errors import NotFound, demand
from extranet.core.viewer import Viewer
from extranet.events import policy, queries, workshops
from extranet.events.draw import Ballot, Outcome, Place, draw, fingerprint
from extranet.events.draw_models import Draw, DrawResult
from extranet.events.draw_report import Explanation, SlotNumbers, explain, make_report, read_report
from extranet.events.kinds import TAKEN, ChoiceRule
from extranet.events.models import Event, Signup
from extranet.events.programme_models import Choice, ChoiceState, Session

DRY_RUN = "dry run"


@dataclass(frozen=True)
class Box:
    """What a draw is made from: the wishes, and the sessions with the places that they have to give."""

    ballots: Sequence[Ballot]
    places: Sequence[Place]
    sessions: Sequence[Session]

    @property
    def digest(self) -> str:
        """Another one means that wishes or places have changed."""
        wishes = [(b.signup_id, sorted((slot, list(ids)) for slot, ids in b.wishes.items())) for b in self.ballots]
        places = [(p.session_id, p.slot, p.starts_at.isoformat(), p.ends_at.isoformat(), p.free) for p in self.places]
        return hashlib.sha256(repr((wishes, places)).encode()).hexdigest()

    def draw(self, seed: str) -> tuple[list[Outcome], dict[str, Any]]:
        """Who gets what, and the numbers of it."""
        outcomes = draw(self.ballots, self.places, seed)
        return outcomes, make_report(outcomes, self.sessions, {place.session_id: place.free for place in self.places})


@dataclass(frozen=True)
class Desk:
    """The draw as the organisers see it. `trial`: the numbers that a draw would give now, where none has been told yet."""

    box: Box
    draws: Sequence[tuple[Draw, str]]
    trial: Sequence[SlotNumbers]

    @property
    def last(self) -> Draw | None:
        return self.draws[0][0] if self.draws else None

    @property
    def numbers(self) -> Sequence[SlotNumbers]:
        return read_report(self.last.report) if self.last else self.trial

    @property
    def is_told(self) -> bool:
        return self.last is not None and self.last.told_at is not None

    @property
    def is_stale(self) -> bool:
        """Whether wishes or places have changed since the draw: it has to be made again before it is told."""
        return self.last is not None and not self.is_told and self.last.digest != self.box.digest


def get_event_to_draw(viewer: Viewer, event_id: int) -> Event:
    """The event for its draw, for those who may see the participants; NotFound where places are given to the first who come."""
    event = queries.get_event(viewer, event_id)
    if event.choice_rule != ChoiceRule.WISHES:
        raise NotFound
    demand(policy.can_see_participants(viewer, event), "events.draw")
    return event


def read_box(viewer: Viewer, event: Event) -> Box:
    """All wishes of people who have a place in the event, and the places left in each session. Two queries."""
    rooms = workshops.list_rooms(viewer, event)
    rows = db.session.execute(
        select(Choice.signup_id, Choice.session_id, Choice.state)
        .join(Signup, Signup.id == Choice.signup_id)
        .where(Signup.event_id == event.id, Signup.state.in_(TAKEN), Choice.state.in_([ChoiceState.WISHED, ChoiceState.CONFIRMED]))
        .order_by(Choice.signup_id, Choice.rank, Choice.id)
    ).all()
    wishes: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    inside: dict[int, list[Session]] = defaultdict(list)
    for row in rows:
        session = rooms[row.session_id].session
        if row.state == ChoiceState.CONFIRMED:
            inside[row.signup_id].append(session)
        else:
            wishes[row.signup_id][session.slot].append(session.id)
    ballots = []
    for signup_id, by_slot in wishes.items():
        has = {session.slot for session in inside[signup_id]}
        busy = [(session.starts_at, session.ends_at) for session in inside[signup_id]]
        ballots.append(Ballot(signup_id, {slot: ids for slot, ids in by_slot.items() if slot not in has}, busy))
    sessions = [room.session for room in rooms.values()]
    places = [Place(r.session.id, r.session.slot, r.session.starts_at, r.session.ends_at, r.free) for r in rooms.values()]
    return Box([b for b in ballots if b.wishes], places, sessions)


def get_desk(viewer: Viewer, event: Event) -> Desk:
    """The draws so far, the last one first, and what one would give now. The seed of a trial is not that of the draw: it tells nothing of it."""
    box = read_box(viewer, event)
    rows = db.session.execute(
        select(Draw, User.first_name, User.last_name)
        .outerjoin(User, User.id == Draw.drawn_by_id)
        .where(Draw.event_id == event.id)
        .order_by(Draw.number.desc())
    ).all()
    draws = [(row.Draw, f"{row.first_name or ''} {row.last_name or ''}".strip()) for row in rows]
    trial = [] if draws else read_report(box.draw(DRY_RUN)[1])
    return Desk(box, draws, trial)


def get_last_draw(viewer: Viewer, event: Event) -> Draw:
    """The draw that counts; NotFound where there was none."""
    wanted = select(Draw).where(Draw.event_id == event.id).order_by(Draw.number.desc()).limit(1)
    found = db.session.scalar(wanted.options(joinedload(Draw.event).joinedload(Event.network)))
    if found is None:
        raise NotFound
    return found


def find_explanation(viewer: Viewer, event: Event, signup: Signup | None) -> Explanation | None:
    """Why that sign-up got its workshops, once it is told; a substitute's are those of the colleague. One query, none before the draw."""
    if signup is None or event.drawn_at is None or event.choice_rule != ChoiceRule.WISHES:
        return None
    of = [i for i in (signup.id, signup.substitute_of_id) if i is not None]
    row = db.session.execute(
        select(Draw, DrawResult.signup_id, DrawResult.slots)
        .join(DrawResult, DrawResult.draw_id == Draw.id)
        .where(Draw.event_id == event.id, Draw.told_at.is_not(None), DrawResult.signup_id.in_(of))
        .order_by(DrawResult.signup_id.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else explain(row.Draw, row.signup_id, row.slots)


def context(viewer: Viewer, event: Event, signup: Signup | None) -> dict[str, Any]:
    """What `_draw.html` shows on the event's page and on one's own sign-up. At most one query."""
    return {"explanation": find_explanation(viewer, event, signup), "fingerprint": fingerprint(event.draw_seed) if event.draw_seed else ""}
