"""What the home of one network gathers: for its members everything, for others what is public."""

from dataclasses import dataclass, field
from typing import Any

from extranet.core.viewer import Viewer
from extranet.discussions.queries import list_active
from extranet.events.queries import list_next
from extranet.materials.queries import list_latest
from extranet.networks import policy
from extranet.networks.models import Network
from extranet.networks.queries import list_organisations
from extranet.pages.queries import list_pages


@dataclass(frozen=True)
class NetworkHome:
    """The parts of the page; one query each, and none for what the viewer may not open."""

    pages: list[Any]
    events: list[Any]
    threads: list[Any] = field(default_factory=list)
    materials: list[Any] = field(default_factory=list)
    organisations: list[Any] = field(default_factory=list)


def get_network_home(viewer: Viewer, network: Network) -> NetworkHome:
    """Pages, next events, latest materials, active threads; for outsiders who takes part."""
    reads = policy.can_read(viewer, network)
    return NetworkHome(
        pages=list_pages(viewer, network),
        events=list_next(viewer, network.id, 3),
        threads=list_active(viewer, network.id, 4) if policy.can_read_discussions(viewer, network) else [],
        materials=list_latest(viewer, network.id, 4) if policy.can_read_materials(viewer, network) else [],
        organisations=[] if reads else list_organisations(viewer, network),
    )
