"""Who says what a material was good for, and who looks at that, at its use and at its accessibility."""

from extranet.core.viewer import Viewer
from extranet.materials import policy
from extranet.materials.models import Material
from extranet.networks.models import Network
from extranet.networks.policy import can_edit_content


def can_rate(viewer: Viewer, material: Material) -> bool:
    """Whoever has an account and reads it while it is in force; not its owner."""
    is_reader = viewer.is_signed_in and material.owner_id != viewer.user_id
    return is_reader and material.is_published and policy.can_see(viewer, material)


def can_look_after(viewer: Viewer, material: Material) -> bool:
    """Reading comments, use per organisation (D6) and advice: the owner as long as she sees it, and those who edit there."""
    is_own = viewer.is_signed_in and material.owner_id == viewer.user_id and policy.can_see(viewer, material)
    return is_own or policy.reads_drafts(viewer, material.network)


can_handle = can_look_after


def can_look_at_people(viewer: Viewer, material: Material) -> bool:
    """Who has downloaded it, by name: administrators, each time with a reason (domain.md §7.9)."""
    return viewer.is_signed_in and viewer.is_admin and policy.can_see(viewer, material)


def can_describe_access(viewer: Viewer, material: Material) -> bool:
    """Those who edit it, and its owner."""
    if material.network.is_archived:
        return False
    return policy.can_edit(viewer, material) or can_look_after(viewer, material)


def can_survey(viewer: Viewer, network: Network) -> bool:
    """What a network's materials lack: its editors."""
    return can_edit_content(viewer, network) or policy.reads_drafts(viewer, network)
