"""At which address: the list of materials, everywhere and in one network, and what was chosen there as one archive."""

from dataclasses import replace
from typing import Any

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from extranet.core import clock
from extranet.core.i18n import current_language, format_day
from extranet.core.i18n import gettext as _
from extranet.core.web import page, public
from extranet.materials import life_queries, policy
from extranet.materials.blueprint import bp
from extranet.materials.filters import SHELVES, SORTS, Filters
from extranet.materials.finding import find, find_ids
from extranet.materials.getting import MOST_FILES, stream_zip
from extranet.networks import policy as network_policy
from extranet.networks.head import network_page
from extranet.networks.models import Network
from extranet.networks.queries import get_network


@bp.get("/materials/")
@public
def index() -> ResponseReturnValue:
    return page("materials/index.html", **_results(url_for(".index")), looks_after=life_queries.looks_after(g.viewer))


@bp.get("/networks/<slug>/materials/")
def network_index(slug: str) -> ResponseReturnValue:
    network = get_network(g.viewer, slug)
    return network_page(
        "materials/network.html",
        network,
        "materials",
        **_results(url_for(".network_index", slug=slug), network),
        can_upload=policy.can_upload(g.viewer, network),
        can_publish=network_policy.can_edit_content(g.viewer, network),
        reads_all=network_policy.can_read_materials(g.viewer, network),
    )


@bp.get("/materials/zip")
def archive_chosen() -> ResponseReturnValue:
    """The materials that were ticked (`material`, several times), or all that a filtered list finds."""
    ids = [int(text[:9]) for text in request.args.getlist("material")[:1000] if text.isascii() and text[:9].isdecimal()]
    filters = Filters.read(request.args)
    if not ids and filters.pairs():
        ids = find_ids(g.viewer, filters)
    name = filters.only_series or _("Materials %(day)s", day=format_day(clock.today()))
    return stream_zip(g.viewer, ids, name)


def _results(base: str, network: Network | None = None) -> dict[str, Any]:
    filters = Filters.read(request.args)
    if network:
        filters = replace(filters, network=())
    found = find(g.viewer, filters, current_language(), network)
    return {
        "found": found,
        "filters": filters,
        "sorts": SORTS,
        "shelves": SHELVES,
        "most_files": MOST_FILES,
        "base": base,
        "section": "materials",
    }
