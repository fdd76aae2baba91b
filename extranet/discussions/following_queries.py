"""What you hear of, and why: the strongest reason counts (`Because`)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, exists, literal, null, select, union_all
from sqlalchemy import cast as sa_cast
from sqlalchemy.types import String

from extranet.core.db import db
from extranet.core.errors import NotAllowed
from extranet.core.viewer import Viewer
from extranet.discussions import following_policy
from extranet.discussions.following_models import Because, Level, NetworkFollow, ThreadFollow
from extranet.discussions.models import Post, Thread
from extranet.discussions.policy import visible_to
from extranet.networks.models import Network, NetworkState

ORDER = list(Because)
LIST_LIMIT = 100


@dataclass(frozen=True)
class Hears:
    """How much a person hears of a thread, and why."""

    level: Level
    because: Because


DEFAULT = Hears(Level.NORMAL, Because.MEMBER)


def hears_of(viewer: Viewer, thread: Thread) -> Hears:
    """What the viewer hears of the thread. Raises NotAllowed for one who is no member."""
    if not following_policy.can_follow(viewer, thread):
        raise NotAllowed("discussions.follow")
    return hears_among(thread, [viewer.user_id or 0]).get(viewer.user_id or 0, DEFAULT)


def hears_of_network(viewer: Viewer, network: Network) -> Level:
    """What the viewer chose for the network's discussions. Raises NotAllowed for one who is no member."""
    if not following_policy.can_follow_network(viewer, network):
        raise NotAllowed("discussions.follow_network")
    return network_levels([viewer.user_id or 0], network.id).get(viewer.user_id or 0, Level.NORMAL)


def network_levels(people: Iterable[int] | None, network_id: int) -> dict[int, Level]:
    """What people chose for a network's discussions; those who chose nothing are left out. `None` asks for all."""
    rows = select(NetworkFollow.user_id, NetworkFollow.level).where(NetworkFollow.network_id == network_id)
    found = db.session.execute(rows if people is None else rows.where(NetworkFollow.user_id.in_(list(people))))
    return {row.user_id: row.level for row in found}


def hears_among(thread: Thread, people: Collection[int]) -> dict[int, Hears]:
    """What these people hear of the thread; those of whom nothing is known are left out. One query."""
    return _resolve(_arms(thread, people))


def own_columns(viewer: Viewer) -> list[Any]:
    """What `read_own` reads, as columns of a query on Thread: what the viewer chose for it and for its network, and whether she wrote in it."""
    me = viewer.user_id or 0
    chosen = select(ThreadFollow.level).where(ThreadFollow.thread_id == Thread.id, ThreadFollow.user_id == me)
    there = select(NetworkFollow.level).where(NetworkFollow.network_id == Thread.network_id, NetworkFollow.user_id == me)
    wrote = exists().where(Post.thread_id == Thread.id, Post.author_id == me, Post.deleted_at.is_(None))
    return [chosen.correlate(Thread).scalar_subquery(), there.correlate(Thread).scalar_subquery(), wrote.correlate(Thread)]


def read_own(viewer: Viewer, thread: Thread, chosen: Level | None, there: Level | None, wrote: bool) -> Hears | None:
    """What the viewer hears of the thread; None for one who is no member."""
    if not following_policy.can_follow(viewer, thread):
        return None
    me = viewer.user_id or 0
    because = Because.STARTED if thread.author_id == me else Because.WROTE
    rows: list[tuple[int, Level | None, str]] = [(me, None, because)] if wrote else []
    rows += [(me, level, reason) for level, reason in ((chosen, "chosen"), (there, "network")) if level]
    return _sum_up(rows).get(me, DEFAULT)


def without_muted(thread: Thread, people: Collection[int]) -> set[int]:
    """Those who want to hear what is said to them by name: all but who has muted the thread or its network."""
    muted = {person for person, hears in hears_among(thread, people).items() if hears.level == Level.MUTE} if people else set()
    return set(people) - muted


def audience(thread: Thread) -> dict[int, Hears]:
    """Everybody who chose something for the thread, wrote in it, or wants all of the network's messages. One query."""
    return _resolve(_arms(thread, None))


def _arms(thread: Thread, people: Collection[int] | None) -> list[Select[Any]]:
    def of(column: Any) -> Any:
        return column.in_(sorted(people)) if people is not None else literal(value=True)

    wrote = case((Post.author_id == thread.author_id, Because.STARTED.value), else_=Because.WROTE.value)
    return [
        select(ThreadFollow.user_id.label("person"), sa_cast(ThreadFollow.level, String).label("level"), literal("chosen").label("because"))
        .where(ThreadFollow.thread_id == thread.id, of(ThreadFollow.user_id)),
        select(Post.author_id, sa_cast(null(), String), wrote)
        .where(Post.thread_id == thread.id, Post.deleted_at.is_(None), of(Post.author_id)).distinct(),
        select(NetworkFollow.user_id, sa_cast(NetworkFollow.level, String), literal("network"))
        .where(NetworkFollow.network_id == thread.network_id, of(NetworkFollow.user_id)),
    ]  # fmt: skip


def _resolve(arms: list[Select[Any]]) -> dict[int, Hears]:
    return _sum_up(db.session.execute(union_all(*arms)))


def _sum_up(rows: Iterable[Any]) -> dict[int, Hears]:
    """Of several reasons a person has, the strongest; each is her id, the level if it gives one, and the reason."""
    found: dict[int, Hears] = {}
    for person, level, reason in rows:
        because = Because.MUTED if (level, reason) == (Level.MUTE, Because.NETWORK) else Because(reason)
        hears = Hears(Level(level) if level else Level.WATCH, because)
        if person not in found or ORDER.index(hears.because) < ORDER.index(found[person].because):
            found[person] = hears
    return found


def list_networks(viewer: Viewer) -> list[Any]:
    """The viewer's networks with what she chose for their discussions."""
    mine = (NetworkFollow.network_id == Network.id) & (NetworkFollow.user_id == viewer.user_id)
    return list(
        db.session.execute(
            select(Network.id, Network.slug, Network.name, NetworkFollow.level)
            .outerjoin(NetworkFollow, mine)
            .where(Network.id.in_(viewer.network_ids), Network.state != NetworkState.ARCHIVED)
            .order_by(Network.id)
        ).all()
    )


def list_chosen(viewer: Viewer) -> list[Any]:
    """The threads for which the viewer chose something and that she may still read, newest first."""
    return list(
        db.session.execute(
            select(Thread.id, Thread.title, Thread.last_post_at, ThreadFollow.level, Network.name.label("network_name"))
            .join(ThreadFollow, ThreadFollow.thread_id == Thread.id)
            .join(Network, Network.id == Thread.network_id)
            .where(ThreadFollow.user_id == viewer.user_id, visible_to(viewer))
            .order_by(ThreadFollow.at.desc())
            .limit(LIST_LIMIT)
        ).all()
    )
