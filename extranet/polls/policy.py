"""Who may. A poll belongs to its thread: whoever writes there votes, and moves, hiding and closing of the thread hold for it too."""

from sqlalchemy import ColumnElement, select

from extranet.core.viewer import Viewer
from extranet.discussions import policy as discussions
from extranet.discussions.models import Thread
from extranet.polls.models import Poll


def can_see(viewer: Viewer, poll: Poll) -> bool:
    """Readers of the thread."""
    return discussions.can_see(viewer, poll.thread)


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """`can_see`, as a where-clause on Poll."""
    return Poll.thread_id.in_(select(Thread.id).where(discussions.visible_to(viewer)))


def can_create(viewer: Viewer, thread: Thread) -> bool:
    """Whoever began the thread, and the moderators."""
    return discussions.can_reply(viewer, thread) and (thread.author_id == viewer.user_id or discussions.can_moderate(viewer, thread))


def can_manage(viewer: Viewer, poll: Poll) -> bool:
    """Whoever made the poll, and the moderators: change it, close it, write what came of it."""
    thread = poll.thread
    return discussions.can_reply(viewer, thread) and (poll.created_by_id == viewer.user_id or discussions.can_moderate(viewer, thread))


def can_vote(viewer: Viewer, poll: Poll) -> bool:
    """Members who may write in the thread; whether it is closed is told in words."""
    return discussions.can_reply(viewer, poll.thread)


def sees_results(poll: Poll, has_voted: bool) -> bool:
    """Whoever has voted, and everybody once no more votes are taken: nobody votes with the crowd."""
    return has_voted or not poll.is_open or poll.thread.is_closed
