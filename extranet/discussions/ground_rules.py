"""Nobody writes before she has accepted the network's ground rules as they are now (domain.md §6.7)."""

from extranet.core.errors import Refused
from extranet.core.i18n import gettext as _
from extranet.core.viewer import Viewer
from extranet.networks.models import Network
from extranet.networks.queries import do_rules_wait


def check_rules(viewer: Viewer, network: Network) -> None:
    """Raise Refused for one who has to accept them first."""
    if do_wait(viewer, network):
        raise Refused(_("Read and accept the ground rules of the network first, then you can write."))


def do_wait(viewer: Viewer, network: Network) -> bool:
    """Whether the rules wait to be accepted by the viewer."""
    return do_rules_wait(viewer, network)
