"""Who may follow: members, what they may read."""

from extranet.core.viewer import Viewer
from extranet.discussions.models import Thread
from extranet.discussions.policy import can_see
from extranet.networks import policy as networks
from extranet.networks.models import Network


def can_follow(viewer: Viewer, thread: Thread) -> bool:
    """Members who see the thread. An administrator who has entered for an hour hears of nothing."""
    return can_see(viewer, thread) and networks.is_member(viewer, thread)


def can_follow_network(viewer: Viewer, network: Network) -> bool:
    """Its members."""
    return networks.is_member(viewer, network)
