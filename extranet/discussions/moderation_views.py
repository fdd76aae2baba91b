"""At which address moderators act. Parse, call, answer."""

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from extranet.core.errors import demand
from extranet.core.i18n import gettext as _
from extranet.discussions import actions, change_actions, policy, queries
from extranet.discussions.blueprint import bp
from extranet.discussions.forms import MoveForm, ReasonForm
from extranet.discussions.models import Post, Thread
from extranet.networks.head import network_page


def _reason_page(verb: str, thread: Thread, form: ReasonForm, post: Post | None = None) -> str:
    may = policy.can_hide_post(g.viewer, post) if post else (policy.can_hide if verb == "hide" else policy.can_moderate)(g.viewer, thread)
    demand(may, f"discussions.{verb}")
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
    told = _("The author is told the reason. It also stays in the moderation log.")
    if verb in ("close", "pin"):  # it stands on the thread's page
        told = _("Everybody who reads the discussion sees the reason. It also stays in the moderation log.")
    return {"title": title, "text": text, "button": button, "url": url, "told": told, "danger": verb.startswith("hide")}


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
    form = ReasonForm()
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
    change_actions.move(g.viewer, thread, network_id=form.network_id.data, reason=form.reason.data)
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
