"""What moderators do with a new member's first post. verb(viewer, thing, **data): checked, done, recorded."""

from typing import Any

from sqlalchemy import select

from extranet.audit.log import action
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.i18n import N_
from extranet.core.i18n import gettext as _
from extranet.core.viewer import Viewer
from extranet.discussions import following, mentions, policy
from extranet.discussions.counting import count_replies, lock_post
from extranet.discussions.holding import place
from extranet.discussions.mention_models import Mention
from extranet.discussions.models import Post
from extranet.jobs.queue import enqueue
from extranet.networks.access import viewer_for
from extranet.notifications.notify import notify, withdraw


@action(policy.can_let_through)
def let_through(viewer: Viewer, post: Post) -> None:
    """Let others read it: it stands in the thread as of now, and whom it concerns hears of it."""
    _lock_held(post)
    post.held_at = post.hidden_at = None
    if post.is_opening:
        post.thread.hidden_at = None
    place(post)
    count_replies(post.thread)
    _settle(viewer, post, "let_through", N_("Your message can now be read by everybody in the network: %(title)s"))
    mentioned = set(db.session.scalars(select(Mention.user_id).where(Mention.post_id == post.id)))
    mentions.tell(viewer_for(post.author_id), post, mentioned - {post.author_id})
    if post.is_opening:
        enqueue("discussions.tell_members", thread_id=post.thread_id)
    else:
        following.announce(post)


@action(policy.can_turn_down)
def turn_down(viewer: Viewer, post: Post, *, reason: str) -> None:
    """Leave it hidden; the author reads why, and can write another."""
    _lock_held(post)
    post.held_at = None
    post.hidden_by_id, post.hidden_reason = viewer.user_id, reason
    if post.is_opening:
        post.thread.hidden_by_id, post.thread.hidden_reason = viewer.user_id, reason
    _settle(viewer, post, "turn_down", N_("A moderator did not let your message through, “%(title)s”: %(reason)s"), reason=reason)


def _lock_held(post: Post) -> None:
    lock_post(post)
    if post.held_at is None:
        raise Refused(_("Somebody has handled this message already."))


def _settle(viewer: Viewer, post: Post, verb: str, text: str, **more: Any) -> None:
    """The moderators' notes go; the author hears what became of the message."""
    db.session.flush()
    if post.is_opening:
        withdraw("thread", post.thread_id, "discussions.held")
    notify(
        viewer,
        {post.author_id},
        f"discussions.{verb}",
        about=post.thread,
        text=text,
        path=post.path,
        key=f"{verb}:{post.id}",
        direct={post.author_id},
        title=post.thread.title,
        **more,
    )
