"""Who may pass a material on. Asked when it is shared, and again each time somebody opens the link."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, false

from extranet.core.viewer import Viewer
from extranet.materials import policy as materials
from extranet.materials.models import Material, MaterialState, Sharing
from extranet.sharing.models import Share, ShareItem

FORWARDED = (Sharing.MAY_FORWARD, Sharing.PUBLIC)


def can_forward(viewer: Viewer, material: Material) -> bool:
    """Any reader with an organisation, where the owner allows it and as long as the material is in force (S1-10)."""
    has_organisation = viewer.is_signed_in and viewer.organisation_id is not None
    return has_organisation and material.is_published and material.sharing in FORWARDED and materials.can_see(viewer, material)


def forwardable_by(viewer: Viewer) -> ColumnElement[bool]:
    """`can_forward`, as a where-clause on Material."""
    if not viewer.is_signed_in or viewer.organisation_id is None:
        return false()
    return and_(Material.state == MaterialState.PUBLISHED, Material.sharing.in_(FORWARDED), materials.visible_to(viewer))


def can_forward_all(viewer: Viewer, chosen: Sequence[Material]) -> bool:
    """Every one of them, and at least one."""
    return bool(chosen) and all(can_forward(viewer, material) for material in chosen)


def can_send_outside(viewer: Viewer, material: Material) -> bool:
    """The owner and the editors, for a material in force, however it is shared otherwise."""
    return material.is_published and looks_after(viewer, material)


def looks_after(viewer: Viewer, material: Material) -> bool:
    """The owner as long as she sees it, and those who edit there."""
    is_owner = viewer.is_signed_in and material.owner_id == viewer.user_id and materials.can_see(viewer, material)
    return is_owner or materials.can_publish(viewer, material)


def opens(sharer: Viewer, share: Share, material: Material) -> bool:
    """Whether the sharer may still give this material away by this share: asked at every use (T12).

    She moved to another organisation, left the network, closed her account; the material was archived or kept back: no.
    """
    if not share.is_running:
        return False
    if share.is_outside:
        return can_send_outside(sharer, material) and (material.sharing != Sharing.OWN_USE or bool(share.reason))
    return sharer.organisation_id == share.organisation_id and can_forward(sharer, material)


def can_see(viewer: Viewer, share: Share) -> bool:
    """One's own shares."""
    return viewer.is_signed_in and share.user_id == viewer.user_id


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """`can_see`, as a where-clause on Share."""
    return Share.user_id == viewer.user_id if viewer.is_signed_in else false()


def can_revoke(viewer: Viewer, share: Share) -> bool:
    """Whoever shared, and those who look after one of the materials."""
    return can_see(viewer, share) or any(looks_after(viewer, item.material) for item in _items(share))


def _items(share: Share) -> list[ShareItem]:
    return share.items
