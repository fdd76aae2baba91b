"""What can you see? A network's pages and their versions."""

from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import contains_eager, joinedload

from extranet.accounts.models import User
from extranet.core.db import db
from extranet.core.errors import NotAllowed, NotFound
from extranet.core.patterns import MOST, keys_of, pattern_of
from extranet.core.viewer import Viewer
from extranet.networks.models import Network
from extranet.pages.models import NetworkPage, NetworkPageVersion
from extranet.pages.policy import can_edit, sees_drafts, visible_to


def list_pages(viewer: Viewer, network: Network) -> list[Any]:
    """The network's pages in their order, as far as the viewer may see them: light rows."""
    return list(db.session.execute(_list_statement(pattern_of(viewer)), keys_of(viewer) | {"network_id": network.id}))


# Built once for each kind of viewer: building a statement costs more than running it.
@lru_cache(maxsize=MOST)
def _list_statement(pattern: Viewer) -> Any:
    return (
        select(
            NetworkPage.id,
            NetworkPage.slug,
            NetworkPage.title,
            NetworkPage.state,
            NetworkPage.is_public,
            NetworkPage.missing,
            NetworkPage.position,
            NetworkPage.updated_at,
        )
        .where(NetworkPage.network_id == bindparam("network_id"), visible_to(pattern))
        .order_by(NetworkPage.position, NetworkPage.id)
    )


def get_page(viewer: Viewer, slug: str, page_slug: str, *, to_change: bool = False) -> NetworkPage:
    """A page with its network. `to_change` holds its row, so that of two who save at once the second sees the first."""
    query = (
        select(NetworkPage)
        .join(Network, Network.id == NetworkPage.network_id)
        .options(contains_eager(NetworkPage.network))
        .where(Network.slug == slug, NetworkPage.slug == page_slug, visible_to(viewer))
    )
    page = db.session.scalar(query.with_for_update(of=NetworkPage) if to_change else query)
    if page is None:
        raise NotFound
    return page


def get_page_to_edit(viewer: Viewer, slug: str, page_slug: str, *, to_change: bool = False) -> NetworkPage:
    """The same for the pages around writing; NotAllowed for those who only read."""
    page = get_page(viewer, slug, page_slug, to_change=to_change)
    if not can_edit(viewer, page):
        raise NotAllowed("pages.edit")
    return page


def list_versions(viewer: Viewer, page: NetworkPage) -> list[Any]:
    """Who saved the page when, with which note, newest first; for those who write there."""
    if not sees_drafts(viewer, page.network):
        raise NotAllowed("pages.history")
    return list(
        db.session.execute(
            select(
                NetworkPageVersion.number,
                NetworkPageVersion.note,
                NetworkPageVersion.at,
                User.id.label("user_id"),
                User.first_name,
                User.last_name,
            )
            .outerjoin(User, User.id == NetworkPageVersion.by_id)
            .where(NetworkPageVersion.page_id == page.id)
            .order_by(NetworkPageVersion.number.desc())
        )
    )


def get_version(viewer: Viewer, page: NetworkPage, number: int) -> NetworkPageVersion:
    """One version with its author."""
    if not sees_drafts(viewer, page.network):
        raise NotAllowed("pages.history")
    version = db.session.scalar(
        select(NetworkPageVersion)
        .options(joinedload(NetworkPageVersion.by))
        .where(NetworkPageVersion.page_id == page.id, NetworkPageVersion.number == number)
    )
    if version is None:
        raise NotFound
    return version


def free_slug(network: Network, wish: str) -> str:
    """`wish`, or `wish-2` and so on where it is taken."""
    taken = set(
        db.session.scalars(select(NetworkPage.slug).where(NetworkPage.network_id == network.id, NetworkPage.deleted_at.is_(None)))
    ) | {"new"}
    wish = wish or "page"
    number = 2
    slug = wish
    while slug in taken:
        slug, number = f"{wish}-{number}", number + 1
    return slug


def next_position(network: Network) -> int:
    """The place after the last page."""
    return (db.session.scalar(select(func.max(NetworkPage.position)).where(NetworkPage.network_id == network.id)) or 0) + 1
