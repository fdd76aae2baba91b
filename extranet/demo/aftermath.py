"""What the demo's past events left behind: who came, what they thought of it, recordings and materials."""

import random
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import insert, select, update

from extranet.attendance.models import Closing, Feedback, FeedbackGiven
from extranet.core import clock
from extranet.core.db import db
from extranet.demo.cast import Cast
from extranet.demo.meetings import OPINIONS
from extranet.demo.profiles import Profile
from extranet.events.kinds import EventState, Mode, SignupState
from extranet.events.models import Event, Signup
from extranet.materials.models import Material, MaterialKind, MaterialState
from extranet.outputs.models import EventMaterial

CONFIRMED, ATTENDED, NO_SHOW, CANCELLED = SignupState.CONFIRMED, SignupState.ATTENDED, SignupState.NO_SHOW, SignupState.CANCELLED
CAPTIONS_WITHIN = timedelta(days=14)
# How long ago recordings without captions were published: the first is past its day.
UNCAPTIONED = (20, 6, 2)
# How often people give each rating.
WEIGHTS = {5: 5, 4: 6, 3: 3, 2: 1, 1: 1}
TELLING = (MaterialKind.SLIDES, MaterialKind.MINUTES, MaterialKind.RECORDING, MaterialKind.GUIDE)


def fill(cast: Cast, rng: random.Random, size: Profile) -> None:
    """Close every past event's list, then let people answer and organisers publish."""
    held = select(Event).where(Event.state == EventState.HELD).order_by(Event.ends_at.desc(), Event.id)
    events = list(db.session.scalars(held))
    named = [user.id for user in cast.people.values()]
    for event in events:
        _cancel(event, named)
        _close(event, named)
    db.session.flush()
    _answer(events, named, rng)
    _record([event for event in events if event.mode != Mode.ONSITE and not event.recording_url])
    _connect(events, rng)
    db.session.flush()


def _cancel(event: Event, named: Sequence[int]) -> None:
    """A few of the crowd could not come: some said so in good time, some too late."""
    assert event.starts_at is not None  # noqa: S101  past events had a date
    mine = Signup.event_id == event.id, Signup.state == CONFIRMED, Signup.user_id.not_in(named)
    for number, days, is_late in ((5, 18, False), (9, 1, True)):
        gone = {"state": CANCELLED, "cancelled_at": event.starts_at - timedelta(days=days), "cancelled_late": is_late}
        db.session.execute(update(Signup).where(*mine, Signup.id % 17 == number).values(gone))


def _close(event: Event, named: Sequence[int]) -> None:
    """Nine of ten who had a place were there, and all whom one knows by name."""
    assert event.starts_at is not None and event.ends_at is not None  # noqa: S101  past events had a date
    mine = Signup.event_id == event.id, Signup.state == CONFIRMED
    db.session.execute(update(Signup).where(*mine, Signup.id % 10 == 7, Signup.user_id.not_in(named)).values(state=NO_SHOW))
    db.session.execute(update(Signup).where(*mine).values(state=ATTENDED))
    came = Signup.event_id == event.id, Signup.state == ATTENDED
    db.session.execute(update(Signup).where(*came).values(checked_in_at=event.starts_at - timedelta(minutes=6)))
    db.session.add(Closing(event_id=event.id, closed_at=event.ends_at + timedelta(hours=2), closed_by_id=event.organiser_id))


def _answer(events: Sequence[Event], named: Sequence[int], rng: random.Random) -> None:
    """Every other one of those who came says what it was like, every twelfth with her name; the cast has yet to answer."""
    came = select(Signup.id, Signup.event_id).where(
        Signup.event_id.in_([e.id for e in events]), Signup.state == ATTENDED, Signup.user_id.not_in(named)
    )
    given, answers = [], []
    for signup_id, event_id in db.session.execute(came.order_by(Signup.id)):
        if signup_id % 2:
            continue
        rating = rng.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        text = rng.choice(OPINIONS[rating]) if rng.random() < 0.3 else ""
        signed = signup_id if signup_id % 12 == 0 else None
        given.append({"signup_id": signup_id})
        answers.append({"id": f"{rng.getrandbits(128):032x}", "event_id": event_id, "rating": rating, "text": text, "signup_id": signed})
    if answers:
        db.session.execute(insert(FeedbackGiven), given)
        db.session.execute(insert(Feedback), answers)


def _record(events: Sequence[Event]) -> None:
    """Remote events were recorded, every other one; the last recordings have no captions yet."""
    missing = list(UNCAPTIONED)
    for number, event in enumerate(events):
        assert event.ends_at is not None  # noqa: S101  past events had a date
        is_new = bool(missing) and event.ends_at < clock.days_ago(missing[0])
        if not is_new and number % 2:
            continue
        at = clock.days_ago(missing.pop(0)) if is_new else event.ends_at + timedelta(days=2)
        event.recorded, event.recording_url = True, f"https://video.extranet.example/tallenne/{event.id}"
        event.recording_at = event.recording_told_at = at
        event.captions_by = clock.local(at + CAPTIONS_WITHIN).date()
        event.captioned_at = None if is_new else at + timedelta(days=9)


def _connect(events: Sequence[Event], rng: random.Random) -> None:
    """What was shown at an event lies in its network's library: up to two materials each."""
    wanted = select(Material.network_id, Material.id).where(Material.state == MaterialState.PUBLISHED, Material.kind.in_(TELLING))
    shelves: dict[int, list[int]] = {}
    for network_id, material_id in db.session.execute(wanted.order_by(Material.id)):
        shelves.setdefault(network_id, []).append(material_id)
    rows = []
    for event in events:
        assert event.ends_at is not None  # noqa: S101  past events had a date
        shelf = shelves.get(event.network_id, [])
        if event.material_count or not shelf:
            continue
        chosen = rng.sample(shelf, min(2, len(shelf)))
        event.material_count = len(chosen)
        at = event.ends_at + timedelta(days=1)
        rows += [
            {"event_id": event.id, "material_id": material_id, "added_by_id": event.organiser_id, "added_at": at, "told_at": at}
            for material_id in chosen
        ]
    if rows:
        db.session.execute(insert(EventMaterial), rows)
