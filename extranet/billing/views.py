"""At which address. Parse, call, answer."""

from typing import Any

from flask import Blueprint, Response, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from extranet.audit.log import record_apart
from extranet.billing import actions, policy, queries
from extranet.billing.archive import make_archive
from extranet.billing.checks import warn_of
from extranet.billing.counting import Preview
from extranet.billing.forms import ApproveForm, LineForm, ProfileForm
from extranet.billing.kinds import Rule
from extranet.billing.models import CostSplit
from extranet.billing.seller import find_seller, get_seller
from extranet.billing.table import MIME, make_table
from extranet.core.i18n import gettext as _
from extranet.core.web import page
from extranet.events.models import Event
from extranet.networks.head import network_page

bp = Blueprint("billing", __name__)


@bp.get("/events/<int:event_id>/costs")
def costs(event_id: int) -> ResponseReturnValue:
    event = queries.get_event(g.viewer, event_id)
    return _costs_page(event, LineForm(event.vat_percent))


@bp.post("/events/<int:event_id>/costs/add")
def add_line(event_id: int) -> ResponseReturnValue:
    event = queries.get_event_to_change(g.viewer, event_id)
    form = LineForm()
    if not form.validate():
        return _costs_page(event, form), 422
    actions.add_line(g.viewer, event, **form.values)
    flash(_("The cost was added."))
    return redirect(_costs(event), 303)


@bp.post("/events/<int:event_id>/costs/lines/<int:line_id>/remove")
def remove_line(event_id: int, line_id: int) -> ResponseReturnValue:
    event = queries.get_event_to_change(g.viewer, event_id)
    actions.remove_line(g.viewer, queries.get_line(g.viewer, event, line_id))
    flash(_("The cost was taken off."))
    return redirect(_costs(event), 303)


@bp.get("/events/<int:event_id>/costs/approve")
def confirm(event_id: int) -> ResponseReturnValue:
    event = queries.get_event_to_change(g.viewer, event_id)
    found = queries.preview(g.viewer, event)
    return _confirm_page(found, ApproveForm(found.is_correction, found.digest))


@bp.post("/events/<int:event_id>/costs/approve")
def approve(event_id: int) -> ResponseReturnValue:
    event = queries.get_event_to_change(g.viewer, event_id)
    actions.approve(g.viewer, event, seen=request.form.get("seen", ""))
    flash(_("The split was approved. The contact persons of the organisations are told."))
    return redirect(_costs(event), 303)


@bp.post("/events/<int:event_id>/costs/correct")
def correct(event_id: int) -> ResponseReturnValue:
    event = queries.get_event_to_change(g.viewer, event_id)
    found = queries.preview(g.viewer, event)
    form = ApproveForm(True, found.digest)
    if not form.validate():
        return _confirm_page(found, form), 422
    actions.correct(g.viewer, event, seen=form.seen.data or "", reason=form.reason.data)
    flash(_("The correction was approved. The contact persons of the organisations are told."))
    return redirect(_costs(event), 303)


@bp.get("/events/<int:event_id>/costs/<int:split_id>/table")
def table(event_id: int, split_id: int) -> ResponseReturnValue:
    split = _split(event_id, split_id)
    record_apart(g.viewer, "billing.table", split, shares=len(split.shares))
    return _file(make_table(split), MIME, f"costs-{event_id}-{split_id}.xlsx")


@bp.get("/events/<int:event_id>/costs/<int:split_id>/invoices")
def invoices(event_id: int, split_id: int) -> ResponseReturnValue:
    split = _split(event_id, split_id)
    earlier = [one for one in queries.list_splits(g.viewer, split.event) if one.id < split.id]
    packed = make_archive(split, earlier, get_seller())
    record_apart(g.viewer, "billing.invoices", split, shares=len(split.shares))
    return _file(packed, "application/zip", f"invoices-{event_id}-{split_id}.zip")


@bp.get("/billing/")
def index() -> ResponseReturnValue:
    listing = queries.list_own_shares(g.viewer, request.args.get("page", 1, type=int))
    profiles = [(one, own, _warnings(own)) for one, own in queries.list_own_profiles(g.viewer)]
    return page("billing/index.html", listing=listing, profiles=profiles, Rule=Rule)


@bp.get("/billing/profile/<code>")
def profile(code: str) -> ResponseReturnValue:
    organisation = queries.get_organisation_to_bill(g.viewer, code)
    known = queries.find_profile(g.viewer, organisation)
    return page(
        "billing/profile.html",
        organisation=organisation,
        form=ProfileForm(organisation, known),
        known=known,
        warnings=_warnings(known),
        section="organisations",
    )


@bp.post("/billing/profile/<code>")
def save_profile(code: str) -> ResponseReturnValue:
    organisation = queries.get_organisation_to_bill(g.viewer, code)
    known = queries.find_profile(g.viewer, organisation)
    form = ProfileForm(organisation, known)
    if not form.validate():
        return page("billing/profile.html", organisation=organisation, form=form, known=known, warnings=[], section="organisations"), 422
    saved = actions.save_profile(g.viewer, organisation, **form.values)
    if _warnings(saved):
        flash(_("Saved. Some of it looks unusual: see the notes on the page."), "warn")
    else:
        flash(_("The billing details were saved."))
    return redirect(url_for(".profile", code=code), 303)


def _warnings(known: Any) -> list[str]:
    return warn_of(known.business_id, known.einvoice_address, known.operator_code) if known else []


def _costs(event: Event) -> str:
    return url_for(".costs", event_id=event.id)


def _split(event_id: int, split_id: int) -> CostSplit:
    return queries.get_split(g.viewer, queries.get_event(g.viewer, event_id), split_id)


def _costs_page(event: Event, form: LineForm) -> str:
    found = queries.preview(g.viewer, event)
    can_change = policy.can_add_line(g.viewer, event)
    return _page("billing/costs.html", event, found=found, form=form, can_change=can_change, seller=find_seller(), Rule=Rule)


def _confirm_page(found: Preview, form: ApproveForm) -> str:
    return _page("billing/approve.html", found.event, found=found, form=form, Rule=Rule)


def _page(template: str, event: Event, **context: Any) -> str:
    return network_page(template, event.network, "events", section="events", event=event, **context)


def _file(content: bytes, mime: str, name: str) -> Response:
    return Response(content, mimetype=mime, headers={"Content-Disposition": f'attachment; filename="{name}"'})
