"""At which address. Parse, call, answer."""

from contextlib import suppress
from functools import partial

from flask import Blueprint, Response, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from extranet.audit.log import record_apart
from extranet.core import clock
from extranet.core.errors import demand
from extranet.core.i18n import gettext as _
from extranet.core.i18n import ngettext
from extranet.core.web import back, page
from extranet.materials.models import Material
from extranet.materials.policy import can_see
from extranet.materials.queries import get_material
from extranet.orders import actions, policy, queries, words
from extranet.orders.forms import CancelForm, OrderForm, StockForm
from extranet.orders.models import OrderState
from extranet.orders.table import MIME, make_table

bp = Blueprint("orders", __name__)
AT_ONCE = 100


@bp.get("/orders/")
def index() -> ResponseReturnValue:
    listing = queries.list_own(g.viewer, request.args.get("page", 1, type=int))
    sees = partial(can_see, g.viewer)  # what was ordered may have been closed to whoever ordered (I-29)
    return page("orders/index.html", listing=listing, words=words, has_desk=policy.has_desk(g.viewer), sees=sees, section="materials")


@bp.get("/orders/new")
def new() -> ResponseReturnValue:
    material = _orderable(request.args.get("material", 0, type=int))
    return _order_page(material, OrderForm(material.stock or 0, queries.prefill(g.viewer)))


@bp.post("/orders/new")
def order() -> ResponseReturnValue:
    material = _orderable(request.args.get("material", 0, type=int), lock=True)
    form = OrderForm(material.stock or 0)
    if not form.validate():
        return _order_page(material, form), 422
    actions.order(g.viewer, material, quantity=form.quantity.data, delivery=form.delivery())
    flash(_("The order was received. A confirmation is on its way to your e-mail."))
    return redirect(url_for(".index"), 303)


@bp.route("/orders/<int:order_id>/cancel", methods=["GET", "POST"])
def cancel(order_id: int) -> ResponseReturnValue:
    found = queries.get_order(g.viewer, order_id, lock=request.method == "POST")
    is_own = found.user_id == g.viewer.user_id
    form = CancelForm(needs_reason=not is_own)
    if request.method == "GET" or not form.validate():
        status = 200 if request.method == "GET" else 422
        return page(
            "orders/cancel.html", form=form, order=found, is_own=is_own, sees=can_see(g.viewer, found.material), section="materials"
        ), status
    actions.cancel(g.viewer, found, reason=form.reason.data)
    flash(_("The order was cancelled, and the copies are in stock again."))
    return redirect(url_for(".index" if is_own else ".desk"), 303)


@bp.get("/orders/desk")
def desk() -> ResponseReturnValue:
    wanted = _wanted()
    listing = queries.list_desk(g.viewer, wanted, request.args.get("page", 1, type=int))
    return page(
        "orders/desk.html",
        listing=listing,
        wanted=wanted,
        publications=queries.list_publications(g.viewer),
        words=words,
        states=list(OrderState),
        address=lambda state: _address(".desk", state, wanted.material_id),
        table=_address(".export", wanted.state, wanted.material_id),
        section="materials",
    )


@bp.post("/orders/desk/send")
def send() -> ResponseReturnValue:
    demand(policy.has_desk(g.viewer), "orders.send")
    orders = queries.list_to_send(g.viewer, request.form.getlist("order", type=int)[:AT_ONCE])
    for found in orders:
        actions.send(g.viewer, found)
    if orders:
        flash(
            ngettext(
                "%(num)s order was marked as sent. Whoever ordered gets a letter.",
                "%(num)s orders were marked as sent. Those who ordered get a letter.",
                len(orders),
            )
        )
    else:
        flash(_("Choose first which orders have been sent."), "warn")
    return back(url_for(".desk"))


@bp.get("/orders/export")
def export() -> ResponseReturnValue:
    wanted = _wanted()
    orders = queries.list_for_table(g.viewer, wanted)
    record_apart(g.viewer, "orders.export", orders=len(orders), state=wanted.state.value if wanted.state else "all")
    name = f"orders-{clock.today().isoformat()}.xlsx"
    return Response(make_table(orders), mimetype=MIME, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@bp.get("/orders/stock")
def stock() -> ResponseReturnValue:
    material = _stockable(request.args.get("material", 0, type=int))
    return _stock_page(material, StockForm(obj=material))


@bp.post("/orders/stock")
def set_stock() -> ResponseReturnValue:
    material = _stockable(request.args.get("material", 0, type=int), lock=True)
    form = StockForm()
    if not form.validate():
        return _stock_page(material, form), 422
    actions.set_stock(g.viewer, material, stock=form.stock.data)
    flash(_("The number of printed copies was saved."))
    return redirect(material.path, 303)


def _wanted() -> queries.Wanted:
    state: OrderState | None = OrderState.RECEIVED
    if asked := request.args.get("state"):
        state = None
        with suppress(ValueError):
            state = OrderState(asked)
    return queries.Wanted(state, request.args.get("material", type=int))


def _address(endpoint: str, state: OrderState | None, material_id: int | None) -> str:
    return url_for(endpoint, state=state.value if state else "all", material=material_id)


def _orderable(material_id: int, lock: bool = False) -> Material:
    material = get_material(g.viewer, material_id, lock)
    demand(policy.can_order(g.viewer, material), "orders.order")
    return material


def _stockable(material_id: int, lock: bool = False) -> Material:
    material = get_material(g.viewer, material_id, lock)
    demand(policy.can_set_stock(g.viewer, material), "orders.set_stock")
    return material


def _order_page(material: Material, form: OrderForm) -> str:
    return page("orders/new.html", material=material, form=form, section="materials")


def _stock_page(material: Material, form: StockForm) -> str:
    return page("orders/stock.html", material=material, form=form, section="materials")
