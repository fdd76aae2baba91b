"""Who may. Internal pages are the members'; a public page is anybody's while its network is public (T03)."""

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from extranet.core.viewer import Role, Viewer
from extranet.networks import policy as networks
from extranet.networks.models import Network, NetworkState, Visibility
from extranet.pages.models import NetworkPage, PageState


def can_see(viewer: Viewer, page: NetworkPage) -> bool:
    """Published: those who read in the network, or everybody; drafts: those who write there (T22)."""
    if page.deleted_at is not None:
        return False
    if page.state == PageState.DRAFT:
        return sees_drafts(viewer, page.network)
    return networks.can_read_pages(viewer, page.network) or (page.is_public and is_open(page.network))


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """`can_see`, as a where-clause on NetworkPage."""
    open_networks = select(Network.id).where(Network.visibility == Visibility.PUBLIC, Network.state != NetworkState.DRAFT)
    published = and_(
        NetworkPage.state == PageState.PUBLISHED,
        or_(networks.readable_in(viewer, NetworkPage.network_id), and_(NetworkPage.is_public, NetworkPage.network_id.in_(open_networks))),
    )
    return and_(NetworkPage.deleted_at.is_(None), or_(published, _drafts_of(viewer)))


def is_open(network: Network) -> bool:
    """Whether anything in the network can be public."""
    return network.visibility == Visibility.PUBLIC and network.state != NetworkState.DRAFT


def sees_drafts(viewer: Viewer, network: Network) -> bool:
    """Those who write pages there, also when the network is archived."""
    return viewer.is_admin or viewer.role_in(network.id) >= Role.MODERATOR or (viewer.is_expert and networks.can_read(viewer, network))


def _drafts_of(viewer: Viewer) -> ColumnElement[bool]:
    if viewer.is_admin:
        return true()
    moderated = NetworkPage.network_id.in_(viewer.moderated_ids) if viewer.moderated_ids else false()
    return or_(moderated, networks.readable_in(viewer, NetworkPage.network_id)) if viewer.is_expert else moderated


def can_create(viewer: Viewer, network: Network) -> bool:
    """Moderators, leads, experts, administrators; not in archived networks."""
    return networks.can_edit_content(viewer, network)


def can_edit(viewer: Viewer, page: NetworkPage) -> bool:
    """The same people write, order, publish, restore and delete."""
    return page.deleted_at is None and networks.can_edit_content(viewer, page)


can_publish = can_unpublish = can_move = can_restore = can_delete = can_edit
