"""What can you see? The feed, and what stands in it: asked anew at every fetch (T17)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload, load_only

from extranet.accounts.tokens import hash_token
from extranet.calendars import policy
from extranet.calendars.models import Feed, FeedHolds
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import NotFound
from extranet.core.viewer import Viewer
from extranet.events import policy as events
from extranet.events.ics import Entry
from extranet.events.kinds import IN_FORCE, EventState, Mode, SignupState
from extranet.events.models import Event, Signup
from extranet.events.signup_queries import REVISION
from extranet.networks.access import viewer_for

# How long a calendar remembers what was held, and shows what was called off.
REMEMBERED = timedelta(days=90)
SHOWN_AS_OFF = timedelta(days=30)
MOST = 500
ENDED = (SignupState.CANCELLED, SignupState.EXPIRED, SignupState.REPLACED)
_SHORT = load_only(
    Event.id, Event.title, Event.summary, Event.mode, Event.starts_at, Event.ends_at, Event.venue, Event.address, Event.stream_url,
    Event.sequence, Event.state, Event.cancelled_reason, Event.created_at,
)  # fmt: skip


def find_feed(viewer: Viewer) -> Feed | None:
    """The viewer's feed, if she has made one."""
    return db.session.scalar(select(Feed).where(policy.visible_to(viewer)))


def get_feed(viewer: Viewer) -> Feed:
    """The viewer's feed; NotFound where there is none."""
    feed = find_feed(viewer)
    if feed is None:
        raise NotFound
    return feed


def find_owner(token: str) -> tuple[Feed, Viewer] | None:
    """The feed behind a secret address with the person as she is now; nothing for a wrong one and for an account that is not active."""
    feed = db.session.scalar(select(Feed).where(Feed.token_hash == hash_token(token)))
    owner = viewer_for(feed.user_id) if feed else None
    return (feed, owner) if feed and owner and owner.is_signed_in else None


def get_dated_event(viewer: Viewer, event_id: int) -> Event:
    """The event, if it has a time that a calendar could take."""
    event = db.session.scalar(
        select(Event).where(Event.id == event_id, Event.starts_at.is_not(None), events.visible_to(viewer))
        .options(joinedload(Event.network), joinedload(Event.organiser))
    )  # fmt: skip
    if event is None:
        raise NotFound
    return event


def find_signup(viewer: Viewer, event: Event) -> tuple[Signup | None, int]:
    """The viewer's sign-up that is in force, and how often her calendar has heard of it."""
    if not viewer.is_signed_in:
        return None, 0
    row = db.session.execute(
        select(Signup, REVISION).where(Signup.event_id == event.id, Signup.user_id == viewer.user_id, Signup.state.in_(IN_FORCE))
    ).one_or_none()
    return (row.Signup, int(row.revision)) if row else (None, 0)


def list_entries(viewer: Viewer, holds: FeedHolds) -> list[Entry]:
    """What the viewer's feed holds at this moment, in the order of time. One query, two where it holds all events.

    Only events that are meant for her: one of a network that she has left is gone, whatever stood there before.
    """
    found = {signup.event_id: _own_entry(signup, int(revision)) for signup, revision in _signups(viewer)}
    if holds == FeedHolds.ALL:
        found = {key: entry for key, entry in found.items() if entry.is_mine or entry.event.state == EventState.CANCELLED}
        for event in _others(viewer, found):
            found[event.id] = Entry(event, event.created_at, is_off=event.state == EventState.CANCELLED)
    return sorted(found.values(), key=lambda entry: (entry.event.starts_at, entry.event.id))


def _signups(viewer: Viewer) -> Sequence[Any]:
    """The viewer's sign-ups with their revisions; of several for one event the latest comes last."""
    now = clock.now()
    counts = or_(Signup.state.in_(IN_FORCE), and_(Signup.state.in_(ENDED), Signup.cancelled_at > now - SHOWN_AS_OFF))
    wanted = (
        select(Signup, REVISION)
        .join(Signup.event)
        .where(Signup.user_id == viewer.user_id, counts, *_shown(viewer, now - REMEMBERED))
        .options(joinedload(Signup.event).options(_SHORT))
        .order_by(Signup.id.desc())
        .limit(MOST)
    )
    return db.session.execute(wanted).all()[::-1]


def _others(viewer: Viewer, known: dict[int, Any]) -> list[Event]:
    wanted = select(Event).where(*_shown(viewer, clock.now())).options(_SHORT).order_by(Event.starts_at, Event.id).limit(MOST)
    return [event for event in db.session.scalars(wanted) if event.id not in known]


def _shown(viewer: Viewer, since: datetime) -> list[Any]:
    return [events.addressed_to(viewer), Event.state != EventState.DRAFT, Event.ends_at > since]


def _own_entry(signup: Signup, revision: int) -> Entry:
    """An own place; the remote link only in a certain remote one, from 24 hours before until the end (I-18)."""
    event = signup.event
    is_off = event.state == EventState.CANCELLED or signup.state in ENDED
    is_in = signup.is_confirmed and signup.mode == Mode.REMOTE and event.stream_is_on
    moments = (event.created_at, signup.created_at, signup.promoted_at, signup.cancelled_at)
    return Entry(
        event,
        max(moment for moment in moments if moment is not None),
        mode=signup.mode,
        state=signup.state,
        stream_url=event.stream_url if is_in else "",
        is_off=is_off,
        is_mine=not is_off,
        revision=revision,
    )
