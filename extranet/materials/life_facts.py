"""What the page of a material says of its life."""

from extranet.core.viewer import Viewer
from extranet.materials import life, policy
from extranet.materials.models import Material
from extranet.materials.page_queries import get_standing


def life_facts(viewer: Viewer, material: Material) -> dict[str, object]:
    """Who sees it, what it replaced and was replaced by, which version the viewer has, what is due; one query."""
    standing = get_standing(viewer, material)
    lacks_captions = material.is_published and material.captions_by is not None and not standing.has_captions
    return {
        "standing": standing,
        "readers": standing.readers,
        "is_coming": life.is_coming(material),
        "is_overdue": life.is_overdue(material) and standing.newer is None,
        "is_due_soon": life.is_due_soon(material) and standing.newer is None,
        "lacks_captions": lacks_captions,
        "can_renew": policy.can_renew(viewer, material),
        "can_pilot": policy.can_pilot(viewer, material),
        "lists_readers": policy.can_list_readers(viewer, material),
    }
