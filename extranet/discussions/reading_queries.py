"""What is new to whom, in SQL: the lists, the tabs and the front page count by one rule.

New to a member is what somebody else has written since she came, or since she marked all of the network as read, after the last post that
she has seen. What is hidden, removed or merged away is new to nobody (I-26), and what she has muted is not new to her.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, literal, or_, select

from extranet.core import clock
from extranet.core.db import UTCDateTime, db
from extranet.core.viewer import Viewer
from extranet.discussions import policy
from extranet.discussions.following_models import Level, NetworkFollow, ThreadFollow
from extranet.discussions.models import Post, Thread
from extranet.discussions.reading_models import NetworkRead, ReadMark
from extranet.networks.models import Membership, MembershipState, Network
from extranet.networks.tab_counts import COUNT_TO, count_in_tab, params

POSTS_COUNTED = 99
BY_OFFICE = timedelta(days=30)

_WHO: Any = bindparam("viewer_id")
_MINE: Any = bindparam("mine", expanding=True)
_MONTH_AGO: Any = bindparam("month_ago", callable_=lambda: clock.now() - BY_OFFICE, type_=UTCDateTime())
# Since when somebody reads there. Whoever belongs there by office alone has no day on which she came: to her, a month is new.
_SINCE = func.coalesce(NetworkRead.at, Membership.joined_at, _MONTH_AGO)
_SEEN = func.coalesce(ReadMark.number, 0)


def _may_be_new(since: Any, network_level: Any) -> ColumnElement[bool]:
    return and_(
        Thread.network_id.in_(_MINE),
        Thread.hidden_at.is_(None),
        Thread.merged_into_id.is_(None),
        Thread.last_post_at > since,
        Thread.last_number > _SEEN,
        Thread.last_post_by_id != _WHO,
        func.coalesce(ThreadFollow.level, network_level).is_distinct_from(Level.MUTE),
    )


def _is_new_post(since: Any) -> ColumnElement[bool]:
    return and_(
        Post.thread_id == Thread.id,
        Post.number > _SEEN,
        Post.created_at > since,
        Post.author_id != _WHO,
        Post.hidden_at.is_(None),
        Post.deleted_at.is_(None),
    )


def _with_own(query: Any) -> Any:
    own = query.outerjoin(ReadMark, and_(ReadMark.thread_id == Thread.id, ReadMark.user_id == _WHO))
    return own.outerjoin(ThreadFollow, and_(ThreadFollow.thread_id == Thread.id, ThreadFollow.user_id == _WHO))


def with_marks(query: Any) -> Any:
    """A query on Thread with what the viewer has read and chosen beside each; it is run with `params`."""
    return (
        _with_own(query)
        .outerjoin(NetworkRead, and_(NetworkRead.network_id == Thread.network_id, NetworkRead.user_id == _WHO))
        .outerjoin(NetworkFollow, and_(NetworkFollow.network_id == Thread.network_id, NetworkFollow.user_id == _WHO))
        .outerjoin(Membership, and_(Membership.network_id == Thread.network_id, Membership.user_id == _WHO))
    )


def _is_unread(since: Any, network_level: Any) -> ColumnElement[bool]:
    return and_(_may_be_new(since, network_level), select(Post.id).where(_is_new_post(since)).correlate_except(Post).exists())


def new_columns() -> list[Any]:
    """How many posts of the thread are new, up to one beyond POSTS_COUNTED, and whether it is new itself; in a query `with_marks`."""
    some = select(literal(1)).where(_is_new_post(_SINCE)).limit(POSTS_COUNTED + 1).correlate_except(Post).subquery()
    number = select(func.count()).select_from(some).scalar_subquery()
    opened = and_(ReadMark.number.is_(None), Thread.created_at > _SINCE)
    return [
        case((_may_be_new(_SINCE, NetworkFollow.level), number), else_=0).label("new_count"),
        case((opened, 1), else_=0).label("is_new"),
    ]


def select_unread() -> Any:
    """A SELECT of the ids of the viewer's threads with something new."""
    return with_marks(select(Thread.id)).where(_is_unread(_SINCE, NetworkFollow.level))


def _select_unread_there() -> Any:
    """The same of one network, correlated to Network: what holds for all of it is asked once, and begins the range of an index."""

    def own(model: Any, column: Any) -> Any:
        return select(column).where(model.network_id == Network.id, model.user_id == _WHO).correlate(Network).scalar_subquery()

    since = func.coalesce(own(NetworkRead, NetworkRead.at), own(Membership, Membership.joined_at), _MONTH_AGO)
    there = (Thread.network_id == Network.id, Thread.is_pinned.in_([False, True]))
    return _with_own(select(Thread.id)).where(*there, _is_unread(since, own(NetworkFollow, NetworkFollow.level))).correlate(Network)


def count_some(threads: Select[int]) -> Any:
    """How many they are, up to one beyond COUNT_TO, as a part of a query."""
    return select(func.count()).select_from(threads.limit(COUNT_TO + 1).subquery()).scalar_subquery()


count_in_tab("discussions", count_some(_select_unread_there()))


def find_first_new(viewer: Viewer, thread: Thread) -> tuple[int, int] | None:
    """The number and id of the first post that is new to the viewer; None where there is nothing new."""
    first = with_marks(select(Post.number, Post.id).select_from(Thread).join(Post, Post.thread_id == Thread.id))
    row = db.session.execute(
        first.where(Thread.id == thread.id, _is_new_post(_SINCE)).order_by(Post.number).limit(1), params(viewer)
    ).first()
    return (row.number, row.id) if row else None


@dataclass(frozen=True)
class Seen:
    """How many members have opened a thread, and how many of them have read all of it."""

    opened: int
    to_the_end: int


def seen_columns(viewer: Viewer) -> list[Any]:
    """What `read_seen` reads, as columns of a query on Thread; nothing for one who moderates nowhere."""
    kept = [ids for ids in (viewer.moderated_ids, viewer.entered if viewer.is_admin else None) if ids]
    if not kept:
        return []
    moderates = or_(*(Thread.network_id.in_(ids) for ids in kept))
    member = and_(Membership.user_id == ReadMark.user_id, Membership.network_id == Thread.network_id)
    seen = select(func.count()).select_from(ReadMark).join(Membership, member)
    seen = seen.where(ReadMark.thread_id == Thread.id, Membership.state == MembershipState.ACTIVE).correlate(Thread)
    to_the_end = seen.where(ReadMark.number >= Thread.last_number)
    return [case((moderates, number.scalar_subquery()), else_=0) for number in (seen, to_the_end)]


def read_seen(viewer: Viewer, thread: Thread, columns: Sequence[int]) -> Seen | None:
    """For those who moderate the thread, and for nobody else: counts, never who."""
    return Seen(*columns) if columns and policy.can_moderate(viewer, thread) else None
