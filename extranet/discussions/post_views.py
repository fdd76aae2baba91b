"""At which address one changes a post, thanks for it, and accepts an answer. Parse, call, answer."""

from typing import Any

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from extranet.core.i18n import gettext as _
from extranet.core.web import back
from extranet.discussions import drafts, policy, post_actions, queries
from extranet.discussions.blueprint import bp
from extranet.discussions.draft_views import hand_back
from extranet.discussions.forms import ReplyForm
from extranet.discussions.models import Post
from extranet.networks.head import network_page


def _to_post(post: Post) -> Response:
    """Back to the thread, at that post."""
    page = queries.page_of(post.number)
    return redirect(url_for(".thread", thread_id=post.thread_id, page=page if page > 1 else None, _anchor=f"post-{post.id}"), 303)


def _post_page(template: str, post: Post, **context: Any) -> str:
    return network_page(template, post.thread.network, tab="discussions", section="discussions", thread=post.thread, post=post, **context)


@bp.get("/discussions/posts/<int:post_id>")
def permalink(post_id: int) -> ResponseReturnValue:
    post = queries.find_post(g.viewer, post_id)
    page = queries.page_of(post.thread.last_number if post.number < 0 else post.number)
    return redirect(url_for(".thread", thread_id=post.thread_id, page=page if page > 1 else None, _anchor=f"post-{post.id}"))


@bp.route("/discussions/<int:thread_id>/posts/<int:post_id>/edit", methods=["GET", "POST"])
def edit_post(thread_id: int, post_id: int) -> ResponseReturnValue:
    edited = drafts.find_edited(g.viewer, post_id)
    if edited is None and (request.method == "GET" or not drafts.is_hers(g.viewer, post_id)):
        queries.get_own_post(g.viewer, thread_id, post_id)
    if edited is None or (request.method == "POST" and not policy.is_open_to(g.viewer, edited.post.thread)):
        return _hand_back(post_id, edited.post if edited else None)
    post, draft = edited.post, edited.draft
    form = ReplyForm(data={"body": draft.words.get("body", "") if draft else post.body})
    if request.method == "GET" or not form.validate():
        return _post_page("discussions/edit.html", post, form=form, draft=draft), 200 if request.method == "GET" else 422
    post_actions.edit_post(g.viewer, post, body=form.body.data)
    drafts.forget(g.viewer, post)
    flash(_("The changes were saved."))
    return _to_post(post)


def _hand_back(post_id: int, post: Post | None) -> ResponseReturnValue:
    """The post was hidden, removed, moved or closed while it was being changed: the text is not lost."""
    if post is None:
        return hand_back(
            404, _("This message cannot be changed any more: it was removed, hidden or moved to another network."), post_id=post_id
        )
    message = _("This discussion has been closed, so its messages stay as they are.")
    return hand_back(422, message, post_id=post_id, thread=post.thread, place=post)


@bp.post("/discussions/<int:thread_id>/posts/<int:post_id>/delete")
def delete_post(thread_id: int, post_id: int) -> ResponseReturnValue:
    post = queries.get_post(g.viewer, thread_id, post_id)
    post_actions.delete_post(g.viewer, post)
    flash(_("Your message was removed. You can still bring it back."))
    return _to_post(post)


@bp.post("/discussions/<int:thread_id>/posts/<int:post_id>/undelete")
def undelete_post(thread_id: int, post_id: int) -> ResponseReturnValue:
    post = queries.get_post(g.viewer, thread_id, post_id)
    post_actions.undelete_post(g.viewer, post)
    flash(_("Your message is visible again."))
    return _to_post(post)


@bp.get("/discussions/<int:thread_id>/posts/<int:post_id>/edits")
def edits(thread_id: int, post_id: int) -> ResponseReturnValue:
    post = queries.get_post(g.viewer, thread_id, post_id)
    return _post_page("discussions/edits.html", post, edits=queries.list_edits(g.viewer, post))


@bp.post("/discussions/<int:thread_id>/posts/<int:post_id>/helpful")
def mark_helpful(thread_id: int, post_id: int) -> ResponseReturnValue:
    post = queries.get_post(g.viewer, thread_id, post_id)
    post_actions.mark_helpful(g.viewer, post)
    return back(post.path)


@bp.post("/discussions/<int:thread_id>/posts/<int:post_id>/unhelpful")
def unmark_helpful(thread_id: int, post_id: int) -> ResponseReturnValue:
    post = queries.get_post(g.viewer, thread_id, post_id)
    post_actions.unmark_helpful(g.viewer, post)
    return back(post.path)


@bp.post("/discussions/<int:thread_id>/posts/<int:post_id>/accept")
def accept(thread_id: int, post_id: int) -> ResponseReturnValue:
    post = queries.get_post(g.viewer, thread_id, post_id)
    post_actions.accept(g.viewer, post)
    flash(_("The reply is marked as the answer and stands on top."))
    return redirect(url_for(".thread", thread_id=thread_id), 303)


@bp.post("/discussions/<int:thread_id>/posts/<int:post_id>/unaccept")
def unaccept(thread_id: int, post_id: int) -> ResponseReturnValue:
    post = queries.get_post(g.viewer, thread_id, post_id)
    post_actions.unaccept(g.viewer, post)
    flash(_("The question is open again."))
    return _to_post(post)
