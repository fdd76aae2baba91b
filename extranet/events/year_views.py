"""At which address: a network's year in numbers."""

from flask import g, request
from flask.typing import ResponseReturnValue

from extranet.events import year_queries
from extranet.events.blueprint import bp
from extranet.networks.head import network_page


@bp.get("/networks/<slug>/events/year")
def year(slug: str) -> ResponseReturnValue:
    network = year_queries.get_network_to_count(g.viewer, slug)
    found = year_queries.count_year(g.viewer, network, request.args.get("year", type=int))
    return network_page("events/year.html", network, "events", section="events", year=found)
