"""How each kind of change is taken back. The threads are locked; what was written since stays where people read it now."""

from collections.abc import Callable

from sqlalchemy import update

from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.i18n import gettext as _
from extranet.core.viewer import Viewer
from extranet.discussions import companions, queries, question_queries
from extranet.discussions.change_models import ChangeKind, ThreadChange
from extranet.discussions.change_moves import carry_drafts, carry_marks, carry_posts, carry_waiting, close_gaps, copy_levels
from extranet.discussions.counting import settle
from extranet.discussions.models import Post, Thread


def undo_retitle(viewer: Viewer, change: ThreadChange) -> None:
    """The title that it had."""
    if change.thread.title != change.after["title"]:
        raise Refused(_("The title has been changed again since. Take that change back first."))
    change.thread.title = change.before["title"]


def undo_move(viewer: Viewer, change: ThreadChange) -> None:
    """Back to the network where it was; the viewer must moderate there as well (I-28)."""
    thread, before = change.thread, change.before
    if thread.network_id != change.after["network_id"]:
        raise Refused(_("The discussion has been moved again since. Take that change back first."))
    target = next((n for n in queries.list_targets(viewer, thread) if n.id == before["network_id"]), None)
    if target is None:
        raise Refused(_("Only somebody who moderates both networks can move the discussion back."))
    thread.network, thread.is_pinned, thread.pinned_reason = target, before["is_pinned"], before["pinned_reason"]
    thread.handed_to_id = thread.handed_to_id or before.get("handed_to_id")
    question_queries.let_go_of_expert(thread)
    companions.have_follow(viewer, thread)


def undo_merge(viewer: Viewer, change: ThreadChange) -> None:
    """The posts that came from the merged thread go back to it; replies written since stay."""
    target, source, before = change.thread, _other(change), change.before
    _check_shown(target, source)
    opening = db.session.get_one(Post, before["opening"])
    if source.merged_into_id != target.id or opening.thread_id != target.id:
        raise Refused(_("The messages have gone elsewhere since. Take that change back first."))
    offset = before["offset"]
    if before.get("poll"):
        companions.carry_along(target, source)
    opening.is_opening = True
    source.merged_into_id = None
    carry_posts(target, source, -offset, Post.number > offset, Post.number <= offset + before["count"])
    joined = update(Thread).where(Thread.id.in_(before["joined"]), Thread.merged_into_id == target.id)
    db.session.execute(joined.values(merged_into_id=source.id))
    _restore_answer(source, before["answer"])
    close_gaps(target)
    settle(target)
    settle(source)


def undo_split(viewer: Viewer, change: ThreadChange) -> None:
    """The posts go back to their places; what was written in the new thread since comes after the last one."""
    source, new, before = change.thread, _other(change), change.before
    _check_shown(source, new)
    opening = db.session.get_one(Post, before["opening"])
    if new.merged_into_id is not None or opening.thread_id != new.id:
        raise Refused(_("The messages have gone elsewhere since. Take that change back first."))
    if new.has_poll and source.has_poll:
        raise Refused(_("Both discussions have a poll, and a discussion holds only one. Leave them apart, and link from one to the other."))
    opening.is_opening = False
    db.session.execute(update(Post).where(Post.thread_id == new.id, Post.is_accepted).values(is_accepted=False))
    later = source.last_number - before["last"]
    carry_posts(new, source, before["shift"], Post.number <= before["last"])
    carry_posts(new, source, later)
    carry_waiting(new, source)
    carry_marks(new, source, later)
    copy_levels(new, source)
    carry_drafts(new, source)
    companions.carry_along(new, source)
    source.last_number += new.last_number - before["last"]
    db.session.execute(update(Thread).where((Thread.id == new.id) | (Thread.merged_into_id == new.id)).values(merged_into_id=source.id))
    _restore_answer(source, before["answer"])
    settle(source)


def _other(change: ThreadChange) -> Thread:
    assert change.other is not None  # noqa: S101  a merge and a split have one
    return change.other


def _check_shown(*threads: Thread) -> None:
    """What was hidden meanwhile, or has other readers by now, does not come to light in another thread (T06)."""
    if len({thread.network_id for thread in threads}) > 1:
        raise Refused(_("One of the discussions has been moved to another network since. Take that change back first."))
    if any(thread.is_hidden for thread in threads):
        raise Refused(_("The discussion is hidden. Restore it first."))


def _restore_answer(thread: Thread, post_id: int | None) -> None:
    """The reply that was the answer is it again, unless it is gone or there is another one."""
    if post_id is None or thread.resolved_at is not None:
        return
    post = db.session.get_one(Post, post_id, populate_existing=True)
    post.is_accepted = post.thread_id == thread.id and not (post.is_hidden or post.is_deleted)


UNDO: dict[ChangeKind, Callable[[Viewer, ThreadChange], None]] = {
    ChangeKind.RETITLE: undo_retitle,
    ChangeKind.MOVE: undo_move,
    ChangeKind.MERGE: undo_merge,
    ChangeKind.SPLIT: undo_split,
}
