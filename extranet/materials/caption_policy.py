"""Who may bring captions for a recording, and take them away."""

from extranet.core.viewer import Viewer
from extranet.materials.models import Material
from extranet.materials.policy import can_edit, can_renew


def can_caption(viewer: Viewer, material: Material) -> bool:
    """Those who may edit, and the owner also when it is in force: it is she who is reminded of captions."""
    return (can_edit(viewer, material) or can_renew(viewer, material)) and not material.is_link


def can_uncaption(viewer: Viewer, material: Material) -> bool:
    """Those who may bring captions."""
    return can_caption(viewer, material)
