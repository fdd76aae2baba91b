"""At which address: what waits for a review, a new day of review, a new owner, taking another material's place."""

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from extranet.core import clock
from extranet.core.errors import demand
from extranet.core.i18n import gettext as _
from extranet.core.web import back, page
from extranet.materials import life_actions, life_queries, policy, queries, reader_queries, words
from extranet.materials.asked import asked_page
from extranet.materials.blueprint import bp
from extranet.materials.life_forms import OwnerForm, RenewForm, SupersedeForm
from extranet.materials.life_queries import Whose
from extranet.materials.models import Material


@bp.get("/materials/overdue")
def overdue() -> ResponseReturnValue:
    whose = Whose(request.args["whose"]) if request.args.get("whose") in set(Whose) else Whose.ALL
    found = life_queries.list_waiting(g.viewer, whose, asked_page())
    return page(
        "materials/overdue.html",
        found=found,
        whose=whose,
        form=RenewForm(formdata=None),
        today=clock.today(),
        words=words,
        section="materials",
    )


@bp.get("/materials/<int:material_id>/renew")
def renewal(material_id: int) -> ResponseReturnValue:
    material = queries.get_material(g.viewer, material_id)
    demand(policy.can_renew(g.viewer, material), "materials.renew")
    return _renew_page(material, RenewForm())


@bp.post("/materials/<int:material_id>/renew")
def renew(material_id: int) -> ResponseReturnValue:
    material = queries.get_material(g.viewer, material_id, lock=True)
    demand(policy.can_renew(g.viewer, material), "materials.renew")
    form = RenewForm()
    if not form.validate():
        return _renew_page(material, form), 422
    life_actions.renew(g.viewer, material, review_due=form.review_due.data)
    flash(_("The material stays in force. The next review is set."))
    return back(url_for(".material", material_id=material_id))


@bp.get("/materials/<int:material_id>/owner")
def ownership(material_id: int) -> ResponseReturnValue:
    material = queries.get_material(g.viewer, material_id)
    demand(policy.can_hand_over(g.viewer, material), "materials.hand_over")
    return _owner_page(material, OwnerForm(_candidates(material)))


@bp.post("/materials/<int:material_id>/owner")
def hand_over(material_id: int) -> ResponseReturnValue:
    material = queries.get_material(g.viewer, material_id, lock=True)
    demand(policy.can_hand_over(g.viewer, material), "materials.hand_over")
    form = OwnerForm(_candidates(material))
    if not form.validate():
        return _owner_page(material, form), 422
    life_actions.hand_over(g.viewer, material, owner_id=form.owner.data)
    flash(_("The material has a new owner, who hears of it."))
    stays = policy.can_see(g.viewer, material)
    return redirect(url_for(".material", material_id=material_id) if stays else url_for(".index"), 303)


@bp.get("/materials/<int:material_id>/replaces")
def replaced(material_id: int) -> ResponseReturnValue:
    material = queries.get_material(g.viewer, material_id)
    demand(policy.can_supersede(g.viewer, material), "materials.supersede")
    return _replaces_page(material, SupersedeForm(_replaceable(material), material.replaces_id))


@bp.post("/materials/<int:material_id>/replaces")
def supersede(material_id: int) -> ResponseReturnValue:
    material = queries.get_material(g.viewer, material_id, lock=True)
    demand(policy.can_supersede(g.viewer, material), "materials.supersede")
    form = SupersedeForm(_replaceable(material), material.replaces_id)
    if not form.validate():
        return _replaces_page(material, form), 422
    life_actions.supersede(g.viewer, material, older_id=form.older_id)
    if request.form.get("archives") and form.older_id and policy.can_publish(g.viewer, material):
        life_actions.archive_older(g.viewer, material)
    flash(_("It was saved what the material takes the place of."))
    return redirect(url_for(".material", material_id=material_id), 303)


def _q() -> str:
    return request.values.get("q", "").strip()[:100]


def _candidates(material: Material) -> list[reader_queries.Reader]:
    found = reader_queries.find_readers(material, _q(), life_queries.FOUND)
    return [person for person in found if person.id != material.owner_id]


def _replaceable(material: Material) -> list[Material]:
    return life_queries.find_replaceable(g.viewer, material, _q())


def _renew_page(material: Material, form: RenewForm) -> str:
    return page("materials/renew.html", material=material, form=form, can_edit=policy.can_edit(g.viewer, material), section="materials")


def _owner_page(material: Material, form: OwnerForm) -> str:
    return page("materials/owner.html", material=material, form=form, q=_q(), most=life_queries.FOUND, section="materials")


def _replaces_page(material: Material, form: SupersedeForm) -> str:
    return page(
        "materials/replaces.html",
        material=material,
        form=form,
        q=_q(),
        can_publish=policy.can_publish(g.viewer, material),
        most=life_queries.FOUND,
        section="materials",
    )
