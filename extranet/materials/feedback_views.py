"""At which address: was it useful, and what people wrote to the owner."""

from flask import flash, g, redirect, request
from flask.typing import ResponseReturnValue

from extranet.core.errors import NotAllowed
from extranet.core.i18n import gettext as _
from extranet.core.web import back, page
from extranet.materials import care_policy, feedback_actions, feedback_queries, words
from extranet.materials.accessibility_parts import care_parts
from extranet.materials.blueprint import bp
from extranet.materials.feedback_forms import RateForm
from extranet.materials.models import Material, MaterialVersion
from extranet.materials.queries import get_material


@bp.post("/materials/<int:material_id>/rate")
def rate(material_id: int) -> ResponseReturnValue:
    material = get_material(g.viewer, material_id, lock=True)
    form = RateForm()
    if not form.validate():
        own = feedback_queries.find_own(g.viewer, material)
        care = feedback_queries.Care(own)
        return page("materials/rate.html", material=material, care=care, rate_form=form, can_rate=True, section="materials"), 422
    feedback_actions.rate(g.viewer, material, is_useful=form.useful.data == "yes", comment=form.given_comment)
    flash(_("Thank you. The owner gets your comment.") if form.given_comment else _("Thank you for your answer."))
    return redirect(f"{material.path}#useful", 303)


@bp.get("/materials/<int:material_id>/feedback")
def feedback(material_id: int) -> ResponseReturnValue:
    material = _looked_after(material_id)
    is_handled = request.args.get("state") == "handled"
    comments = feedback_queries.list_comments(g.viewer, material, is_handled, request.args.get("page", 1, type=int))
    return page("materials/feedback.html", material=material, comments=comments, is_handled=is_handled, section="materials")


@bp.post("/materials/<int:material_id>/feedback/<int:feedback_id>/handle")
def handle(material_id: int, feedback_id: int) -> ResponseReturnValue:
    material = _looked_after(material_id)
    feedback_actions.handle(g.viewer, material, feedback=feedback_queries.get_feedback(g.viewer, material, feedback_id))
    flash(_("The comment was marked as handled."))
    return back(f"{material.path}feedback")


@bp.post("/materials/<int:material_id>/feedback/<int:feedback_id>/reopen")
def reopen(material_id: int, feedback_id: int) -> ResponseReturnValue:
    material = _looked_after(material_id)
    feedback_actions.reopen(g.viewer, material, feedback=feedback_queries.get_feedback(g.viewer, material, feedback_id))
    flash(_("The comment waits again."))
    return back(f"{material.path}feedback")


def care_facts(material: Material, current: MaterialVersion | None) -> dict[str, object]:
    """What the material's page says of answers, use and accessibility; one query."""
    care = feedback_queries.get_care(g.viewer, material, current)
    looks_after = care_policy.can_look_after(g.viewer, material)
    return {
        "care": care,
        "can_rate": care_policy.can_rate(g.viewer, material),
        "looks_after": looks_after,
        "access_words": words.ACCESSIBLE,
        **(care_parts(material, current, care) if looks_after else {}),
    }


def _looked_after(material_id: int) -> Material:
    material = get_material(g.viewer, material_id)
    if not care_policy.can_look_after(g.viewer, material):
        raise NotAllowed("materials.feedback")
    return material
