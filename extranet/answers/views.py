"""At which address. Parse, call, answer."""

from flask import Blueprint, flash, g, redirect, request
from flask.typing import ResponseReturnValue

from extranet.answers import actions, queries
from extranet.answers import keeping as _keeping  # noqa: F401  goes along with the discussion
from extranet.answers import parts as _parts  # noqa: F401  shown on the pages of materials
from extranet.answers.forms import CardForm
from extranet.core.i18n import gettext as _
from extranet.networks.head import network_page

bp = Blueprint("answers", __name__)


@bp.route("/answers/new/<int:post_id>", methods=["GET", "POST"])
def save(post_id: int) -> ResponseReturnValue:
    post = queries.get_answer(g.viewer, post_id)
    form = CardForm(post, queries.get_question(post))
    if request.method == "GET" or not form.validate():
        thread = post.thread
        body = network_page(
            "answers/new.html", thread.network, tab="discussions", section="discussions", thread=thread, post=post, form=form
        )
        return body, 200 if request.method == "GET" else 422
    material = actions.save(
        g.viewer,
        post,
        title=form.title.data,
        question=form.question.data,
        answer=form.answer.data,
        language=form.language.data,
        review_due=form.review_due.data,
    )
    flash(_("The answer is in the library now.") if material.is_published else _("The card waits for an editor to publish it."))
    return redirect(material.path, 303)


@bp.get("/answers/of/<int:post_id>")
def of_post(post_id: int) -> ResponseReturnValue:
    """From an answer to its card."""
    return redirect(queries.get_card_of(g.viewer, post_id).path)


@bp.get("/answers/<int:material_id>/source")
def source(material_id: int) -> ResponseReturnValue:
    """From a card to its discussion."""
    return redirect(queries.get_source(g.viewer, material_id).path)
