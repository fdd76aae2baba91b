"""What the front page gathers, in as few queries as it has parts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from extranet.core.viewer import NOBODY, Viewer
from extranet.discussions import queries as discussions
from extranet.events import queries as events
from extranet.materials import queries as materials
from extranet.moderation import queries as moderation
from extranet.moderation.policy import handles_in
from extranet.networks import queries as networks
from extranet.networks.models import MembershipState
from extranet.pilots import list_queries as pilots

FEED = 8


@dataclass(frozen=True)
class News:
    """One line of the feed: a row of its package, when it happened, and which kind of row it is."""

    at: datetime
    kind: str
    row: Any


@dataclass(frozen=True)
class Front:
    feed: list[News]
    pilots: list[Any]
    cases: int
    waiting: list[Any]
    mine: list[Any]
    networks: list[networks.Listed]


@dataclass(frozen=True)
class PublicFront:
    networks: list[networks.Listed]
    events: list[Any]


def get_front(viewer: Viewer) -> Front:
    """What is new in the viewer's networks, what the viewer is asked to do, what comes next, and who waits for help."""
    handles = bool(handles_in(viewer))
    counted = [moderation.select_count(viewer).scalar_subquery().label("cases")] if handles else []
    latest, waiting = discussions.list_for_front(viewer, FEED, 3, *counted)
    cases = latest[0].cases if latest and handles else moderation.count_open(viewer)
    feed = [News(row.last_post_at, "thread", row) for row in latest]
    feed += [News(line.updated_at, "material", line) for line in materials.list_latest_for(viewer, FEED)]
    feed.sort(key=lambda news: news.at, reverse=True)
    mine = [listed for listed in networks.list_networks(viewer) if listed.state == MembershipState.ACTIVE]
    return Front(feed[:FEED], pilots.list_waiting(viewer), cases, waiting, events.list_next_for(viewer, 4), mine)


def get_public_front() -> PublicFront:
    """What anybody may know: the public networks and their next events."""
    return PublicFront(networks.list_networks(NOBODY), events.list_next_for(NOBODY, 4))
