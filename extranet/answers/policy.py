"""Who may make a card of an answer."""

from extranet.core.viewer import Viewer
from extranet.discussions import policy as discussions
from extranet.discussions.models import Post
from extranet.materials.policy import can_upload


def can_save(viewer: Viewer, post: Post) -> bool:
    """The moderators, and whoever wrote the accepted answer; as a suggestion where they may not publish.

    Not its writer where she asked without a name (D12): a card says who owns it.
    """
    is_there = not (post.is_hidden or post.is_deleted or post.thread.is_hidden)
    if not (post.is_accepted and is_there and discussions.can_reply(viewer, post.thread)):
        return False
    is_own = post.author_id == viewer.user_id and not post.is_unnamed
    return (is_own or discussions.can_moderate_post(viewer, post)) and can_upload(viewer, post.thread.network)
