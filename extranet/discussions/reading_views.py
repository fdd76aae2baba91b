"""At which address one's reading is noted, and what is new is fetched. Parse, call, answer."""

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from extranet.core import clock
from extranet.core.beside import parts_of
from extranet.core.i18n import gettext as _
from extranet.core.web import back, page
from extranet.discussions import policy, queries, reading, reading_print, reading_queries, writing_queries
from extranet.discussions.blueprint import bp
from extranet.discussions.forms import KINDS
from extranet.networks.queries import get_network


@bp.post("/discussions/read")
def read() -> ResponseReturnValue:
    """Fields `mark`: "thread:number", as many as a page has gathered."""
    pairs = (mark.partition(":") for mark in request.form.getlist("mark"))
    reading.mark_read(g.viewer, {int(t): int(n) for t, _colon, n in pairs if t.isdecimal() and n.isdecimal() and len(t + n) < 18})
    return back("/discussions/") if "next" in request.form else ("", 204)


@bp.post("/networks/<slug>/discussions/read")
def read_network(slug: str) -> ResponseReturnValue:
    network = get_network(g.viewer, slug)
    queries.check_entry(g.viewer, network)
    reading.mark_network_read(g.viewer, network)
    flash(_("Everything in this network is marked as read."))
    return back(f"{network.path}discussions/")


@bp.get("/discussions/<int:thread_id>/first-new")
def first_new(thread_id: int) -> ResponseReturnValue:
    thread = queries.get_thread(g.viewer, thread_id)
    found = reading_queries.find_first_new(g.viewer, thread)
    if found is None:
        return redirect(url_for(".thread", thread_id=thread.id, page=0))
    number, post_id = found
    page_no = queries.page_of(number)
    return redirect(url_for(".thread", thread_id=thread.id, page=page_no if page_no > 1 else None, new=post_id, _anchor=f"post-{post_id}"))


@bp.get("/discussions/<int:thread_id>/print")
def to_print(thread_id: int) -> ResponseReturnValue:
    """The thread for paper, two hundred messages at a time."""
    thread = writing_queries.open_thread(g.viewer, thread_id).thread
    if thread.id != thread_id:  # merged into that one
        return redirect(url_for(".to_print", thread_id=thread.id))
    printed = reading_print.list_to_print(g.viewer, thread, request.args.get("part", 1, type=int))
    context = {"kind": KINDS[thread.kind], "beside": parts_of("thread_print", g.viewer, thread), "section": "discussions"}
    return page("discussions/print.html", thread=thread, network=thread.network, printed=printed, now=clock.now(), **context)


@bp.get("/discussions/<int:thread_id>/incoming")
def incoming(thread_id: int) -> ResponseReturnValue:
    """What others wrote since the page was opened; 204 where nothing is new."""
    thread = queries.get_thread(g.viewer, thread_id)
    after = request.args.get("after", 0, type=int)
    posts = queries.list_posts_after(g.viewer, thread, after) if thread.last_number > after else []
    if not posts:
        return "", 204
    context = {"can_moderate": policy.can_moderate(g.viewer, thread), "can_reply": policy.can_reply(g.viewer, thread)}
    return page("discussions/incoming.html", thread=thread, network=thread.network, posts=posts, **context)
