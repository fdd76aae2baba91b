"""Who may. Discussions are closed: members read and write; an administrator only after a logged entry (domain.md §4.7)."""

from sqlalchemy import ColumnElement, and_, false, or_, true

from extranet.core.viewer import Role, Viewer
from extranet.discussions.models import Post, Thread
from extranet.networks import policy as networks
from extranet.networks.models import Network


def can_enter(viewer: Viewer, network: Network) -> bool:
    """Whether this network's threads may be listed. Experts and contact persons need to be members."""
    return viewer.is_system or viewer.role_in(network.id) >= Role.MEMBER or (viewer.is_admin and network.id in viewer.entered)


def can_see(viewer: Viewer, thread: Thread) -> bool:
    """Readers of the network; a hidden thread only its author and the moderators (I-26). A merged one is no longer there by itself."""
    if viewer.is_system:
        return True
    if thread.merged_into_id is not None or not can_enter(viewer, thread.network):
        return False
    return not thread.is_hidden or thread.author_id == viewer.user_id or is_keeper(viewer, thread.network_id)


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """`can_see`, as a where-clause on Thread."""
    if viewer.is_system:
        return true()
    mine = [viewer.network_ids, viewer.entered] if viewer.is_admin else [viewer.network_ids]
    open_to = or_(false(), *(Thread.network_id.in_(ids) for ids in mine if ids))
    kept = open_to if viewer.is_admin else Thread.network_id.in_(viewer.moderated_ids) if viewer.moderated_ids else false()
    return and_(open_to, Thread.merged_into_id.is_(None), or_(Thread.hidden_at.is_(None), Thread.author_id == viewer.user_id, kept))


def is_keeper(viewer: Viewer, network_id: int) -> bool:
    """Whether hidden things of that network stay readable: moderators, leads, administrators."""
    return viewer.is_admin or viewer.role_in(network_id) >= Role.MODERATOR


def moderated_in(viewer: Viewer) -> frozenset[int]:
    """The networks whose discussions the viewer moderates; for an administrator those entered too."""
    return viewer.moderated_ids | (viewer.entered if viewer.is_admin else frozenset())


def can_read_post(viewer: Viewer, post: Post) -> bool:
    """A hidden post, and one that its author removed, stays readable to the author and the moderators (I-26)."""
    if not can_see(viewer, post.thread):
        return False
    return not (post.is_hidden or post.is_deleted) or post.author_id == viewer.user_id or is_keeper(viewer, post.thread.network_id)


def can_start(viewer: Viewer, network: Network) -> bool:
    return networks.is_member(viewer, network) and not network.is_archived


def can_reply(viewer: Viewer, thread: Thread) -> bool:
    """Members; whether the thread is closed is a rule of the action, told in words (I-27)."""
    return can_see(viewer, thread) and networks.is_member(viewer, thread) and not thread.network.is_archived


def can_edit_post(viewer: Viewer, post: Post) -> bool:
    """Its author, as long as it and its thread stand and she is a member."""
    is_there = not (post.is_hidden or post.is_deleted or post.thread.is_hidden)
    return post.author_id == viewer.user_id and can_reply(viewer, post.thread) and is_there


def can_restore_own(viewer: Viewer, post: Post) -> bool:
    """The author who removed it."""
    return post.author_id == viewer.user_id and can_reply(viewer, post.thread) and post.is_deleted and not post.is_hidden


def can_find_helpful(viewer: Viewer, post: Post) -> bool:
    """Members who read it, but not its author."""
    return post.author_id != viewer.user_id and can_reply(viewer, post.thread) and not post.is_hidden and not post.is_deleted


def can_accept(viewer: Viewer, post: Post) -> bool:
    """Whoever asked, and the moderators."""
    thread = post.thread
    return can_reply(viewer, thread) and (thread.author_id == viewer.user_id or can_moderate(viewer, thread))


def can_moderate(viewer: Viewer, thread: Thread) -> bool:
    """Moderators and leads of the thread's network (I-28), administrators who have entered it."""
    return can_see(viewer, thread) and networks.can_moderate(viewer, thread)


def can_moderate_post(viewer: Viewer, post: Post) -> bool:
    return can_moderate(viewer, post.thread)


def can_judge(viewer: Viewer, thread: Thread) -> bool:
    """Hiding and showing again: the moderators, but nobody her own, reported or not (I-28). An own message is removed, not hidden."""
    return can_moderate(viewer, thread) and thread.author_id != viewer.user_id


def can_judge_post(viewer: Viewer, post: Post) -> bool:
    return can_moderate_post(viewer, post) and post.author_id != viewer.user_id


can_hide = can_restore = can_judge
can_hide_post = can_restore_post = can_let_through = can_turn_down = can_judge_post
can_close = can_reopen = can_pin = can_unpin = can_reply_to_closed = can_moderate


def is_open_to(viewer: Viewer, thread: Thread) -> bool:
    """I-27: a closed thread stays as it is, but for moderators."""
    return not thread.is_closed or can_reply_to_closed(viewer, thread)
