"""At which address. Parse, call, answer."""

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from extranet.core.i18n import gettext as _
from extranet.core.web import page
from extranet.discussions import actions, policy, queries
from extranet.discussions.forms import KINDS, MoveForm, PinForm, ReasonForm, ReplyForm, StartForm
from extranet.discussions.models import Post, Thread, ThreadKind
from extranet.networks import policy as network_policy
from extranet.networks.head import network_page
from extranet.networks.models import Network
from extranet.networks.queries import get_network

bp = Blueprint("discussions", __name__)


def _page_no() -> int:
    return request.args.get("page", 1, type=int)


@bp.get("/discussions/")
def index() -> ResponseReturnValue:
    only = request.args.get("only", "")
    threads = queries.list_threads(g.viewer, page=_page_no(), only=only)
    return page("discussions/index.html", threads=threads, only=only, kinds=KINDS, section="discussions")


@bp.get("/networks/<slug>/discussions/")
def network_index(slug: str) -> ResponseReturnValue:
    network = get_network(g.viewer, slug)
    if g.viewer.is_admin and not policy.can_enter(g.viewer, network):
        return network_page("discussions/enter.html", network, tab="discussions", section="discussions")
    queries.check_entry(g.viewer, network)
    only = request.args.get("only", "")
    threads = queries.list_threads(g.viewer, network.id, _page_no(), only)
    can_start = policy.can_start(g.viewer, network)
    return network_page(
        "discussions/network.html",
        network,
        tab="discussions",
        section="discussions",
        threads=threads,
        only=only,
        kinds=KINDS,
        can_start=can_start,
    )


@bp.get("/networks/<slug>/discussions/new")
def new(slug: str) -> ResponseReturnValue:
    network = get_network(g.viewer, slug)
    queries.check_entry(g.viewer, network)
    return _start_page(network, StartForm())


@bp.post("/networks/<slug>/discussions/")
def start(slug: str) -> ResponseReturnValue:
    network = get_network(g.viewer, slug)
    form = StartForm()
    if not form.validate():
        queries.check_entry(g.viewer, network)
        return _start_page(network, form), 422
    thread = actions.start(g.viewer, network, title=form.title.data, body=form.body.data, kind=ThreadKind(form.kind.data))
    flash(_("Your discussion was started. The members of the network will hear of it."))
    return redirect(url_for(".thread", thread_id=thread.id), 303)


def _start_page(network: Network, form: StartForm) -> str:
    can_start = policy.can_start(g.viewer, network)
    return network_page("discussions/new.html", network, tab="discussions", section="discussions", form=form, can_start=can_start)


@bp.get("/discussions/<int:thread_id>/")
def thread(thread_id: int) -> ResponseReturnValue:
    return _thread_page(queries.get_thread(g.viewer, thread_id), ReplyForm())


@bp.post("/discussions/<int:thread_id>/reply")
def reply(thread_id: int) -> ResponseReturnValue:
    thread = queries.get_thread(g.viewer, thread_id)
    form = ReplyForm()
    if not form.validate():
        return _thread_page(thread, form), 422
    post = actions.reply(g.viewer, thread, body=form.body.data)
    flash(_("Your reply was added."))
    return redirect(url_for(".thread", thread_id=thread.id, page=0, new=post.id, _anchor=f"post-{post.id}"), 303)


def _thread_page(thread: Thread, form: ReplyForm) -> str:
    return network_page(
        "discussions/thread.html",
        thread.network,
        tab="discussions",
        section="discussions",
        thread=thread,
        kind=KINDS[thread.kind],
        posts=queries.list_posts(g.viewer, thread, _page_no() if form.body.data is None else 0),
        participants=queries.list_participants(g.viewer, thread),
        log=queries.list_moderation(g.viewer, thread),
        log_words=_log_words(),
        form=form,
        can_reply=policy.can_reply(g.viewer, thread) and (not thread.is_closed or policy.can_reply_to_closed(g.viewer, thread)),
        can_moderate=policy.can_moderate(g.viewer, thread),
        is_keeper=policy.is_keeper(g.viewer, thread.network_id),
        is_member=network_policy.is_member(g.viewer, thread),
    )


def _log_words() -> dict[str, str]:
    return {
        "discussions.close": _("Discussion closed"),
        "discussions.reopen": _("Discussion opened again"),
        "discussions.hide": _("Discussion hidden"),
        "discussions.restore": _("Discussion restored"),
        "discussions.pin": _("Discussion pinned"),
        "discussions.unpin": _("Discussion unpinned"),
        "discussions.move": _("Discussion moved"),
        "discussions.hide_post": _("Message hidden"),
        "discussions.restore_post": _("Message restored"),
    }


def _reason_page(verb: str, thread: Thread, form: ReasonForm | PinForm, post: Post | None = None) -> str:
    queries.check_moderation(g.viewer, thread)
    return network_page(
        "discussions/moderate.html",
        thread.network,
        tab="discussions",
        section="discussions",
        words=_words(verb, thread, post),
        thread=thread,
        form=form,
    )


def _words(verb: str, thread: Thread, post: Post | None) -> dict[str, str | bool]:
    """What the page of a moderating act says, and where its form goes."""
    title, text, button = {
        "close": (_("Close the discussion"), _("The messages stay readable, but nobody can reply."), _("Close the discussion")),
        "pin": (_("Pin to the top"), _("The discussion stays first in the network's list until somebody unpins it."), _("Pin to the top")),
        "hide": (
            _("Hide the discussion"),
            _("Only the author and the moderators see it after this. It can be restored."),
            _("Hide the discussion"),
        ),
        "move": (
            _("Move to another network"),
            _("The address stays the same, but only the other network's members can read it after this."),
            _("Move the discussion"),
        ),
        "hide_post": (
            _("Hide the message"),
            _("Only the author and the moderators see the message after this. It can be restored."),
            _("Hide the message"),
        ),
    }[verb]
    url = f"{thread.path}posts/{post.id}/hide" if post else f"{thread.path}{verb}"
    return {"title": title, "text": text, "button": button, "url": url, "danger": verb.startswith("hide")}


@bp.route("/discussions/<int:thread_id>/close", methods=["GET", "POST"])
def close(thread_id: int) -> ResponseReturnValue:
    thread = queries.get_thread(g.viewer, thread_id)
    form = ReasonForm()
    if request.method == "GET" or not form.validate():
        return _reason_page("close", thread, form), 200 if request.method == "GET" else 422
    actions.close(g.viewer, thread, reason=form.reason.data)
    flash(_("The discussion was closed. The author was told why."))
    return redirect(url_for(".thread", thread_id=thread.id), 303)


@bp.post("/discussions/<int:thread_id>/reopen")
def reopen(thread_id: int) -> ResponseReturnValue:
    thread = queries.get_thread(g.viewer, thread_id)
    actions.reopen(g.viewer, thread)
    flash(_("The discussion is open again."))
    return redirect(url_for(".thread", thread_id=thread.id), 303)


@bp.route("/discussions/<int:thread_id>/hide", methods=["GET", "POST"])
def hide(thread_id: int) -> ResponseReturnValue:
    thread = queries.get_thread(g.viewer, thread_id)
    form = ReasonForm()
    if request.method == "GET" or not form.validate():
        return _reason_page("hide", thread, form), 200 if request.method == "GET" else 422
    actions.hide(g.viewer, thread, reason=form.reason.data)
    flash(_("The discussion was hidden. The author was told why."))
    return redirect(url_for(".thread", thread_id=thread.id), 303)


@bp.post("/discussions/<int:thread_id>/restore")
def restore(thread_id: int) -> ResponseReturnValue:
    thread = queries.get_thread(g.viewer, thread_id)
    actions.restore(g.viewer, thread)
    flash(_("The discussion is visible again."))
    return redirect(url_for(".thread", thread_id=thread.id), 303)


@bp.route("/discussions/<int:thread_id>/pin", methods=["GET", "POST"])
def pin(thread_id: int) -> ResponseReturnValue:
    thread = queries.get_thread(g.viewer, thread_id)
    form = PinForm()
    if request.method == "GET" or not form.validate():
        return _reason_page("pin", thread, form), 200 if request.method == "GET" else 422
    actions.pin(g.viewer, thread, reason=form.reason.data)
    flash(_("The discussion was pinned to the top."))
    return redirect(url_for(".thread", thread_id=thread.id), 303)


@bp.post("/discussions/<int:thread_id>/unpin")
def unpin(thread_id: int) -> ResponseReturnValue:
    thread = queries.get_thread(g.viewer, thread_id)
    actions.unpin(g.viewer, thread)
    flash(_("The discussion is no longer pinned."))
    return redirect(url_for(".thread", thread_id=thread.id), 303)


@bp.route("/discussions/<int:thread_id>/move", methods=["GET", "POST"])
def move(thread_id: int) -> ResponseReturnValue:
    thread = queries.get_thread(g.viewer, thread_id)
    form = MoveForm()
    form.network_id.choices = [(n.id, n.name.choose(g.viewer.language or "fi")[0]) for n in queries.list_targets(g.viewer, thread)]
    if request.method == "GET" or not form.validate():
        return _reason_page("move", thread, form), 200 if request.method == "GET" else 422
    actions.move(g.viewer, thread, network_id=form.network_id.data, reason=form.reason.data)
    flash(_("The discussion was moved. Its address stays the same."))
    return redirect(url_for(".thread", thread_id=thread.id), 303)


@bp.route("/discussions/<int:thread_id>/posts/<int:post_id>/hide", methods=["GET", "POST"])
def hide_post(thread_id: int, post_id: int) -> ResponseReturnValue:
    post = queries.get_post(g.viewer, thread_id, post_id)
    form = ReasonForm()
    if request.method == "GET" or not form.validate():
        return _reason_page("hide_post", post.thread, form, post), 200 if request.method == "GET" else 422
    actions.hide_post(g.viewer, post, reason=form.reason.data)
    flash(_("The message was hidden. The author was told why."))
    return redirect(url_for(".thread", thread_id=thread_id, _anchor=f"post-{post_id}"), 303)


@bp.post("/discussions/<int:thread_id>/posts/<int:post_id>/restore")
def restore_post(thread_id: int, post_id: int) -> ResponseReturnValue:
    post = queries.get_post(g.viewer, thread_id, post_id)
    actions.restore_post(g.viewer, post)
    flash(_("The message is visible again."))
    return redirect(url_for(".thread", thread_id=thread_id, _anchor=f"post-{post_id}"), 303)
