"""At which address what is not sent yet is kept. Parse, call, answer."""

from typing import Any

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from extranet.core.errors import demand
from extranet.core.i18n import gettext as _
from extranet.core.web import back, page, sorry
from extranet.discussions import drafts, policy, queries
from extranet.discussions.blueprint import bp
from extranet.discussions.models import Thread
from extranet.networks.queries import get_network


@bp.get("/discussions/drafts")
def draft_list() -> ResponseReturnValue:
    return page("discussions/drafts.html", drafts=drafts.list_drafts(g.viewer), section="discussions")


@bp.post("/discussions/drafts/<int:draft_id>/discard")
def discard(draft_id: int) -> ResponseReturnValue:
    drafts.forget_one(g.viewer, draft_id)
    flash(_("The draft was discarded."))
    return back(url_for(".draft_list"))


@bp.post("/discussions/<int:thread_id>/draft")
def keep_reply(thread_id: int) -> ResponseReturnValue:
    """Field `quietly`: from the script, which says by itself what became of it."""
    thread = queries.get_thread(g.viewer, thread_id)
    demand(policy.can_reply(g.viewer, thread), "discussions.keep_reply")
    drafts.keep(g.viewer, thread, posted_words())
    return _kept(url_for(".thread", thread_id=thread.id, page=0, _anchor="reply-title"))


@bp.post("/networks/<slug>/discussions/draft")
def keep_start(slug: str) -> ResponseReturnValue:
    network = get_network(g.viewer, slug)
    demand(policy.can_start(g.viewer, network), "discussions.keep_start")
    drafts.keep(g.viewer, network, posted_words())
    return _kept(url_for(".new", slug=slug))


def _kept(there: str) -> ResponseReturnValue:
    if "quietly" in request.form:
        return "", 204
    flash(_("The draft was saved. You find it here and among your drafts, on any device."))
    return redirect(there, 303)


def posted_words() -> dict[str, Any]:
    """What of a form is kept: its words, not its choices alone."""
    asked = request.form
    return {name: asked[name] for name in ("title", "body", "kind", "language") if name in asked} | {
        "is_unnamed": "is_unnamed" in asked,
        "topics": [int(topic) for topic in asked.getlist("topics") if topic.isdecimal() and len(topic) < 9],
    }


def hand_back(status: int, message: str, thread_id: int, thread: Thread | None = None) -> ResponseReturnValue:
    """Say no to a reply and give its text back: on the page, and among the drafts. htmx leaves the form as it stands.

    thread: what it was for, if that can still be opened.
    """
    words = posted_words()
    drafts.keep_apart(g.viewer, thread_id, thread, words)
    return sorry(status, message, "discussions/returned.html", words=words, thread=thread, section="discussions")
