"""At which address a question is handed to an expert. Parse, call, answer."""

from flask import flash, g, redirect, request
from flask.typing import ResponseReturnValue

from extranet.core.i18n import gettext as _
from extranet.discussions import queries, question_actions, question_queries
from extranet.discussions.blueprint import bp
from extranet.discussions.question_forms import HandForm
from extranet.networks.head import network_page


@bp.route("/discussions/<int:thread_id>/hand", methods=["GET", "POST"])
def hand(thread_id: int) -> ResponseReturnValue:
    thread = queries.get_thread(g.viewer, thread_id)
    queries.check_moderation(g.viewer, thread)
    experts = question_queries.list_experts(g.viewer, thread)
    form = HandForm(experts)
    if request.method == "GET" or not form.validate():
        body = network_page(
            "discussions/hand.html", thread.network, tab="discussions", section="discussions", thread=thread, form=form, experts=experts
        )
        return body, 200 if request.method == "GET" else 422
    question_actions.hand(g.viewer, thread, expert_id=form.expert.data, words=form.words.data)
    flash(_("The question was handed over. The expert is told."))
    return redirect(thread.path, 303)


@bp.post("/discussions/<int:thread_id>/take-back")
def take_back(thread_id: int) -> ResponseReturnValue:
    thread = queries.get_thread(g.viewer, thread_id)
    question_actions.take_back(g.viewer, thread)
    flash(_("The question waits for anybody's answer again."))
    return redirect(thread.path, 303)
