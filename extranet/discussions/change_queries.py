"""What a moderator sees of changes to whole threads: the log, and what there is to choose from."""

from typing import Any

from sqlalchemy import Integer, Select, String, bindparam, case, cast, or_, select
from sqlalchemy.orm import joinedload

from extranet.accounts.models import User
from extranet.audit.models import AuditEvent
from extranet.core.db import db
from extranet.core.errors import NotFound
from extranet.core.viewer import Viewer
from extranet.discussions import policy
from extranet.discussions.change_models import ThreadChange
from extranet.discussions.models import Post, Thread

CANDIDATES = 40
POSTS = 50
LOG_LINES = 20
MODERATION = tuple(
    f"discussions.{verb}"
    for verb in (
        "close", "reopen", "hide", "restore", "pin", "unpin", "move", "hide_post", "restore_post",
        "retitle", "merge", "split", "undo", "let_through", "turn_down",
    )
)  # fmt: skip


def list_moderation(viewer: Viewer, thread: Thread) -> list[Any]:
    """What moderators have done to the thread and its posts, newest first; empty for those who do not moderate it."""
    if not policy.can_moderate(viewer, thread):
        return []
    return list(db.session.execute(_LOG, {"thread_id": thread.id, "key": str(thread.id)}).all())


def _log_statement() -> Select[Any]:
    this = bindparam("thread_id", type_=Integer())
    posts = select(cast(Post.id, String)).where(Post.thread_id == this)
    changes = select(cast(ThreadChange.id, String)).where(or_(ThreadChange.thread_id == this, ThreadChange.other_id == this))
    about_thread = (AuditEvent.thing == "thread") & (AuditEvent.thing_id == bindparam("key"))
    about_posts = (AuditEvent.thing == "post") & AuditEvent.thing_id.in_(posts)
    about_changes = (AuditEvent.thing == ThreadChange.__tablename__) & AuditEvent.thing_id.in_(changes)
    change = (AuditEvent.thing == ThreadChange.__tablename__) & (AuditEvent.thing_id == cast(ThreadChange.id, String))
    return (
        select(
            AuditEvent.name, AuditEvent.at, AuditEvent.reason, (User.first_name + " " + User.last_name).label("who"),
            ThreadChange.id.label("change_id"), ThreadChange.thread_id, ThreadChange.before, ThreadChange.undone_at,
            case((about_posts, AuditEvent.thing_id)).label("post_id"),
        )
        .outerjoin(User, User.id == AuditEvent.user_id)
        .outerjoin(ThreadChange, change)
        .where(AuditEvent.name.in_(MODERATION), about_thread | about_posts | about_changes)
        .order_by(AuditEvent.id.desc())
        .limit(LOG_LINES)
    )  # fmt: skip


# Built once: building it costs more than running it.
_LOG = _log_statement()


def get_change(viewer: Viewer, change_id: int) -> ThreadChange:
    """The change with its threads and their networks, where its thread may be seen. Raises NotFound."""
    change = db.session.scalar(
        select(ThreadChange)
        .join(Thread, Thread.id == ThreadChange.thread_id)
        .options(joinedload(ThreadChange.thread).joinedload(Thread.network), joinedload(ThreadChange.other).joinedload(Thread.network))
        .where(ThreadChange.id == change_id, policy.visible_to(viewer))
    )
    if change is None:
        raise NotFound
    return change


def list_candidates(viewer: Viewer, thread: Thread) -> list[Any]:
    """The threads of the same network that this one could be merged into, the last talked in first."""
    return list(
        db.session.execute(
            select(Thread.id, Thread.title, Thread.created_at)
            .where(policy.visible_to(viewer), Thread.network_id == thread.network_id, Thread.id != thread.id, Thread.hidden_at.is_(None))
            .order_by(Thread.last_post_at.desc(), Thread.id.desc())
            .limit(CANDIDATES)
        ).all()
    )


def list_to_split(viewer: Viewer, thread: Thread, number: int) -> list[Any]:
    """The replies from that number on that could begin or join a new thread, one page of them."""
    return list(
        db.session.execute(
            select(
                Post.id,
                Post.number,
                Post.body_html,
                Post.created_at,
                Post.hidden_at,
                (User.first_name + " " + User.last_name).label("author"),
            )
            .join(User, User.id == Post.author_id)
            .where(Post.thread_id == thread.id, Post.number >= max(number, 1), Post.is_opening.is_(False))
            .order_by(Post.number)
            .limit(POSTS)
        ).all()
    )
