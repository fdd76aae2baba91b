"""Who may order, who keeps the stock and sends. Whose orders one sees stands in Python and in SQL side by side."""

from sqlalchemy import ColumnElement, false, or_, select, true

from extranet.core.viewer import Role, Viewer
from extranet.materials import policy as materials
from extranet.materials.models import Material
from extranet.networks.models import Network
from extranet.networks.policy import can_read, readable_in
from extranet.orders.models import PublicationOrder


def can_order(viewer: Viewer, material: Material) -> bool:
    """Whoever sees the material and has an organisation, where there are printed copies and the material is in force."""
    has_organisation = viewer.is_signed_in and viewer.organisation_id is not None
    return has_organisation and material.is_published and material.stock is not None and materials.can_see(viewer, material)


def can_set_stock(viewer: Viewer, material: Material) -> bool:
    """The editors."""
    return materials.can_publish(viewer, material)


def has_desk(viewer: Viewer) -> bool:
    """Whether the viewer looks after any orders at all."""
    return viewer.is_admin or viewer.is_expert or bool(viewer.moderated_ids)


def keeps(viewer: Viewer, network: Network) -> bool:
    """Whether the viewer sends the network's copies: its moderators, experts who read there, administrators; in archived networks too."""
    if viewer.is_admin or viewer.role_in(network.id) >= Role.MODERATOR:
        return True
    return viewer.is_expert and can_read(viewer, network)


def kept_by(viewer: Viewer) -> ColumnElement[bool]:
    """`keeps`, as a where-clause on Material."""
    if viewer.is_admin:
        return true()
    moderated = Material.network_id.in_(viewer.moderated_ids) if viewer.moderated_ids else false()
    return or_(moderated, readable_in(viewer, Material.network_id)) if viewer.is_expert else moderated


def can_see(viewer: Viewer, order: PublicationOrder) -> bool:
    """One's own, and those that one looks after."""
    return _is_own(viewer, order) or keeps(viewer, order.material.network)


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """`can_see`, as a where-clause on PublicationOrder."""
    own = PublicationOrder.user_id == viewer.user_id if viewer.is_signed_in else false()
    return or_(own, PublicationOrder.material_id.in_(select(Material.id).where(kept_by(viewer))))


def can_send(viewer: Viewer, order: PublicationOrder) -> bool:
    """Those who look after it."""
    return keeps(viewer, order.material.network)


def can_cancel(viewer: Viewer, order: PublicationOrder) -> bool:
    """Whoever ordered, and those who look after it; whether it has gone already is a rule of the action."""
    return can_see(viewer, order)


def _is_own(viewer: Viewer, order: PublicationOrder) -> bool:
    return viewer.is_signed_in and order.user_id == viewer.user_id
