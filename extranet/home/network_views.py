"""At which address: the home of one network."""

from flask import g
from flask.typing import ResponseReturnValue

from extranet.core.i18n import gettext as _
from extranet.core.web import public
from extranet.home.network_queries import get_network_home
from extranet.home.views import bp
from extranet.networks import policy
from extranet.networks.head import network_page
from extranet.networks.queries import get_network_front


@bp.get("/networks/<slug>/")
@public
def network(slug: str) -> ResponseReturnValue:
    found, head, leaders = get_network_front(g.viewer, slug)
    reads = policy.can_read(g.viewer, found)
    return network_page(
        "home/network.html" if reads else "home/network_public.html",
        found,
        "home",
        head,
        home=get_network_home(g.viewer, found),
        leaders=leaders,
        at_door=not reads,
        writes=policy.is_member(g.viewer, found) and not found.is_archived,
        edits=policy.can_edit_content(g.viewer, found),
        reads_discussions=policy.can_read_discussions(g.viewer, found),
        reads_materials=policy.can_read_materials(g.viewer, found),
        kinds={"experience": _("Experience"), "resource": _("Resource"), "announcement": _("Announcement")},
    )
