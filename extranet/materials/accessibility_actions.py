"""What you can do. verb(viewer, thing, **data): checked, done, recorded."""

from extranet.audit.log import action
from extranet.core.text import LocalText
from extranet.core.viewer import Viewer
from extranet.materials import care_policy
from extranet.materials.models import Accessible, Material


@action(care_policy.can_describe_access, "accessible")
def describe_access(
    _viewer: Viewer, material: Material, *, accessible: Accessible, note: LocalText, alt_text: LocalText | None = None
) -> None:
    """Say whether everybody can read it as it is, why not, and what an image shows. `alt_text`: None leaves it as it is."""
    material.accessible = accessible
    material.accessible_note = note
    if alt_text is not None:
        material.alt_text = alt_text
