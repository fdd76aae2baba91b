"""At which address a writer finds what others have written, and whom she may mention. Parse, call, answer."""

from flask import Response, g, request
from flask.typing import ResponseReturnValue

from extranet.core.web import page
from extranet.discussions import mentions, post_extras, queries, writing_queries
from extranet.discussions.blueprint import bp
from extranet.discussions.writing_text import MOST_BODY
from extranet.networks.queries import get_network


@bp.get("/discussions/<int:thread_id>/posts/<int:post_id>/quote")
def quote(thread_id: int, post_id: int) -> ResponseReturnValue:
    """The message as a quote in Markdown, for the script of the editor."""
    thread = queries.get_thread(g.viewer, thread_id)
    return Response(writing_queries.quote_post(g.viewer, thread, post_id), mimetype="text/plain")


@bp.get("/networks/<slug>/discussions/similar")
def similar(slug: str) -> ResponseReturnValue:
    """Threads like the one whose title is being typed."""
    network = get_network(g.viewer, slug)
    queries.check_entry(g.viewer, network)
    found = writing_queries.list_similar(g.viewer, network, request.args.get("title", ""))
    return page("discussions/_similar.html", similar=found)


@bp.post("/networks/<slug>/discussions/preview")
def preview(slug: str) -> ResponseReturnValue:
    """The text as the network's members will see it. Changes nothing."""
    network = get_network(g.viewer, slug)
    queries.check_entry(g.viewer, network)
    html, _names = mentions.render(network.id, request.form.get("body", "")[:MOST_BODY])
    return page("pages/preview.html", html=post_extras.name_links(g.viewer, html))


@bp.get("/networks/<slug>/discussions/people")
def people(slug: str) -> ResponseReturnValue:
    """Members whose name begins so, for the script of the editor."""
    network = get_network(g.viewer, slug)
    queries.check_entry(g.viewer, network)
    return page("discussions/_people.html", people=mentions.offer(g.viewer, network.id, request.args.get("begun", "")[:60]))
