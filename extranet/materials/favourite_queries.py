"""What can you see? One's own favourites; nobody sees those of others."""

from sqlalchemy import bindparam, select

from extranet.core.db import db
from extranet.core.viewer import Viewer
from extranet.materials.favourite_models import Favourite

_OWN = select(Favourite.material_id).where(Favourite.user_id == bindparam("user_id"))


def list_favourite_ids(viewer: Viewer) -> frozenset[int]:
    """The materials that the viewer has marked. She may not see all of them any more: ask for them with rights."""
    if not viewer.is_signed_in:
        return frozenset()
    return frozenset(db.session.scalars(_OWN, {"user_id": viewer.user_id}))


def find_favourite(viewer: Viewer, material_id: int) -> Favourite | None:
    """The viewer's mark on a material."""
    return db.session.get(Favourite, (viewer.user_id, material_id))
