"""Who hears of what was written: each once (T25), as much as she chose, and by letter only if she wants."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from extranet.core.db import db
from extranet.core.i18n import N_
from extranet.discussions import following_queries, naming
from extranet.discussions.following_models import Because, Level
from extranet.discussions.models import Post, Thread
from extranet.jobs.queue import enqueue
from extranet.networks.access import viewer_for
from extranet.networks.models import Membership, MembershipState
from extranet.notifications.notify import notify


def announce(post: Post) -> None:
    """Have those who want to hear of a post told, after the transaction: posting costs the same however many follow.

    Tell those whom it concerns by name, with the key `post:<id>`, before: whoever has been told is not told again.
    """
    enqueue("discussions.tell_followers", post_id=post.id)


def tell_followers(post_id: int) -> None:
    """Tell the followers of a thread of a reply, unless it was hidden or removed meanwhile."""
    post = db.session.scalar(
        select(Post).options(joinedload(Post.thread).joinedload(Thread.network)).where(Post.id == post_id)
    )  # fmt: skip
    if post is None or post.is_hidden or post.is_deleted or post.thread.is_hidden:
        return
    heard = following_queries.audience(post.thread)
    watching = {person for person, hears in heard.items() if hears.level == Level.WATCH}
    direct = {person for person in watching if heard[person].because != Because.WROTE}
    _tell(post, watching, direct, letters=True)
    _tell(post, {person for person, hears in heard.items() if hears.level == Level.FOLLOW}, set(), letters=False)


def _tell(post: Post, people: set[int], direct: set[int], letters: bool) -> None:
    author = viewer_for(post.author_id)
    notify(
        author,
        people - {post.author_id},
        "discussions.reply",
        about=post.thread,
        text=N_("%(who)s replied: %(title)s"),
        path=post.path,
        key=f"post:{post.id}",
        direct=direct,
        letters=letters,
        who=naming.SOMEBODY if post.is_unnamed else author.name,
        title=post.thread.title,
        post=post.id,
    )


def tell_members(thread_id: int) -> None:
    """Tell a network's members of a new thread, unless it was hidden or removed meanwhile, or they have muted the network."""
    thread = db.session.scalar(select(Thread).options(joinedload(Thread.network), joinedload(Thread.author)).where(Thread.id == thread_id))
    if thread is None or thread.is_hidden:
        return
    opening = db.session.scalar(select(Post.id).where(Post.thread_id == thread.id, Post.is_opening))
    members = set(
        db.session.scalars(
            select(Membership.user_id).where(Membership.network_id == thread.network_id, Membership.state == MembershipState.ACTIVE)
        )
    )
    levels = following_queries.network_levels(None, thread.network_id)
    muted = {person for person, level in levels.items() if level == Level.MUTE}
    notify(
        viewer_for(thread.author_id),
        (members | set(levels)) - muted - {thread.author_id},
        "discussions.start",
        about=thread,
        text=N_("%(who)s started a discussion: %(title)s"),
        path=thread.path,
        key=f"thread:{thread.id}",
        direct={person for person, level in levels.items() if level in (Level.WATCH, Level.FOLLOW)},
        who=naming.SOMEBODY if thread.is_unnamed else thread.author.name,
        title=thread.title,
        post=opening or 0,
    )
