"""What others may know of pages: what a link to one is called."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Text, cast, select

from extranet.core.viewer import Viewer
from extranet.networks.models import Network
from extranet.networks.titles import titled
from extranet.pages import policy
from extranet.pages.models import NetworkPage


@titled("page", r"/networks/([a-z0-9-]+)/pages/([a-z0-9-]+)", str)
def titles(viewer: Viewer, keys: Collection[str]) -> Any:
    """What a link to a page is called."""
    key = Network.slug + "/" + NetworkPage.slug
    found = select(key, cast(NetworkPage.title, Text)).join(Network, Network.id == NetworkPage.network_id)
    return found.where(key.in_(keys), policy.visible_to(viewer))
