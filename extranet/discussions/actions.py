"""What you can do. verb(viewer, thing, **data): checked, done, recorded."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from extranet.audit.log import action
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.i18n import N_
from extranet.core.i18n import gettext as _
from extranet.core.viewer import Viewer
from extranet.discussions import companions, following, holding, mentions, naming, policy
from extranet.discussions.attachments import NewFile, attach
from extranet.discussions.counting import let_go_of_answer, lock, lock_post, see_last
from extranet.discussions.ground_rules import check_rules
from extranet.discussions.models import Post, Thread, ThreadKind
from extranet.jobs.queue import enqueue
from extranet.networks.models import Network
from extranet.networks.topics import Topic
from extranet.notifications.notify import notify, withdraw


@action(policy.can_start)
def start(
    viewer: Viewer,
    network: Network,
    *,
    title: str,
    body: str,
    kind: ThreadKind = ThreadKind.QUESTION,
    language: str = "",
    topic_ids: Collection[int] = (),
    files: Sequence[NewFile] = (),
    is_unnamed: bool = False,
) -> Thread:
    """Begin a thread; the network's members hear of it. A new member's may wait for a moderator first.

    is_unnamed: a question whose asker only the moderators see (D12).
    """
    assert viewer.user_id is not None  # noqa: S101  can_start asks for a member
    check_rules(viewer, network)
    if is_unnamed and kind != ThreadKind.QUESTION:
        raise Refused(_("Only a question can be asked without a name."))
    waits = holding.must_wait(viewer, network)
    thread = Thread(
        network_id=network.id,
        kind=kind,
        title=title,
        language=language,
        author_id=viewer.user_id,
        last_post_by_id=viewer.user_id,
        is_unnamed=is_unnamed,
        is_last_unnamed=is_unnamed,
        topics=list(db.session.scalars(select(Topic).where(Topic.id.in_(topic_ids)))) if topic_ids else [],
    )
    db.session.add(thread)
    db.session.flush()
    html, names = mentions.render(network.id, body)
    opening = Post(thread=thread, number=1, author_id=viewer.user_id, is_opening=True, is_unnamed=is_unnamed, body=body, body_html=html)
    db.session.add(opening)
    db.session.flush()
    if waits:
        holding.hold(viewer, opening)
    attach(viewer, opening, files)
    mentions.remember(viewer, opening, names)
    enqueue("discussions.tell_members", thread_id=thread.id)
    return thread


@action(policy.can_reply)
def reply(viewer: Viewer, thread: Thread, *, body: str, files: Sequence[NewFile] = ()) -> Post:
    """Add a post to an open thread; its followers hear of it, of a new member's first one later. Raises Refused when closed (I-27)."""
    assert viewer.user_id is not None  # noqa: S101  can_reply asks for a member
    check_rules(viewer, thread.network)
    lock(thread)
    if thread.is_closed and not policy.can_reply_to_closed(viewer, thread):
        raise Refused(_("This discussion has been closed. Your text was not sent; copy it if you need it elsewhere."))
    if thread.is_hidden and not policy.can_moderate(viewer, thread):
        raise Refused(_("This discussion has been hidden and takes no replies."))
    waits = holding.must_wait(viewer, thread.network)
    if not waits:
        thread.last_number += 1
    html, names = mentions.render(thread.network_id, body)
    post = Post(
        thread=thread,
        number=holding.waiting_number(thread) if waits else thread.last_number,
        author_id=viewer.user_id,
        is_unnamed=naming.is_unnamed(thread, viewer.user_id),
        body=body,
        body_html=html,
        created_at=clock.now(),
    )
    db.session.add(post)
    if waits:
        holding.hold(viewer, post)
    else:
        thread.reply_count += 1
        thread.last_post_at = post.created_at
        thread.last_post_by_id, thread.is_last_unnamed = viewer.user_id, post.is_unnamed
    db.session.flush()
    attach(viewer, post, files)
    mentions.remember(viewer, post, names)
    following.announce(post)
    return post


@action(policy.can_close)
def close(viewer: Viewer, thread: Thread, *, reason: str) -> None:
    """Stop a thread from taking replies; the author is told why. Closing twice changes nothing."""
    lock(thread)
    thread.closed_at = thread.closed_at or clock.now()
    thread.closed_reason = reason
    _tell_author(viewer, thread, "close", N_("A moderator closed your discussion “%(title)s”: %(reason)s"), reason)


@action(policy.can_reopen)
def reopen(viewer: Viewer, thread: Thread, *, reason: str = "") -> None:
    """Let a closed thread take replies again."""
    lock(thread)
    if not thread.is_closed:
        return
    thread.closed_at = None
    thread.closed_reason = ""
    _tell_author(viewer, thread, "reopen", N_("Your discussion “%(title)s” was opened again."), reason)


@action(policy.can_hide)
def hide(viewer: Viewer, thread: Thread, *, reason: str) -> None:
    """Hide a whole thread from all but its author and the moderators (I-26)."""
    lock(thread)
    thread.hidden_at = thread.hidden_at or clock.now()
    thread.hidden_by_id = viewer.user_id
    thread.hidden_reason = reason
    withdraw("thread", thread.id)
    companions.have_follow(viewer, thread)
    _tell_author(viewer, thread, "hide", N_("A moderator hid your discussion “%(title)s”: %(reason)s"), reason)


@action(policy.can_restore)
def restore(viewer: Viewer, thread: Thread, *, reason: str = "") -> None:
    """Show a hidden thread again."""
    lock(thread)
    if not thread.is_hidden:
        return
    opening = db.session.scalars(select(Post).where(Post.thread_id == thread.id, Post.is_opening)).one()
    _check_not_held(opening)
    if opening.is_deleted:
        raise Refused(_("Its author removed the discussion, and nobody else can bring it back."))
    opening.hidden_at, opening.hidden_reason = None, ""
    thread.hidden_at = None
    thread.hidden_by_id = None
    thread.hidden_reason = ""
    companions.have_follow(viewer, thread)
    _tell_author(viewer, thread, "restore", N_("Your discussion “%(title)s” is visible again."), reason)


@action(policy.can_pin)
def pin(viewer: Viewer, thread: Thread, *, reason: str) -> None:
    """Keep a thread on top of its network's list; everybody reads why."""
    thread.is_pinned = True
    thread.pinned_reason = reason
    _tell_author(viewer, thread, "pin", N_("A moderator pinned your discussion “%(title)s” to the top: %(reason)s"), reason)


@action(policy.can_unpin)
def unpin(viewer: Viewer, thread: Thread, *, reason: str = "") -> None:
    """Let a pinned thread sink among the others. Unpinning twice changes nothing."""
    if not thread.is_pinned:
        return
    thread.is_pinned = False
    thread.pinned_reason = ""
    _tell_author(viewer, thread, "unpin", N_("Your discussion “%(title)s” is no longer pinned to the top."), reason)


@action(policy.can_hide_post)
def hide_post(viewer: Viewer, post: Post, *, reason: str) -> None:
    """Hide one message; its author still sees it, with the reason (I-26)."""
    if post.is_opening:
        raise Refused(_("The first message cannot be hidden alone. Hide the whole discussion."))
    lock_post(post)
    post.hidden_at = post.hidden_at or clock.now()
    post.hidden_by_id = viewer.user_id
    post.hidden_reason = reason
    let_go_of_answer(post)
    see_last(post.thread)
    companions.have_follow(viewer, post.thread)
    _tell_writer(viewer, post, "hide_post", N_("A moderator hid your message in “%(title)s”: %(reason)s"), reason)


@action(policy.can_restore_post)
def restore_post(viewer: Viewer, post: Post, *, reason: str = "") -> None:
    """Show a hidden message again. `hidden_by_id` stays."""
    lock_post(post)
    _check_not_held(post)
    if not post.is_hidden:
        return
    post.hidden_at = None
    post.hidden_reason = ""
    if post.number < 0:  # it was turned down before it had a place
        holding.place(post)
    see_last(post.thread)
    companions.have_follow(viewer, post.thread)
    _tell_writer(viewer, post, "restore_post", N_("Your message in “%(title)s” is visible again."), reason)


def _check_not_held(post: Post) -> None:
    if post.held_at is not None:
        raise Refused(_("This is a new member's first message, and waits for a decision. Let it through in the queue of reports."))


def _tell_author(viewer: Viewer, thread: Thread, verb: str, text: str, reason: str) -> None:
    _tell(viewer, thread, thread, verb, text, reason)


def _tell_writer(viewer: Viewer, post: Post, verb: str, text: str, reason: str) -> None:
    _tell(viewer, post, post.thread, verb, text, reason)


def _tell(viewer: Viewer, thing: Thread | Post, thread: Thread, verb: str, text: str, reason: str) -> None:
    """Whose it is hears what a moderator did to it, and why: each time."""
    notify(
        viewer,
        {thing.author_id},
        f"discussions.{verb}",
        about=thread,
        text=text,
        path=thing.path,
        key=f"{verb}:{thing.id}:{int(clock.now().timestamp())}",
        direct={thing.author_id},
        title=thread.title,
        reason=reason,
    )
