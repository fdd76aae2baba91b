"""What a card shows on its page: where it was discussed. A link only; the page has no query to spare."""

from extranet.core.beside import Part, beside
from extranet.core.viewer import Role, Viewer
from extranet.materials.models import Material


@beside("material")
def show_source(viewer: Viewer, material: Material) -> Part | None:
    """The discussion, for the members of its network; rights are asked when the link is followed."""
    if not material.is_answer or viewer.role_in(material.network_id) < Role.MEMBER:
        return None
    return Part("answers/_material.html", {"material": material})
