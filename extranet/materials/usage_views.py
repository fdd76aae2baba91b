"""At which address: who has a material, in numbers; by name only for administrators, with a reason."""

from flask import g, request
from flask.typing import ResponseReturnValue

from extranet.core.errors import NotAllowed
from extranet.core.web import page
from extranet.materials import care_policy, usage_actions
from extranet.materials.blueprint import bp
from extranet.materials.models import Material
from extranet.materials.queries import get_material
from extranet.materials.usage_forms import LookForm
from extranet.materials.usage_queries import get_usage


@bp.get("/materials/<int:material_id>/usage")
def usage(material_id: int) -> ResponseReturnValue:
    material = get_material(g.viewer, material_id)
    if not care_policy.can_look_after(g.viewer, material):
        raise NotAllowed("materials.usage")
    found = get_usage(g.viewer, material, request.args.get("page", 1, type=int))
    sees_people = care_policy.can_look_at_people(g.viewer, material)
    return page("materials/usage.html", material=material, usage=found, sees_people=sees_people, section="materials")


@bp.get("/materials/<int:material_id>/usage/people")
def people(material_id: int) -> ResponseReturnValue:
    return _people_page(_named(material_id), LookForm())


@bp.post("/materials/<int:material_id>/usage/people")
def look_at_people(material_id: int) -> ResponseReturnValue:
    """The answer is the page itself, for this one look: coming again asks for a reason again."""
    material = _named(material_id)
    form = LookForm()
    if not form.validate():
        return _people_page(material, form), 422
    found = usage_actions.look_at_people(g.viewer, material, reason=form.reason.data)
    return page("materials/usage_people.html", material=material, people=found, reason=form.reason.data, form=None, section="materials")


def _named(material_id: int) -> Material:
    material = get_material(g.viewer, material_id)
    if not care_policy.can_look_at_people(g.viewer, material):
        raise NotAllowed("materials.look_at_people")
    return material


def _people_page(material: Material, form: LookForm) -> str:
    return page("materials/usage_people.html", material=material, people=None, reason="", form=form, section="materials")
