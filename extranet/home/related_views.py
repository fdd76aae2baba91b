"""At which address: what there is on the topic of a thread."""

from flask import g
from flask.typing import ResponseReturnValue

from extranet.discussions.queries import get_thread
from extranet.home.related_queries import list_related
from extranet.home.views import bp
from extranet.materials.words import KINDS
from extranet.networks.head import network_page


@bp.get("/discussions/<int:thread_id>/related")
def related(thread_id: int) -> ResponseReturnValue:
    thread = get_thread(g.viewer, thread_id)
    return network_page(
        "home/related.html",
        thread.network,
        tab="discussions",
        section="discussions",
        thread=thread,
        related=list_related(g.viewer, thread),
        material_kinds=KINDS,
    )
