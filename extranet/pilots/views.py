"""At which address: the lists, starting a pilot, its page, the file that was piloted."""

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from extranet.core import clock
from extranet.core.errors import demand
from extranet.core.i18n import gettext as _
from extranet.core.web import page
from extranet.materials.models import Material, MaterialState
from extranet.pilots import actions, list_queries, policy, queries, words
from extranet.pilots.blueprint import bp
from extranet.pilots.forms import USUAL, AnswersForm, ExtendForm, StartForm
from extranet.pilots.models import Pilot


@bp.get("/pilots/")
def index() -> ResponseReturnValue:
    material_id = request.args.get("material", type=int)
    if material_id is not None:
        material = queries.get_material(g.viewer, material_id)
        found = list_queries.list_run(g.viewer, material.id)
        if len(found) == 1:
            return redirect(url_for(".pilot", pilot_id=found[0].id))
        may_start = policy.can_start(g.viewer, material) and material.state in actions.PILOTABLE and not material.is_link
        return page("pilots/of_material.html", material=material, run=found, may_start=may_start, section="materials")
    asked = list_queries.list_asked(g.viewer)
    return page(
        "pilots/index.html", asked=asked, run=list_queries.list_run(g.viewer), today=clock.today(), words=words, section="materials"
    )


@bp.get("/pilots/new")
def new() -> ResponseReturnValue:
    material = _startable(request.args.get("material", 0, type=int))
    if material.state == MaterialState.IN_PILOT:
        return redirect(url_for(".index", material=material.id))
    actions.demand_draft(material)
    form = StartForm(g.viewer, material, data={"due": clock.today() + USUAL, "sections": "\n".join(queries.list_headings(material))})
    return _start_page(material, form)


@bp.post("/pilots/new/find")
def find() -> ResponseReturnValue:
    """One step of choosing the reviewers; nothing is kept yet but in the form itself."""
    material = _startable(request.form.get("material", 0, type=int))
    form = StartForm(g.viewer, material)
    form.take(request.form.get("add", ""), request.form.get("drop", ""))
    form.look_up()
    return _start_page(material, form)


@bp.post("/pilots/new")
def start() -> ResponseReturnValue:
    material = _startable(request.form.get("material", 0, type=int), lock=True)
    form = StartForm(g.viewer, material)
    if not form.validate():
        return _start_page(material, form), 422
    pilot = actions.start(
        g.viewer, material, people=form.people(), due=form.due.data, questions=form.questions.data, sections=form.section_list()
    )
    flash(_("The pilot has begun. The reviewers have been asked; you hear as soon as somebody answers."))
    return redirect(url_for(".pilot", pilot_id=pilot.id), 303)


@bp.get("/pilots/<int:pilot_id>/")
def pilot(pilot_id: int) -> ResponseReturnValue:
    pilot = queries.get_pilot(g.viewer, pilot_id)
    if not policy.can_read(g.viewer, pilot):
        return redirect(url_for(".review", pilot_id=pilot_id))
    comments = queries.list_comments(pilot)
    return page("pilots/pilot.html", **pilot_facts(pilot, AnswersForm.of(comments), ExtendForm(pilot.due)))


@bp.get("/pilots/<int:pilot_id>/changes")
def changes(pilot_id: int) -> ResponseReturnValue:
    pilot = queries.get_pilot(g.viewer, pilot_id)
    demand(policy.can_read(g.viewer, pilot), "pilots.read")
    return page("pilots/changes.html", pilot=pilot, change=queries.get_change(pilot), section="materials")


def pilot_facts(pilot: Pilot, answers: AnswersForm, extend: ExtendForm) -> dict[str, object]:
    """What the pilot's page shows, with forms that may have come back."""
    return {
        "pilot": pilot,
        "reviews": {review.id: review for review in pilot.reviews},
        "form": answers,
        "extend_form": extend,
        "may_manage": policy.can_manage(g.viewer, pilot),
        "words": words,
        "section": "materials",
    }


def _startable(material_id: int, lock: bool = False) -> Material:
    material = queries.get_material(g.viewer, material_id, lock=lock)
    demand(policy.can_start(g.viewer, material), "pilots.start")
    return material


def _start_page(material: Material, form: StartForm) -> str:
    may_name = policy.can_name_members(g.viewer, material)
    return page("pilots/new.html", material=material, form=form, may_name=may_name, finds=url_for(".find"), section="materials")


# The other pages register themselves on `bp`.
from extranet.pilots import review_views, running_views  # noqa: E402, F401
