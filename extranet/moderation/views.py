"""At which address. Parse, call, answer."""

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from extranet.core.errors import NotAllowed
from extranet.core.i18n import gettext as _
from extranet.core.web import page
from extranet.moderation import actions, policy, queries
from extranet.moderation.blueprint import bp
from extranet.moderation.forms import AskForm, DecideForm, ReportForm, TakeOverForm
from extranet.moderation.models import Case, Outcome, Reason
from extranet.moderation.queries import Shelf, Waiting
from extranet.networks.head import network_page


@bp.app_template_global()
def waiting_cases(network_id: int, thread_id: int | None = None) -> Waiting | None:
    """How many reports wait for the viewer in that network or thread and since when, None where it is not the viewer's to ask."""
    return queries.count_waiting(g.viewer, network_id, thread_id) if network_id in policy.handles_in(g.viewer) else None


@bp.get("/moderation/")
def index() -> ResponseReturnValue:
    if not (g.viewer.moderated_ids or g.viewer.is_admin):
        raise NotAllowed("moderation.list")
    shelf = request.args.get("shelf", Shelf.OPEN, type=Shelf)
    listing = queries.list_cases(g.viewer, shelf, request.args.get("page", 1, type=int))
    return page("moderation/index.html", listing=listing, shelf=shelf, section="discussions")


@bp.route("/moderation/report/<int:post_id>", methods=["GET", "POST"])
def report(post_id: int) -> ResponseReturnValue:
    post, form = queries.get_post_to_report(g.viewer, post_id), ReportForm()
    if request.method == "GET" or not form.validate():
        body = network_page("moderation/report.html", post.thread.network, "discussions", section="discussions", post=post, form=form)
        return body, 200 if request.method == "GET" else 422
    actions.report(g.viewer, post, why=Reason(form.why.data), words=form.words.data)
    flash(_("Thank you. A moderator looks at the message, and you hear what is decided."))
    return redirect(post.path, 303)


@bp.get("/moderation/<int:case_id>/")
def case(case_id: int) -> ResponseReturnValue:
    return _case_page(queries.get_case(g.viewer, case_id), DecideForm())


def _case_page(case: Case, form: DecideForm, take_over: TakeOverForm | None = None) -> str:
    return network_page(
        "moderation/case.html",
        case.post.thread.network,
        "discussions",
        section="discussions",
        case=case,
        form=form,
        take_over=take_over or TakeOverForm(formdata=None),
        context=queries.list_context(g.viewer, case),
        can_review=policy.can_review(g.viewer, case),
    )


@bp.post("/moderation/<int:case_id>/claim")
def claim(case_id: int) -> ResponseReturnValue:
    case = queries.get_case(g.viewer, case_id)
    actions.claim(g.viewer, case)
    flash(_("You have taken the case up. The other moderators see it."))
    return redirect(case.path, 303)


@bp.post("/moderation/<int:case_id>/take-over")
def take_over(case_id: int) -> ResponseReturnValue:
    case, form = queries.get_case(g.viewer, case_id), TakeOverForm()
    if not form.validate():
        return _case_page(case, DecideForm(), form), 422
    actions.take_over(g.viewer, case, reason=form.reason.data)
    flash(_("You have taken the case over. Whoever had it reads your word."))
    return redirect(case.path, 303)


@bp.post("/moderation/<int:case_id>/release")
def release(case_id: int) -> ResponseReturnValue:
    case = queries.get_case(g.viewer, case_id)
    actions.release(g.viewer, case)
    flash(_("The case is free for the other moderators again."))
    return redirect(url_for(".index"), 303)


@bp.post("/moderation/<int:case_id>/decide")
def decide(case_id: int) -> ResponseReturnValue:
    case, form = queries.get_case(g.viewer, case_id), DecideForm()
    if not form.validate():
        return _case_page(case, form), 422
    actions.decide(g.viewer, case, outcome=Outcome(form.outcome.data), reason=form.reason.data)
    flash(_("The decision was saved. The author and those who reported the message are told, with your reasons."))
    return redirect(url_for(".index"), 303)


@bp.post("/moderation/<int:case_id>/review")
def review(case_id: int) -> ResponseReturnValue:
    case, form = queries.get_case(g.viewer, case_id), DecideForm()
    if not form.validate():
        return _case_page(case, form), 422
    actions.review(g.viewer, case, outcome=Outcome(form.outcome.data), reason=form.reason.data)
    flash(_("The decision was saved. The author and those who reported the message are told, with your reasons."))
    return redirect(url_for(".index"), 303)


@bp.get("/moderation/<int:case_id>/decision")
def decision(case_id: int) -> ResponseReturnValue:
    return _decision_page(queries.get_decision(g.viewer, case_id), AskForm())


@bp.post("/moderation/<int:case_id>/ask-review")
def ask_review(case_id: int) -> ResponseReturnValue:
    case, form = queries.get_decision(g.viewer, case_id), AskForm()
    if not form.validate():
        return _decision_page(case, form), 422
    actions.ask_review(g.viewer, case, words=form.words.data)
    flash(_("Another moderator looks at the decision again, and you hear what comes of it."))
    return redirect(f"{case.path}decision", 303)


def _decision_page(case: Case, form: AskForm) -> str:
    can_ask = case.takes_review and policy.can_ask_review(g.viewer, case)
    return page("moderation/decision.html", case=case, form=form, can_ask=can_ask, section="discussions")


from extranet.moderation import held_views  # noqa: E402, F401  it adds its routes to `bp`
