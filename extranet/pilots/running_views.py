"""At which address: what those who run a pilot do."""

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from extranet.core.errors import demand
from extranet.core.i18n import gettext as _
from extranet.core.i18n import ngettext
from extranet.core.web import page
from extranet.pilots import actions, policy, queries
from extranet.pilots.blueprint import bp
from extranet.pilots.forms import AnswersForm, CloseForm, ExtendForm, PeopleForm
from extranet.pilots.models import Pilot
from extranet.pilots.views import pilot_facts


@bp.post("/pilots/<int:pilot_id>/answers")
def answer(pilot_id: int) -> ResponseReturnValue:
    pilot = _managed(pilot_id, "answer")
    form = AnswersForm.of(queries.list_comments(pilot))
    if not form.validate():
        return page("pilots/pilot.html", **pilot_facts(pilot, form, ExtendForm(pilot.due, formdata=None))), 422
    saved = form.answers()
    for comment, handling, words in saved:
        actions.answer(g.viewer, comment, handling=handling, words=words)
    if saved:
        flash(
            ngettext(
                "%(num)s answer was saved. The reviewer hears of it when all of them are there.",
                "%(num)s answers were saved. The reviewers hear of them when all of theirs are there.",
                len(saved),
            )
        )
    else:
        flash(_("Nothing was changed. Choose what becomes of a comment, then save."), "warn")
    return redirect(url_for(".pilot", pilot_id=pilot_id), 303)


@bp.post("/pilots/<int:pilot_id>/note-rest")
def note_rest(pilot_id: int) -> ResponseReturnValue:
    actions.note_rest(g.viewer, _managed(pilot_id, "note_rest"), seen=request.form.getlist("seen"))
    flash(_("The comments without an answer were marked as read."))
    return redirect(url_for(".pilot", pilot_id=pilot_id), 303)


@bp.post("/pilots/<int:pilot_id>/remind")
def remind(pilot_id: int) -> ResponseReturnValue:
    actions.remind(g.viewer, _managed(pilot_id, "remind"))
    flash(_("Those who have not answered were reminded."))
    return redirect(url_for(".pilot", pilot_id=pilot_id), 303)


@bp.post("/pilots/<int:pilot_id>/extend")
def extend(pilot_id: int) -> ResponseReturnValue:
    pilot = _managed(pilot_id, "extend")
    form = ExtendForm(pilot.due)
    if not form.validate():
        answers = AnswersForm.of(queries.list_comments(pilot), formdata=None)
        return page("pilots/pilot.html", **pilot_facts(pilot, answers, form), has_errors=True), 422
    actions.extend(g.viewer, pilot, due=form.due.data)
    flash(_("The deadline was moved. Those who have not answered hear of it."))
    return redirect(url_for(".pilot", pilot_id=pilot_id), 303)


@bp.post("/pilots/<int:pilot_id>/reviews/<int:review_id>/withdraw")
def withdraw(pilot_id: int, review_id: int) -> ResponseReturnValue:
    pilot = _managed(pilot_id, "withdraw")
    actions.withdraw(g.viewer, queries.get_review(pilot, review_id))
    if len(pilot.asked) < actions.FEWEST:
        flash(_("The person is not asked any more. Choose somebody else: two opinions are better than one."))
        return redirect(url_for(".inviting", pilot_id=pilot_id), 303)
    flash(_("The person is not asked any more."))
    return redirect(url_for(".pilot", pilot_id=pilot_id), 303)


@bp.get("/pilots/<int:pilot_id>/invite")
def inviting(pilot_id: int) -> ResponseReturnValue:
    pilot = _managed(pilot_id, "invite", lock=False)
    return _invite_page(pilot, _people_form(pilot))


@bp.post("/pilots/<int:pilot_id>/invite/find")
def find_more(pilot_id: int) -> ResponseReturnValue:
    """One step of choosing further reviewers; nothing is kept yet but in the form itself."""
    pilot = _managed(pilot_id, "invite", lock=False)
    form = _people_form(pilot)
    form.take(request.form.get("add", ""), request.form.get("drop", ""))
    form.look_up()
    return _invite_page(pilot, form)


@bp.post("/pilots/<int:pilot_id>/invite")
def invite(pilot_id: int) -> ResponseReturnValue:
    pilot = _managed(pilot_id, "invite")
    form = _people_form(pilot)
    if not form.validate():
        return _invite_page(pilot, form), 422
    actions.invite(g.viewer, pilot, people=form.people())
    flash(_("The people were asked for a review."))
    return redirect(url_for(".pilot", pilot_id=pilot_id), 303)


@bp.route("/pilots/<int:pilot_id>/close", methods=["GET", "POST"])
def close(pilot_id: int) -> ResponseReturnValue:
    pilot = _managed(pilot_id, "close", lock=request.method == "POST")
    form = CloseForm()
    if not form.is_submitted():
        return _close_page(pilot, form)
    if not form.validate():
        return _close_page(pilot, form), 422
    actions.close(g.viewer, pilot, outcome=form.outcome.data)
    flash(_("The pilot has been closed. Revise the material, then publish it."))
    return redirect(url_for(".pilot", pilot_id=pilot_id), 303)


def _managed(pilot_id: int, verb: str, lock: bool = True) -> Pilot:
    pilot = queries.get_pilot(g.viewer, pilot_id, lock=lock)
    demand(policy.can_manage(g.viewer, pilot), f"pilots.{verb}")
    return pilot


def _people_form(pilot: Pilot) -> PeopleForm:
    return PeopleForm(g.viewer, pilot.material, asked=len(pilot.asked))


def _invite_page(pilot: Pilot, form: PeopleForm) -> str:
    may_name = policy.can_name_members(g.viewer, pilot.material)
    finds = url_for(".find_more", pilot_id=pilot.id)
    return page("pilots/invite.html", pilot=pilot, material=pilot.material, form=form, may_name=may_name, finds=finds, section="materials")


def _close_page(pilot: Pilot, form: CloseForm) -> str:
    waiting = [comment for comment in queries.list_comments(pilot) if comment.waits]
    return page("pilots/close.html", pilot=pilot, form=form, waiting=waiting, section="materials")
