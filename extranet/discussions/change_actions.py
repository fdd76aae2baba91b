"""What moderators do to whole threads, each with a reason that the author is told, and each to be taken back."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, update

from extranet.audit.log import action
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import NotFound, Refused
from extranet.core.i18n import N_
from extranet.core.i18n import gettext as _
from extranet.core.viewer import Role, Viewer
from extranet.discussions import change_policy as policy
from extranet.discussions import change_undoing, companions, queries, question_queries
from extranet.discussions.change_models import ChangeKind, ThreadChange
from extranet.discussions.change_moves import carry_drafts, carry_marks, carry_posts, carry_waiting, close_gaps, copy_levels, copy_marks
from extranet.discussions.change_telling import tell
from extranet.discussions.counting import lock, settle
from extranet.discussions.models import Post, Thread, ThreadKind, thread_topic
from extranet.networks.access import viewer_for
from extranet.networks.topics import Topic


@action(policy.can_retitle)
def retitle(viewer: Viewer, thread: Thread, *, title: str, reason: str) -> ThreadChange:
    """Give a thread a title that says what it is about."""
    lock(thread)
    change = _remember(viewer, ChangeKind.RETITLE, thread, reason, before={"title": thread.title}, after={"title": title})
    was, thread.title = thread.title, title
    words = N_("A moderator changed the title of your discussion “%(was)s”: %(reason)s")
    tell(viewer, change, {thread.author_id}, words, was=was, reason=reason)
    return change


@action(policy.can_merge)
def merge(viewer: Viewer, thread: Thread, *, into: int, reason: str) -> ThreadChange:
    """Put a thread's posts after those of another one. Its address leads there from then on, and a poll comes along.

    Both stand in one network: otherwise a merge would also change who reads every one of its messages, and say so to nobody.
    Moving does that, with a reason of its own that the author is told, a log of its own and a way back of its own.
    """
    target = queries.get_thread(viewer, into)
    if target.id == thread.id:
        raise Refused(_("Choose another discussion than this one."))
    for one in sorted((thread, target), key=lambda t: t.id):
        lock(one)
    _check_mergeable(thread, target)
    offset, count = target.last_number, thread.last_number
    opening = db.session.scalars(select(Post).where(Post.thread_id == thread.id, Post.is_opening)).one()
    has_own = target.resolved_at is not None or target.kind != ThreadKind.QUESTION
    answer = _drop_answer(Post.thread_id == thread.id) if has_own else None
    joined = db.session.scalars(select(Thread.id).where(Thread.merged_into_id == thread.id)).all()
    before = {
        "offset": offset, "count": count, "opening": opening.id, "answer": answer, "joined": list(joined), "title": thread.title,
        "poll": thread.has_poll,
    }  # fmt: skip
    change = _remember(viewer, ChangeKind.MERGE, target, reason, other=thread, before=before)
    opening.is_opening = False
    carry_posts(thread, target, offset)
    carry_waiting(thread, target)
    carry_marks(thread, target, offset)
    target.last_number = offset + count
    copy_levels(thread, target)
    carry_drafts(thread, target)
    companions.carry_along(thread, target)
    db.session.execute(update(Thread).where(Thread.id.in_([thread.id, *joined])).values(merged_into_id=target.id))
    settle(target)
    tell(
        viewer, change, {thread.author_id}, N_("A moderator merged your discussion “%(was)s” into another: %(reason)s"),
        path=opening.path, was=thread.title, reason=reason,
    )  # fmt: skip
    return change


@action(policy.can_split)
def split(
    viewer: Viewer, thread: Thread, *, title: str, post_ids: Collection[int], and_after: int | None = None, reason: str
) -> ThreadChange:
    """Make a new thread of some replies, or of one and all `and_after` it. They keep their permalinks; the first is the opening."""
    lock(thread)
    if thread.is_hidden:
        raise Refused(_("The discussion is hidden. Restore it first."))
    which = Post.number >= and_after if and_after is not None else Post.id.in_(post_ids)
    chosen = (Post.thread_id == thread.id, Post.is_opening.is_(False), Post.number > 0, which)
    first = db.session.scalar(select(Post).where(*chosen).order_by(Post.number).limit(1))
    if first is None:
        raise Refused(_("Choose at least one reply."))
    if first.is_hidden or first.is_deleted:
        raise Refused(_("The first of the messages begins the new discussion, so it must be visible. Choose another first message."))
    last = db.session.scalar(select(func.max(Post.number)).where(*chosen)) or first.number
    answer, shift = _drop_answer(*chosen), first.number - 1
    new = Thread(
        network=thread.network, kind=thread.kind, title=title, language=thread.language, author_id=first.author_id, created_at=first.created_at,
        last_post_at=first.created_at, last_post_by_id=first.author_id, last_number=last - shift,
        is_unnamed=first.is_unnamed, is_last_unnamed=first.is_unnamed,
        topics=list(db.session.scalars(select(Topic).join(thread_topic).where(thread_topic.c.thread_id == thread.id))),
    )  # fmt: skip
    db.session.add(new)
    db.session.flush()
    first.is_opening = True
    before = {"shift": shift, "last": new.last_number, "opening": first.id, "answer": answer}
    change = _remember(viewer, ChangeKind.SPLIT, thread, reason, other=new, before=before)
    carry_posts(thread, new, -shift, or_(Post.id == first.id, and_(Post.is_opening.is_(False), which)))
    copy_marks(thread, new, shift)
    copy_levels(thread, new)
    close_gaps(thread)
    settle(thread)
    settle(new)
    tell(
        viewer, change, {thread.author_id, first.author_id}, N_("A moderator made a discussion of its own of messages in “%(was)s”: %(reason)s"),
        path=new.path, was=thread.title, reason=reason,
    )  # fmt: skip
    return change


@action(policy.can_move)
def move(viewer: Viewer, thread: Thread, *, network_id: int, reason: str) -> ThreadChange:
    """Move a thread to another network that the viewer moderates (I-28). Its address stays, its readers change (I-27)."""
    target = next((n for n in queries.list_targets(viewer, thread) if n.id == network_id), None)
    if target is None:
        raise NotFound
    lock(thread)
    if thread.network_id == target.id:
        raise Refused(_("Somebody has moved the discussion there already."))
    before = {
        "network_id": thread.network_id, "is_pinned": thread.is_pinned, "pinned_reason": thread.pinned_reason,
        "handed_to_id": thread.handed_to_id,
    }  # fmt: skip
    change = _remember(viewer, ChangeKind.MOVE, thread, reason, before=before, after={"network_id": target.id})
    # About the network where it was: the author hears why even if she cannot read it where it stands now, or know of that place (T20).
    reads = viewer_for(thread.author_id).role_in(target.id) >= Role.MEMBER
    tell(
        viewer, change, {thread.author_id}, N_("A moderator moved your discussion “%(title)s” to another network: %(reason)s"),
        about=thread.network, path=thread.path if reads else f"{thread.network.path}discussions/", title=thread.title, reason=reason,
    )  # fmt: skip
    thread.network, thread.is_pinned, thread.pinned_reason = target, False, ""
    question_queries.let_go_of_expert(thread)
    companions.have_follow(viewer, thread)
    return change


@action(policy.can_undo)
def undo(viewer: Viewer, change: ThreadChange, *, reason: str = "") -> ThreadChange:
    """Take a change back. What was written since stays where people read it now."""
    for one in sorted((t for t in (change.thread, change.other) if t is not None), key=lambda t: t.id):
        lock(one)
    db.session.refresh(change, attribute_names=["undone_at"], with_for_update=True)
    if change.undone_at is not None:
        raise Refused(_("This has been taken back already."))
    change_undoing.UNDO[change.kind](viewer, change)
    change.undone_at, change.undone_by_id = clock.now(), viewer.user_id
    thread = change.other if change.kind == ChangeKind.MERGE and change.other else change.thread
    people = {thread.author_id} | ({change.other.author_id} if change.kind == ChangeKind.SPLIT and change.other else set())
    words = N_("A moderator took a change of your discussion “%(title)s” back.")
    tell(viewer, change, people, words, verb="undo", about=thread, path=thread.path, title=thread.title)
    return change


def _remember(viewer: Viewer, kind: ChangeKind, thread: Thread, reason: str, **more: Any) -> ThreadChange:
    change = ThreadChange(kind=kind, thread=thread, by_id=viewer.user_id, reason=reason, **more)
    db.session.add(change)
    db.session.flush()
    return change


def _drop_answer(*where: ColumnElement[bool]) -> int | None:
    """Let go of the accepted answer among those posts; which it was is kept with the change."""
    answer = db.session.scalar(select(Post).where(*where, Post.is_accepted))
    if answer is None:
        return None
    answer.is_accepted = False
    db.session.flush()
    return answer.id


def _check_mergeable(thread: Thread, target: Thread) -> None:
    if thread.merged_into_id is not None or target.merged_into_id is not None:
        raise Refused(_("One of the discussions has been merged into another meanwhile."))
    if thread.is_hidden or target.is_hidden:
        raise Refused(_("The discussion is hidden. Restore it first."))
    if target.network_id != thread.network_id:
        raise Refused(_("Both discussions must stand in the same network. Move the other one there first."))
    if thread.has_poll and target.has_poll:
        raise Refused(_("Both discussions have a poll, and a discussion holds only one. Leave them apart, and link from one to the other."))
