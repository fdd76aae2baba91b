"""What you can see. Columns instead of entities: these lists are the hottest pages of the product."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from extranet.accounts.models import User
from extranet.audit.models import AuditEvent
from extranet.core.db import db
from extranet.core.errors import NotAllowed, NotFound
from extranet.core.viewer import Viewer
from extranet.discussions import policy
from extranet.discussions.models import Post, Thread, ThreadKind
from extranet.networks.models import Network
from extranet.organisations.models import Organisation

THREADS_A_PAGE = 20
POSTS_A_PAGE = 50
COUNT_LIMIT = 1000


@dataclass(frozen=True)
class Listing:
    """One page of rows; `total` is exact up to COUNT_LIMIT and then stands for "more"."""

    rows: list[Any]
    page: int
    pages: int
    total: int


def get_thread(viewer: Viewer, thread_id: int) -> Thread:
    """The thread with its network and author. Raises NotFound."""
    thread = db.session.scalar(
        select(Thread)
        .options(joinedload(Thread.network), joinedload(Thread.author))
        .where(Thread.id == thread_id, policy.visible_to(viewer))
    )
    if thread is None:
        raise NotFound
    return thread


def get_post(viewer: Viewer, thread_id: int, post_id: int) -> Post:
    """One post of that thread, with its thread. Raises NotFound."""
    post = db.session.scalar(
        select(Post)
        .options(joinedload(Post.thread).joinedload(Thread.network))
        .join(Thread, Thread.id == Post.thread_id)
        .where(Post.id == post_id, Post.thread_id == thread_id, policy.visible_to(viewer))
    )
    if post is None or not policy.can_read_post(viewer, post):
        raise NotFound
    return post


def check_entry(viewer: Viewer, network: Network) -> None:
    """Raise NotAllowed unless this network's discussions are open to the viewer."""
    if not policy.can_enter(viewer, network):
        raise NotAllowed("discussions.list")


def check_moderation(viewer: Viewer, thread: Thread) -> None:
    """Raise NotAllowed unless the viewer moderates the thread."""
    if not policy.can_moderate(viewer, thread):
        raise NotAllowed("discussions.moderate")


def list_threads(viewer: Viewer, network_id: int | None = None, page: int = 1, only: str = "") -> Listing:
    """Threads of one network, or of all that the viewer reads; pinned first inside a network, then the latest talked in.

    only: "unanswered" keeps open threads without a reply; "mine" those that the viewer began.
    """
    where = [policy.visible_to(viewer)]
    if network_id is not None:
        where.append(Thread.network_id == network_id)
    if only == "unanswered":
        where += [Thread.reply_count == 0, Thread.closed_at.is_(None), Thread.hidden_at.is_(None)]
    elif only == "mine":
        where.append(Thread.author_id == viewer.user_id)
    total = db.session.scalar(select(func.count()).select_from(select(Thread.id).where(*where).limit(COUNT_LIMIT + 1).subquery())) or 0
    pages = max(1, -(-total // THREADS_A_PAGE))
    page = min(max(page, 1), pages)
    order = [Thread.is_pinned.desc()] if network_id is not None else []
    rows = db.session.execute(
        _ROWS.where(*where)
        .order_by(*order, Thread.last_post_at.desc(), Thread.id.desc())
        .limit(THREADS_A_PAGE)
        .offset((page - 1) * THREADS_A_PAGE)
    ).all()
    return Listing(list(rows), page, pages, total)


def list_active(viewer: Viewer, network_id: int, limit: int) -> list[Any]:
    """The threads of a network that were last talked in, for its home."""
    query = _ROWS.where(policy.visible_to(viewer), Thread.network_id == network_id, Thread.hidden_at.is_(None))
    return list(db.session.execute(query.order_by(Thread.is_pinned.desc(), Thread.last_post_at.desc()).limit(limit)).all())


def list_for_front(viewer: Viewer, latest: int, waiting: int) -> tuple[list[Any], list[Any]]:
    """For the front page: the threads last talked in, and the questions that wait longest for a first answer. One query."""
    shown = and_(policy.visible_to(viewer), Thread.hidden_at.is_(None))
    unanswered = and_(shown, Thread.reply_count == 0, Thread.closed_at.is_(None), Thread.kind == ThreadKind.QUESTION)
    newest = select(Thread.id).where(shown).order_by(Thread.last_post_at.desc()).limit(latest).subquery()
    oldest = select(Thread.id).where(unanswered).order_by(Thread.created_at.desc()).limit(waiting).subquery()
    rows = db.session.execute(
        _ROWS.add_columns(Thread.id.in_(select(newest.c.id)).label("is_latest"), Thread.id.in_(select(oldest.c.id)).label("is_waiting"))
        .where(or_(Thread.id.in_(select(newest.c.id)), Thread.id.in_(select(oldest.c.id))))
        .order_by(Thread.last_post_at.desc())
    ).all()
    return [row for row in rows if row.is_latest], [row for row in rows if row.is_waiting]


_last = aliased(User)
# Built once: every list of threads begins with it.
_ROWS = (
        select(
            Thread.id, Thread.kind, Thread.title, Thread.network_id, Thread.created_at, Thread.last_post_at, Thread.reply_count,
            Thread.is_pinned, Thread.closed_at, Thread.hidden_at, Thread.author_id, Thread.last_post_by_id,
            (User.first_name + " " + User.last_name).label("author"),
            (_last.first_name + " " + _last.last_name).label("last_by"),
            Network.name.label("network_name"), Network.slug.label("network_slug"),
        )
        .join(User, User.id == Thread.author_id)
          .join(_last, _last.id == Thread.last_post_by_id)
        .join(Network, Network.id == Thread.network_id)
    )  # fmt: skip


def list_posts(viewer: Viewer, thread: Thread, page: int = 1) -> Listing:
    """The opening and a page of replies, oldest first. Page 0 means the last one.

    Hidden posts come with their text only for those who may read it (I-26); others get the row without it.
    """
    total = db.session.scalar(select(func.count()).where(Post.thread_id == thread.id)) or 0
    pages = max(1, -(-total // POSTS_A_PAGE))
    page = pages if page == 0 else min(max(page, 1), pages)
    rows = db.session.execute(
        select(
            Post.id, Post.is_opening, Post.body_html, Post.created_at, Post.author_id,
            Post.hidden_at, Post.hidden_reason,
            (User.first_name + " " + User.last_name).label("author"), User.job_title, Organisation.name.label("organisation"),
        )
        .join(User, User.id == Post.author_id)
        .outerjoin(Organisation, Organisation.id == User.organisation_id)
        .where(Post.thread_id == thread.id)
        .order_by(Post.id)
        .limit(POSTS_A_PAGE)
        .offset((page - 1) * POSTS_A_PAGE)
    ).all()  # fmt: skip
    keeps = policy.is_keeper(viewer, thread.network_id)
    shown = [row if row.hidden_at is None or keeps or row.author_id == viewer.user_id else _without_text(row) for row in rows]
    return Listing(shown, page, pages, total)


def _without_text(row: Any) -> dict[str, Any]:
    return dict(row._mapping) | {"body_html": None, "hidden_reason": "", "author": None, "author_id": None}


def list_participants(viewer: Viewer, thread: Thread, limit: int = 8) -> list[Any]:
    """Who has written, earliest first, with their organisations, for the side column."""
    return list(
        db.session.execute(
            select(User.id, (User.first_name + " " + User.last_name).label("name"), User.organisation_id)
            .join(Post, Post.author_id == User.id)
            .where(Post.thread_id == thread.id, Post.hidden_at.is_(None))
            .group_by(User.id)
            .order_by(func.min(Post.id))
            .limit(limit)
        ).all()
    )


def list_moderation(viewer: Viewer, thread: Thread, limit: int = 20) -> list[Any]:
    """What moderators have done to the thread and its posts, newest first; empty for those who do not moderate it."""
    if not policy.can_moderate(viewer, thread):
        return []
    posts = db.session.scalars(select(Post.id).where(Post.thread_id == thread.id, Post.hidden_by_id.is_not(None))).all()
    about_thread = (AuditEvent.thing == "thread") & (AuditEvent.thing_id == str(thread.id))
    about_posts = (AuditEvent.thing == "post") & AuditEvent.thing_id.in_([str(i) for i in posts])
    return list(
        db.session.execute(
            select(AuditEvent.name, AuditEvent.at, AuditEvent.reason, (User.first_name + " " + User.last_name).label("who"))
            .outerjoin(User, User.id == AuditEvent.user_id)
            .where(AuditEvent.name.in_(MODERATION), about_thread | about_posts)
            .order_by(AuditEvent.id.desc())
            .limit(limit)
        ).all()
    )


MODERATION = tuple(
    f"discussions.{verb}" for verb in ("close", "reopen", "hide", "restore", "pin", "unpin", "move", "hide_post", "restore_post")
)


def list_targets(viewer: Viewer, thread: Thread) -> list[Any]:
    """The networks that the thread may be moved to: those that the viewer moderates, for an administrator those entered."""
    open_to = (viewer.moderated_ids | viewer.entered) - {thread.network_id}
    return list(
        db.session.scalars(select(Network).where(Network.id.in_(open_to), Network.state.in_(["active", "dormant"])).order_by(Network.id))
    )


def people_of(viewer: Viewer, thread: Thread) -> set[int]:
    """Everyone who has written in the thread: they hear of replies."""
    return set(db.session.scalars(select(Post.author_id).where(Post.thread_id == thread.id).distinct()))


def select_visible(viewer: Viewer, ids: Collection[int]) -> Select[int]:
    """A SELECT of those of the threads that the viewer may see now."""
    return select(Thread.id).where(Thread.id.in_(ids), policy.visible_to(viewer))
