"""At which address. Parse, call, answer."""

from typing import Any

from flask import Blueprint, flash, g, redirect, request
from flask.typing import ResponseReturnValue

from extranet.core.i18n import gettext as _
from extranet.discussions.models import Thread
from extranet.networks.head import network_page
from extranet.polls import actions, policy, queries
from extranet.polls import carrying as _carrying  # noqa: F401  goes along where threads are merged
from extranet.polls import parts as _parts  # noqa: F401  shown on the thread's page for paper
from extranet.polls.forms import OutcomeForm, PollForm
from extranet.polls.models import Poll, PollKind

bp = Blueprint("polls", __name__)


def _page(template: str, thread: Thread, **context: Any) -> str:
    return network_page(template, thread.network, "discussions", section="discussions", thread=thread, **context)


@bp.route("/polls/new/<int:thread_id>", methods=["GET", "POST"])
def create(thread_id: int) -> ResponseReturnValue:
    thread, form = queries.get_thread_to_ask_in(g.viewer, thread_id), PollForm()
    if request.method == "GET" or not form.validate():
        return _page("polls/form.html", thread, form=form, poll=None), 200 if request.method == "GET" else 422
    actions.create(g.viewer, thread, **form.values())
    flash(_("The poll is open."))
    return redirect(thread.path, 303)


@bp.route("/polls/<int:poll_id>/edit", methods=["GET", "POST"])
def edit(poll_id: int) -> ResponseReturnValue:
    poll = queries.get_poll_to_manage(g.viewer, poll_id)
    form = PollForm(poll)
    if request.method == "GET" or not form.validate():
        return _page("polls/form.html", poll.thread, form=form, poll=poll), 200 if request.method == "GET" else 422
    actions.edit(g.viewer, poll, **form.values())
    flash(_("The changes were saved."))
    return redirect(poll.path, 303)


@bp.get("/polls/<int:poll_id>/")
def poll(poll_id: int) -> ResponseReturnValue:
    return _poll_page(queries.get_poll(g.viewer, poll_id), OutcomeForm())


@bp.get("/polls/of/<int:thread_id>")
def of_thread(thread_id: int) -> ResponseReturnValue:
    """The thread's page fetches its poll from here."""
    return _poll_page(queries.get_poll_of(g.viewer, thread_id), OutcomeForm())


def _poll_page(poll: Poll, form: OutcomeForm) -> str:
    return _page(
        "polls/poll.html",
        poll.thread,
        poll=poll,
        result=queries.count(g.viewer, poll),
        labels=queries.labels(poll),
        form=form,
        can_vote=policy.can_vote(g.viewer, poll) and poll.is_open and not poll.thread.is_closed,
        can_manage=policy.can_manage(g.viewer, poll),
    )


@bp.post("/polls/<int:poll_id>/vote")
def vote(poll_id: int) -> ResponseReturnValue:
    poll = queries.get_poll(g.viewer, poll_id)
    actions.vote(g.viewer, poll, chosen=_chosen(poll))
    flash(_("Your vote was counted. You can change it as long as the poll is open."))
    return redirect(poll.path, 303)


def _chosen(poll: Poll) -> list[int]:
    """The ids of the options, the most wanted first. A ranked ballot has a field for each place."""
    if poll.kind != PollKind.RANKED:
        return request.form.getlist("option", type=int)
    places = (request.form.get(f"place-{n}", type=int) for n in range(1, len(poll.options) + 1))
    return [option_id for option_id in places if option_id]


@bp.post("/polls/<int:poll_id>/close")
def close(poll_id: int) -> ResponseReturnValue:
    poll = queries.get_poll(g.viewer, poll_id)
    actions.close(g.viewer, poll)
    flash(_("The poll was closed. Everybody sees the result."))
    return redirect(poll.path, 303)


@bp.post("/polls/<int:poll_id>/outcome")
def write_outcome(poll_id: int) -> ResponseReturnValue:
    poll, form = queries.get_poll_to_manage(g.viewer, poll_id), OutcomeForm()
    if not form.validate():
        return _poll_page(poll, form), 422
    actions.write_outcome(g.viewer, poll, outcome=form.outcome.data)
    flash(_("The outcome was written. Those who took part hear of it."))
    return redirect(poll.path, 303)
