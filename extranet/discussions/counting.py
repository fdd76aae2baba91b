"""What a thread knows of its posts, kept right under its lock."""

from sqlalchemy import ColumnElement, exists, func, or_, select

from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.i18n import gettext as _
from extranet.discussions.models import Post, Thread


def lock(thread: Thread) -> None:
    """Wait for others who write in the thread, then see what they left (SQLite: the request has the lock already)."""
    columns = ["network_id", "closed_at", "hidden_at", "reply_count", "last_number", "resolved_at", "merged_into_id", "has_poll"]
    db.session.refresh(thread, attribute_names=columns, with_for_update=True)


def lock_post(post: Post) -> None:
    """The same with a post of the thread. Raises Refused where the post went to another thread meanwhile."""
    place = post.thread_id
    lock(post.thread)
    db.session.refresh(post, ["thread_id", "number", "is_opening", "is_accepted", "hidden_at", "deleted_at", "held_at"])
    if post.thread_id != place:
        raise Refused(_("This was done a moment ago already. Open the page again to see how it is now."))


def count_replies(thread: Thread) -> None:
    """Count anew the replies that everybody can read."""
    db.session.flush()
    shown = (Post.thread_id == thread.id, Post.is_opening.is_(False), Post.hidden_at.is_(None), Post.deleted_at.is_(None))
    thread.reply_count = db.session.scalar(select(func.count()).where(*shown)) or 0


def let_go_of_answer(post: Post) -> None:
    """What is hidden or removed answers nothing any more."""
    if post.is_accepted:
        post.is_accepted = False
        post.thread.resolved_at = None


def nobody_answered() -> ColumnElement[bool]:
    """Nobody but the asker herself has written a reply that everybody can read; as a where-clause on Thread."""
    shown = (Post.thread_id == Thread.id, Post.number > 1, Post.hidden_at.is_(None), Post.deleted_at.is_(None))
    return or_(Thread.reply_count == 0, ~exists().where(*shown, Post.author_id != Thread.author_id))


def see_last(thread: Thread) -> None:
    """Count anew after a post came into sight or went, and say who wrote last of those that everybody can read (I-26)."""
    count_replies(thread)
    shown = (Post.thread_id == thread.id, Post.hidden_at.is_(None), Post.deleted_at.is_(None))
    last = db.session.execute(
        select(Post.created_at, Post.author_id, Post.is_unnamed).where(*shown).order_by(Post.created_at.desc(), Post.id.desc()).limit(1)
    ).first()
    none = (thread.created_at, thread.author_id, thread.is_unnamed)
    thread.last_post_at, thread.last_post_by_id, thread.is_last_unnamed = (
        (last.created_at, last.author_id, last.is_unnamed) if last else none
    )


def settle(thread: Thread) -> None:
    """After posts came or went in a body: the same, and see whether there is an answer."""
    see_last(thread)
    has_answer = db.session.scalar(select(Post.id).where(Post.thread_id == thread.id, Post.is_accepted).limit(1)) is not None
    thread.resolved_at = (thread.resolved_at or clock.now()) if has_answer else None
