"""At which address. Parse, call, answer."""

from collections.abc import Callable
from functools import partial

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from extranet.core.errors import NotAllowed, demand
from extranet.core.i18n import gettext as _
from extranet.core.web import back, page
from extranet.materials import words
from extranet.materials.models import Material
from extranet.materials.policy import can_see
from extranet.materials.queries import get_material
from extranet.sharing import actions, policy, queries
from extranet.sharing.blueprint import bp
from extranet.sharing.forms import ForwardForm, OutsideForm
from extranet.sharing.links import address_of


@bp.get("/sharing/")
def index() -> ResponseReturnValue:
    listing = queries.list_shares(g.viewer, request.args.get("page", 1, type=int))
    return _list_page(listing, None)


@bp.get("/sharing/of/<int:material_id>")
def of_material(material_id: int) -> ResponseReturnValue:
    """Everything by which a material is shared now or was, for those who look after it."""
    material = get_material(g.viewer, material_id)
    demand(policy.looks_after(g.viewer, material), "sharing.of_material")
    return _list_page(queries.list_shares_of(g.viewer, material, request.args.get("page", 1, type=int)), material)


@bp.get("/sharing/new")
def new() -> ResponseReturnValue:
    asked = queries.list_chosen(g.viewer, request.args.getlist("material", type=int))
    may = [material for material in asked if policy.can_forward(g.viewer, material)]
    if asked and not may:
        raise NotAllowed("sharing.forward")
    language = "sv" if g.viewer.language == "sv" else "fi"
    others = queries.list_suggested(g.viewer, may)
    form = ForwardForm(g.viewer, may, others, data={"material": [material.id for material in may], "language": language})
    return _forward_page(form, may, others)


@bp.post("/sharing/new")
def forward() -> ResponseReturnValue:
    chosen = queries.list_chosen(g.viewer, request.form.getlist("material", type=int))
    offered = [material for material in queries.list_chosen(g.viewer, request.args.getlist("material", type=int)) if material not in chosen]
    form = ForwardForm(g.viewer, chosen, offered)
    if not form.validate():
        return _forward_page(form, chosen, offered), 422
    share = actions.forward(
        g.viewer,
        chosen,
        greeting=form.greeting.data,
        language=form.language.data,
        days=int(form.days.data),
        addresses=form.receivers,
    )
    flash(
        _("The page is ready, and the letters are on their way.") if form.receivers else _("The page is ready. Copy its link, or print it.")
    )
    return redirect(url_for(".share", share_id=share.id), 303)


@bp.get("/sharing/<int:share_id>/")
def share(share_id: int) -> ResponseReturnValue:
    found = queries.get_share(g.viewer, share_id)
    opened = queries.still_open(found, g.viewer)
    url = None if found.is_outside or not opened else address_of(found)
    opened_ids = {material.id for material in opened}
    return page("sharing/share.html", share=found, opened=opened_ids, url=url, words=words, sees=_sees(), section="materials")


@bp.get("/sharing/outside")
def new_outside() -> ResponseReturnValue:
    material = get_material(g.viewer, request.args.get("material", 0, type=int))
    demand(policy.can_send_outside(g.viewer, material), "sharing.send_outside")
    return _outside_page(OutsideForm(material), material)


@bp.post("/sharing/outside")
def send_outside() -> ResponseReturnValue:
    material = get_material(g.viewer, request.args.get("material", 0, type=int))
    demand(policy.can_send_outside(g.viewer, material), "sharing.send_outside")
    form = OutsideForm(material)
    if not form.validate():
        return _outside_page(form, material), 422
    share = actions.send_outside(
        g.viewer,
        material,
        name=form.name.data,
        email=form.email.data,
        language=form.language.data,
        days=form.days.data,
        reason=form.reason.data,
    )
    flash(_("The letter with the link is on its way."))
    return redirect(url_for(".share", share_id=share.id), 303)


@bp.post("/sharing/<int:share_id>/revoke")
def revoke(share_id: int) -> ResponseReturnValue:
    actions.revoke(g.viewer, queries.get_share_to_end(g.viewer, share_id))
    flash(_("The link was ended. It opens nothing any more."))
    return back(url_for(".index"))


def _forward_page(form: ForwardForm, chosen: list[Material], others: list[Material]) -> str:
    """The form's address carries what it offers, so that it comes back with the same choices."""
    url = url_for(".forward", material=[material.id for material in (*chosen, *others)])
    return page("sharing/new.html", form=form, chosen=chosen, url=url, section="materials")


def _outside_page(form: OutsideForm, material: Material) -> str:
    return page("sharing/outside.html", form=form, material=material, words=words, section="materials")


def _list_page(listing: queries.Listing, material: Material | None) -> str:
    open_ids = {row.id for row in listing.rows if row.is_running} if material else {
        row.id for row in listing.rows if queries.still_open(row, g.viewer)
    }  # fmt: skip
    return page("sharing/index.html", listing=listing, material=material, open_ids=open_ids, sees=_sees(), section="materials")


def _sees() -> Callable[[Material], bool]:
    """Whether a title may be shown: what one passed on may have been closed to oneself since (I-29)."""
    return partial(can_see, g.viewer)


from extranet.sharing import open_views  # noqa: E402, F401  its addresses belong to the same blueprint
