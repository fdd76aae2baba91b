"""What can you do? Mark a material to find it again, and take the mark away."""

from extranet.audit.log import action
from extranet.core.db import db
from extranet.core.viewer import Viewer
from extranet.materials import policy
from extranet.materials.favourite_models import Favourite
from extranet.materials.favourite_queries import find_favourite
from extranet.materials.models import Material


@action(policy.can_favourite)
def favourite(viewer: Viewer, material: Material) -> None:
    """Put it among the viewer's favourites; twice is once."""
    assert viewer.user_id is not None  # noqa: S101  can_favourite asks for a person
    if find_favourite(viewer, material.id) is None:
        db.session.add(Favourite(user_id=viewer.user_id, material_id=material.id))


@action(policy.can_unfavourite)
def unfavourite(viewer: Viewer, material: Material) -> None:
    """Take it from the viewer's favourites."""
    mark = find_favourite(viewer, material.id)
    if mark is not None:
        db.session.delete(mark)
