"""Who may change whole threads, and take such a change back."""

from extranet.core.viewer import Viewer
from extranet.discussions.change_models import ThreadChange
from extranet.discussions.policy import can_moderate


def can_undo(viewer: Viewer, change: ThreadChange) -> bool:
    """The moderators of the network where the thread stands now (I-28), whoever of them made the change."""
    return can_moderate(viewer, change.thread)


can_retitle = can_merge = can_split = can_move = can_moderate
