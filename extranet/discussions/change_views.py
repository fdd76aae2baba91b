"""At which address moderators change whole threads, and take it back. Parse, call, answer."""

from typing import Any

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from extranet.core.i18n import gettext as _
from extranet.discussions import change_actions, change_queries, queries
from extranet.discussions.blueprint import bp
from extranet.discussions.change_forms import MergeForm, RetitleForm, SplitForm
from extranet.discussions.forms import ReasonForm
from extranet.discussions.models import Thread
from extranet.networks.head import network_page


def _page(template: str, thread: Thread, form: ReasonForm, **context: Any) -> ResponseReturnValue:
    body = network_page(template, thread.network, tab="discussions", section="discussions", thread=thread, form=form, **context)
    return body, 200 if request.method == "GET" else 422


def _moderated(thread_id: int) -> Thread:
    thread = queries.get_thread(g.viewer, thread_id)
    queries.check_moderation(g.viewer, thread)
    return thread


@bp.route("/discussions/<int:thread_id>/retitle", methods=["GET", "POST"])
def retitle(thread_id: int) -> ResponseReturnValue:
    thread = _moderated(thread_id)
    form = RetitleForm(obj=thread)
    if request.method == "GET" or not form.validate():
        return _page("discussions/retitle.html", thread, form)
    change_actions.retitle(g.viewer, thread, title=form.title.data, reason=form.reason.data)
    flash(_("The title was changed. The author was told why."))
    return redirect(url_for(".thread", thread_id=thread_id), 303)


@bp.route("/discussions/<int:thread_id>/merge", methods=["GET", "POST"])
def merge(thread_id: int) -> ResponseReturnValue:
    thread = _moderated(thread_id)
    form = MergeForm(change_queries.list_candidates(g.viewer, thread))
    if request.method == "GET" or not form.validate():
        return _page("discussions/merge.html", thread, form)
    change = change_actions.merge(g.viewer, thread, into=form.target, reason=form.reason.data)
    flash(_("The discussions were merged. The old address leads here."))
    return redirect(change.thread.path, 303)


@bp.route("/discussions/<int:thread_id>/split", methods=["GET", "POST"])
def split(thread_id: int) -> ResponseReturnValue:
    thread = _moderated(thread_id)
    number = request.values.get("from", 2, type=int)
    replies = change_queries.list_to_split(g.viewer, thread, number)
    form = SplitForm(replies, "after" if "from" in request.args else "chosen")
    if request.method == "GET" or not form.validate():
        return _page("discussions/split.html", thread, form, replies=replies, number=number)
    change = change_actions.split(
        g.viewer,
        thread,
        title=form.title.data,
        post_ids=form.posts.data,
        and_after=number if form.which.data == "after" else None,
        reason=form.reason.data,
    )
    flash(_("The messages are now a discussion of their own. Links to them still work."))
    return redirect(url_for(".thread", thread_id=change.other_id), 303)


@bp.get("/discussions/<int:thread_id>/log")
def log(thread_id: int) -> ResponseReturnValue:
    """What moderators did to the thread; its page fetches it for them."""
    thread = _moderated(thread_id)
    lines = change_queries.list_moderation(g.viewer, thread)
    return network_page(
        "discussions/log.html", thread.network, tab="discussions", section="discussions", thread=thread, log=lines, words=_log_words()
    )


@bp.post("/discussions/changes/<int:change_id>/undo")
def undo(change_id: int) -> ResponseReturnValue:
    change = change_actions.undo(g.viewer, change_queries.get_change(g.viewer, change_id))
    flash(_("The change was taken back."))
    return redirect(url_for(".thread", thread_id=change.thread_id), 303)


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
        "discussions.retitle": _("Title changed"),
        "discussions.merge": _("Another discussion merged into this one"),
        "discussions.split": _("Messages made into a discussion of their own"),
        "discussions.undo": _("A change taken back"),
        "discussions.let_through": _("First message let through"),
        "discussions.turn_down": _("First message not let through"),
    }
