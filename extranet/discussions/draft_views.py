"""At which address what is not sent yet is kept. Parse, call, answer."""

from collections.abc import Sequence
from typing import IO, Any

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from extranet.core.errors import demand
from extranet.core.i18n import gettext as _
from extranet.core.web import back, page, sorry
from extranet.discussions import drafts, policy, queries
from extranet.discussions.attachment_files import hold
from extranet.discussions.attachment_forms import Attached
from extranet.discussions.blueprint import bp
from extranet.discussions.draft_models import Draft
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
    demand(policy.can_reply(g.viewer, queries.get_thread(g.viewer, thread_id)), "discussions.keep_reply")
    arrived = _hold_files()
    thread = queries.get_thread(g.viewer, thread_id)
    drafts.keep(g.viewer, thread, posted_words(arrived))
    return _kept(url_for(".thread", thread_id=thread.id, page=0, _anchor="reply-title"))


@bp.post("/networks/<slug>/discussions/draft")
def keep_start(slug: str) -> ResponseReturnValue:
    demand(policy.can_start(g.viewer, get_network(g.viewer, slug)), "discussions.keep_start")
    arrived = _hold_files()
    drafts.keep(g.viewer, get_network(g.viewer, slug), posted_words(arrived))
    return _kept(url_for(".new", slug=slug))


@bp.post("/discussions/<int:thread_id>/posts/<int:post_id>/draft")
def keep_edit(thread_id: int, post_id: int) -> ResponseReturnValue:
    drafts.keep(g.viewer, queries.get_own_post(g.viewer, thread_id, post_id), posted_words())
    return _kept(url_for(".edit_post", thread_id=thread_id, post_id=post_id))


def _kept(there: str) -> ResponseReturnValue:
    if "quietly" in request.form:
        return "", 204
    flash(_("The draft was saved. You find it here and among your drafts, on any device."))
    return redirect(there, 303)


def posted_files() -> list[tuple[IO[bytes], str]]:
    """The files that came with a form without scripts."""
    return [(file.stream, file.filename) for file in request.files.getlist("file") if file.filename]


def _hold_files() -> list[str]:
    arrived, faults = hold(g.viewer, posted_files())
    for fault in faults:
        flash(fault, "warn")
    return arrived


def posted_words(arrived: Sequence[str] = ()) -> dict[str, Any]:
    """What of a form is kept: its words and choices, and which files have come."""
    asked = request.form
    files = [entry for entry in Attached(g.viewer, asked, arrived).entries if entry.file]
    return {name: asked[name] for name in ("title", "body", "kind", "language") if name in asked} | {
        "is_unnamed": "is_unnamed" in asked,
        "topics": [int(topic) for topic in asked.getlist("topics") if topic.isdecimal() and len(topic) < 9],
        "files": [{"upload": entry.file.id, "name": entry.name, "alt": entry.alt} for entry in files if entry.file],
    }


def kept_files(draft: Draft | None) -> Attached:
    """The files of a draft as its form shows them; of those that waited too long, the names."""
    files = draft.words.get("files", []) if draft else []
    posted = MultiDict([("entry", f"f{n}") for n, _file in enumerate(files, 1)])
    for n, file in enumerate(files, 1):
        posted.update({f"f{n}-{name}": value for name, value in file.items()})
    return Attached(g.viewer, posted, drops_gone=True)


def hand_back(
    status: int,
    message: str,
    *,
    thread_id: int = 0,
    post_id: int = 0,
    thread: Thread | None = None,
    place: Any = None,
    files: Sequence[str] = (),
) -> ResponseReturnValue:
    """Say no to a text and give it back: on the page, and among the drafts. htmx leaves the form as it stands.

    thread_id, post_id: what it was for. thread: if that can still be opened. place: with which it is kept then.
    """
    words = posted_words(files)
    drafts.keep_apart(g.viewer, words, place, thread_id=thread_id, post_id=post_id)
    return sorry(status, message, "discussions/returned.html", words=words, thread=thread, section="discussions")
