"""What can you do? Write, publish, order, restore and delete a network's pages. Every save is kept."""

from typing import Any

from sqlalchemy import select, update

from extranet.audit.log import action
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.i18n import gettext as _
from extranet.core.signals import network_closed
from extranet.core.text import LocalText, render_local_markdown, slugify
from extranet.core.viewer import Viewer
from extranet.networks.models import Network
from extranet.pages import policy
from extranet.pages.models import NetworkPage, NetworkPageVersion, PageState, missing_in
from extranet.pages.queries import free_slug, next_position


@action(policy.can_create)
def create(viewer: Viewer, network: Network, *, title: LocalText, body: LocalText, note: str = "") -> NetworkPage:
    """Begin a page, as a draft at the end of the list."""
    db.session.execute(select(Network.id).where(Network.id == network.id).with_for_update())
    page = NetworkPage(
        network_id=network.id,
        slug=free_slug(network, slugify(next(iter(title.values()), ""))),
        position=next_position(network),
        lock_version=0,
    )
    page.network = network
    _save(viewer, page, title, body, note)
    return page


@action(policy.can_edit)
def edit(viewer: Viewer, page: NetworkPage, *, seen: int, title: LocalText, body: LocalText, note: str = "") -> NetworkPage:
    """Save the page. Whoever has not seen the present version does not overwrite it."""
    if seen != page.lock_version:
        raise Refused(_("Somebody else saved the page meanwhile. Look at both texts first."))
    _save(viewer, page, title, body, note)
    return page


@action(policy.can_restore)
def restore(viewer: Viewer, page: NetworkPage, *, version: NetworkPageVersion) -> NetworkPage:
    """Make an earlier version the present one, as a new save: nothing in between is lost."""
    _save(viewer, page, version.title, version.body, _("Version %(number)s again", number=version.number))
    return page


@action(policy.can_publish)
def publish(viewer: Viewer, page: NetworkPage, *, is_public: bool = False) -> NetworkPage:
    """Show the page to the members, or to everybody where the network is public itself (T03)."""
    if is_public and not policy.is_open(page.network):
        raise Refused(_("The network is not public, so nothing in it can be. Publish the page for the members."))
    page.state = PageState.PUBLISHED
    page.is_public = is_public
    return page


@action(policy.can_unpublish)
def unpublish(viewer: Viewer, page: NetworkPage) -> NetworkPage:
    """Make the page a draft again."""
    page.state = PageState.DRAFT
    page.is_public = False
    return page


@action(policy.can_move)
def move(viewer: Viewer, page: NetworkPage, *, up: bool) -> NetworkPage:
    """Change places with the page before or after it."""
    db.session.execute(select(Network.id).where(Network.id == page.network_id).with_for_update())
    pages = list(
        db.session.scalars(
            select(NetworkPage)
            .where(NetworkPage.network_id == page.network_id, NetworkPage.deleted_at.is_(None))
            .order_by(NetworkPage.position, NetworkPage.id)
        )
    )
    here = pages.index(page)
    there = here - 1 if up else here + 1
    if 0 <= there < len(pages):
        pages[here], pages[there] = pages[there], pages[here]
    for position, other in enumerate(pages, 1):
        other.position = position
    return page


@action(policy.can_delete)
def delete(viewer: Viewer, page: NetworkPage) -> NetworkPage:
    """Take the page away; it stays in the database with its history."""
    page.deleted_at = clock.now()
    return page


@network_closed.connect
def close_public_pages(_sender: Any, network_id: int, **_more: Any) -> None:
    """A network that is public no longer has no public pages either (T03)."""
    db.session.execute(
        update(NetworkPage).where(NetworkPage.network_id == network_id, NetworkPage.is_public).values(is_public=False),
        execution_options={"synchronize_session": "fetch"},
    )


def _save(viewer: Viewer, page: NetworkPage, title: LocalText, body: LocalText, note: str) -> None:
    page.title = title
    page.body = body
    page.body_html = render_local_markdown(body)
    page.missing = missing_in(title, body)
    page.updated_at = clock.now()
    page.updated_by_id = viewer.user_id
    page.lock_version += 1
    db.session.add(page)
    db.session.flush()
    db.session.add(
        NetworkPageVersion(
            page_id=page.id, number=page.lock_version, title=title, body=body, note=note, at=page.updated_at, by_id=viewer.user_id
        )
    )
