"""Who may. A collection gives no rights to what is in it: each material is asked for by itself."""

from sqlalchemy import ColumnElement, and_, false, or_, select

from extranet.collections.models import Collection
from extranet.core.viewer import Viewer
from extranet.networks.models import Network, NetworkState
from extranet.networks.policy import can_edit_content, can_read_materials, is_member, materials_readable_in, readable_in


def can_see(viewer: Viewer, collection: Collection) -> bool:
    """A network's: those who read its materials. A personal one: its owner."""
    if collection.network is None:
        return viewer.is_signed_in and collection.owner_id == viewer.user_id
    return viewer.is_signed_in and can_read_materials(viewer, collection.network)


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """`can_see`, as a where-clause on Collection."""
    if not viewer.is_signed_in:
        return false()
    personal = and_(Collection.network_id.is_(None), Collection.owner_id == viewer.user_id)
    return or_(personal, and_(Collection.network_id.is_not(None), materials_readable_in(viewer, Collection.network_id)))


def can_create(viewer: Viewer, network: Network | None) -> bool:
    """For oneself: anybody with an account. In a network: its members and those who edit there."""
    if network is None:
        return viewer.is_signed_in
    return viewer.is_signed_in and not network.is_archived and (is_member(viewer, network) or can_edit_content(viewer, network))


def can_edit(viewer: Viewer, collection: Collection) -> bool:
    """Its owner as long as she sees it, and the network's editors; not in an archived network."""
    if collection.network is not None and (collection.network.is_archived or not can_see(viewer, collection)):
        return False
    is_own = viewer.is_signed_in and collection.owner_id == viewer.user_id
    return is_own or (collection.network is not None and can_edit_content(viewer, collection.network))


def editable_by(viewer: Viewer) -> ColumnElement[bool]:
    """`can_edit`, as a where-clause on Collection."""
    if not viewer.is_signed_in:
        return false()
    living = or_(
        Collection.network_id.is_(None), Collection.network_id.not_in(select(Network.id).where(Network.state == NetworkState.ARCHIVED))
    )
    return and_(visible_to(viewer), living, or_(Collection.owner_id == viewer.user_id, _edited(viewer)))


can_delete = can_add = can_remove = can_move = can_annotate = can_edit


def _edited(viewer: Viewer) -> ColumnElement[bool]:
    """`networks.policy.can_edit_content`, as a where-clause on Collection, for networks that are not archived."""
    inside = Collection.network_id.is_not(None)
    if viewer.is_admin or viewer.is_expert:
        return and_(inside, readable_in(viewer, Collection.network_id))
    return Collection.network_id.in_(viewer.moderated_ids) if viewer.moderated_ids else false()
