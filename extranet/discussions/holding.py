"""A new member's first post waits for a moderator where the network wants it: hidden, seen by its author and the moderators.

A waiting reply has a negative number, so that it takes no place in the thread, and nobody's marks and counts know of it.
"""

from sqlalchemy import exists, func, select

from extranet.core import clock
from extranet.core.db import db
from extranet.core.i18n import N_
from extranet.core.viewer import Role, Viewer
from extranet.discussions.models import Post, Thread
from extranet.networks.models import Membership, MembershipRole, MembershipState, Network
from extranet.notifications.notify import notify


def must_wait(viewer: Viewer, network: Network) -> bool:
    """Whether the viewer's next post there waits: a member of whom nothing stands in the network yet."""
    if not network.holds_first_posts or viewer.role_in(network.id) >= Role.MODERATOR:
        return False
    stands = (Post.author_id == viewer.user_id, Post.hidden_at.is_(None), Post.deleted_at.is_(None))
    mine = select(Post.id).join(Thread, Thread.id == Post.thread_id).where(*stands, Thread.network_id == network.id)
    return not db.session.scalar(select(exists(mine)))


def waiting_number(thread: Thread) -> int:
    """The next number below the thread's posts; the thread is locked."""
    return min(db.session.scalar(select(func.min(Post.number)).where(Post.thread_id == thread.id)) or 0, 0) - 1


def hold(viewer: Viewer, post: Post) -> None:
    """Let the post wait, an opening with its thread, and tell the moderators."""
    post.held_at = post.hidden_at = clock.now()
    if post.is_opening:
        post.thread.hidden_at = post.held_at
    db.session.flush()
    roles = (MembershipRole.MODERATOR, MembershipRole.LEAD)
    there = (Membership.network_id == post.network_id, Membership.state == MembershipState.ACTIVE, Membership.role.in_(roles))
    notify(
        viewer,
        db.session.scalars(select(Membership.user_id).where(*there)).all(),
        "discussions.held",
        about=post.thread,
        text=N_("A new member's first message waits for you: %(title)s"),
        path=f"/moderation/held/{post.id}/",
        key=f"held:{post.id}",
        title=post.thread.title,
    )


def place(post: Post) -> None:
    """Give a post that had none its place at the end of the thread, as if it were written now; the thread is locked."""
    thread = post.thread
    if post.number < 0:
        thread.last_number += 1
        post.number = thread.last_number
    post.created_at = thread.last_post_at = clock.now()
    thread.last_post_by_id, thread.is_last_unnamed = post.author_id, post.is_unnamed
    if post.is_opening:
        thread.created_at = post.created_at
