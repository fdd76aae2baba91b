"""What you can do with a post once it is written. verb(viewer, thing, **data): checked, done, recorded."""

from sqlalchemy import delete as sql_delete
from sqlalchemy import update

from extranet.audit.log import action
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.i18n import N_
from extranet.core.i18n import gettext as _
from extranet.core.viewer import Viewer
from extranet.discussions import companions, following_queries, mentions, naming, policy
from extranet.discussions.counting import let_go_of_answer, lock_post, see_last
from extranet.discussions.models import EDIT_WINDOW, Helpful, Post, PostEdit, Thread, ThreadKind
from extranet.jobs.queue import insert
from extranet.notifications.notify import notify, withdraw


@action(policy.can_edit_post)
def edit_post(viewer: Viewer, post: Post, *, body: str) -> Post:
    """Change what one has written. What it said is kept for moderators; after EDIT_WINDOW the change shows."""
    _check_open(viewer, post.thread)
    if body == post.body:
        return post
    now = clock.now()
    db.session.add(PostEdit(post_id=post.id, body=post.body, body_html=post.body_html, written_at=post.edited_at or post.created_at))
    post.body = body
    post.body_html, names = mentions.render(post.thread.network_id, body)
    mentions.remember(viewer, post, names)
    if now - post.created_at > EDIT_WINDOW:
        post.edited_at = now
    return post


@action(policy.can_edit_post)
def delete_post(viewer: Viewer, post: Post) -> None:
    """Take back what one has written. The author can restore it; nobody else but the moderators reads it any more (I-26)."""
    thread = post.thread
    lock_post(post)
    _check_open(viewer, thread)
    if post.is_opening:
        # The thread goes with its opening, and comes back with it.
        if thread.reply_count:
            raise Refused(_("Others have replied already, so the discussion cannot be removed. Ask a moderator to hide it."))
        thread.hidden_at, thread.hidden_by_id, thread.hidden_reason = clock.now(), viewer.user_id, ""
        withdraw("thread", thread.id)
    post.deleted_at = clock.now()
    let_go_of_answer(post)
    see_last(thread)
    companions.have_follow(viewer, thread)


@action(policy.can_restore_own)
def undelete_post(viewer: Viewer, post: Post) -> None:
    """Bring back what one had removed."""
    lock_post(post)
    _check_open(viewer, post.thread)
    if post.is_opening and post.thread.hidden_by_id == viewer.user_id:
        post.thread.hidden_at = post.thread.hidden_by_id = None
    post.deleted_at = None
    see_last(post.thread)
    companions.have_follow(viewer, post.thread)


@action(policy.can_find_helpful)
def mark_helpful(viewer: Viewer, post: Post) -> None:
    """Thank for a post; once a person and post."""
    row = {"post_id": post.id, "user_id": viewer.user_id, "at": clock.now()}
    added = db.session.execute(insert(Helpful).values(**row).on_conflict_do_nothing().returning(Helpful.post_id)).all()
    _count_helpful(post, len(added))


@action(policy.can_find_helpful)
def unmark_helpful(viewer: Viewer, post: Post) -> None:
    """Take one's thanks back."""
    mine = sql_delete(Helpful).where(Helpful.post_id == post.id, Helpful.user_id == viewer.user_id).returning(Helpful.post_id)
    _count_helpful(post, -len(db.session.execute(mine).all()))


@action(policy.can_accept)
def accept(viewer: Viewer, post: Post) -> None:
    """Name the reply that answers the question; it stands on top from now on, and its author hears of it."""
    thread = post.thread
    lock_post(post)
    if thread.kind != ThreadKind.QUESTION:
        raise Refused(_("Only a question can have an answer."))
    if post.is_opening or post.is_hidden or post.is_deleted:
        raise Refused(_("This message cannot be the answer."))
    db.session.execute(update(Post).where(Post.thread_id == thread.id, Post.is_accepted).values(is_accepted=False))
    post.is_accepted = True
    thread.resolved_at = clock.now()
    companions.have_follow(viewer, thread)
    notify(
        viewer,
        following_queries.without_muted(thread, {post.author_id}),
        "discussions.accept",
        about=thread,
        text=N_("%(who)s accepted your reply as the answer: %(title)s"),
        path=post.path,
        key=f"accept:{post.id}",
        direct={post.author_id},
        who=naming.name_in(thread, viewer),
        title=thread.title,
    )


@action(policy.can_accept)
def unaccept(viewer: Viewer, post: Post) -> None:
    """The question is open again."""
    lock_post(post)
    let_go_of_answer(post)
    companions.have_follow(viewer, post.thread)


def _check_open(viewer: Viewer, thread: Thread) -> None:
    if not policy.is_open_to(viewer, thread):
        raise Refused(_("This discussion has been closed, so its messages stay as they are."))


def _count_helpful(post: Post, change: int) -> None:
    if change:
        db.session.execute(update(Post).where(Post.id == post.id).values(helpful_count=Post.helpful_count + change))
