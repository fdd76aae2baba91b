"""The frame of a network's pages: its head with counts and tabs. For views only.

`network_page("discussions/index.html", network, "discussions", threads=…)` renders a template that extends
`networks/layout.html`. On the tab `home` the network's name is the page's h1; every other page brings its own h1.
"""

from typing import Any

from flask import g
from flask_babel import LazyString

from extranet.core.i18n import lazy_gettext as _l
from extranet.core.viewer import Viewer
from extranet.core.web import page
from extranet.networks import policy
from extranet.networks.models import Network, Visibility
from extranet.networks.queries import Head, get_head

Tab = tuple[str, LazyString, str]


def network_page(template: str, network: Network, tab: str, head: Head | None = None, **context: Any) -> str:
    """Render a page inside its network; `tab` says which tab is the current one. One query, unless the head is at hand."""
    viewer: Viewer = g.viewer
    frame = {
        "network": network,
        "head": head or get_head(viewer, network),
        "tabs": list_tabs(viewer, network),
        "tab": tab,
        "can_change": policy.can_change(viewer, network),
        "takes_people": network.takes_people,
        "at_door": False,
    }
    return page(template, **frame | context)


def list_tabs(viewer: Viewer, network: Network) -> list[Tab]:
    """The tabs that this viewer may open: name, label, address."""
    reads = policy.can_read(viewer, network)
    may = {
        "home": True,
        "discussions": policy.can_read_discussions(viewer, network),
        "events": reads or network.visibility == Visibility.PUBLIC,
        "materials": policy.can_read_materials(viewer, network),
        "pages": policy.can_read_pages(viewer, network),
        "members": policy.can_list_members(viewer, network),
        "about": True,
    }
    labels = {
        "home": _l("Home"),
        "discussions": _l("Discussions"),
        "events": _l("Events"),
        "materials": _l("Materials"),
        "pages": _l("Pages"),
        "members": _l("Members"),
        "about": _l("About"),
    }
    ends = {"home": "", "members": "members", "about": "about"}
    return [(name, label, f"{network.path}{ends.get(name, name + '/')}") for name, label in labels.items() if may[name]]
