"""At which address. Parse, call, answer."""

from flask import Blueprint, flash, g, redirect, request
from flask.typing import ResponseReturnValue

from extranet.core import clock
from extranet.core.errors import Refused, demand
from extranet.core.i18n import gettext as _
from extranet.core.i18n import ngettext
from extranet.core.web import page
from extranet.events.models import Event
from extranet.materials.queries import get_material
from extranet.networks.head import network_page
from extranet.outputs import actions, policy, queries, recording_queries
from extranet.outputs import parts as _parts  # noqa: F401  shown on the pages of events and materials
from extranet.outputs.forms import RecordingForm

bp = Blueprint("outputs", __name__)


@bp.get("/events/<int:event_id>/materials")
def materials(event_id: int) -> ResponseReturnValue:
    event = queries.get_event_to_fill(g.viewer, event_id)
    return _page(event, RecordingForm(data={"address": event.recording_url, "has_captions": event.captioned_at is not None}))


@bp.post("/events/<int:event_id>/materials/attach")
def attach(event_id: int) -> ResponseReturnValue:
    event = queries.get_event_to_fill(g.viewer, event_id)
    chosen = queries.list_chosen(g.viewer, request.values.getlist("material", type=int)[: actions.MOST])
    if not chosen:
        raise Refused(_("Nothing was chosen that could be added. Choose at least one material."))
    actions.attach(g.viewer, event, materials=chosen)
    flash(
        ngettext(
            "The material is on the event's page. Participants are told in a few minutes.",
            "%(num)s materials are on the event's page. Participants are told in a few minutes.",
            len(chosen),
        )
    )
    return redirect(_materials(event), 303)


@bp.post("/events/<int:event_id>/materials/<int:material_id>/detach")
def detach(event_id: int, material_id: int) -> ResponseReturnValue:
    event = queries.get_event_to_fill(g.viewer, event_id)
    actions.detach(g.viewer, event, material_id=material_id)
    flash(_("The material is not on the event's page any more. It stays in the library."))
    return redirect(_materials(event), 303)


@bp.post("/events/<int:event_id>/recording")
def record(event_id: int) -> ResponseReturnValue:
    event = queries.get_event_to_fill(g.viewer, event_id)
    form = RecordingForm()
    if not form.validate():
        return _page(event, form), 422
    actions.record(g.viewer, event, url=form.address.data, has_captions=form.has_captions.data)
    flash(_("The recording is on the event's page."))
    return redirect(_materials(event), 303)


@bp.post("/events/<int:event_id>/recording/caption")
def caption(event_id: int) -> ResponseReturnValue:
    event = queries.get_event_to_fill(g.viewer, event_id)
    actions.caption(g.viewer, event)
    flash(_("Noted: the recording has captions."))
    return redirect(_materials(event), 303)


@bp.post("/events/<int:event_id>/recording/withdraw")
def withdraw(event_id: int) -> ResponseReturnValue:
    event = queries.get_event_to_fill(g.viewer, event_id)
    actions.withdraw(g.viewer, event)
    flash(_("The recording is not on the event's page any more."))
    return redirect(_materials(event), 303)


@bp.get("/materials/<int:material_id>/events")
def events(material_id: int) -> ResponseReturnValue:
    material = get_material(g.viewer, material_id)
    can_change = policy.edits_somewhere(g.viewer)
    return page(
        "outputs/events.html",
        material=material,
        held=queries.list_events(g.viewer, material),
        choices=queries.list_events_to_fill(g.viewer, material) if can_change else [],
        can_change=can_change,
        section="materials",
    )


@bp.post("/materials/<int:material_id>/events/attach")
def attach_to(material_id: int) -> ResponseReturnValue:
    material = get_material(g.viewer, material_id)
    event = queries.get_event_to_fill(g.viewer, request.values.get("event", 0, type=int))
    actions.attach(g.viewer, event, materials=[material])
    flash(_("The material and the event name each other now."))
    return redirect(material.path, 303)


@bp.get("/recordings/overdue")
def overdue() -> ResponseReturnValue:
    demand(policy.edits_somewhere(g.viewer), "outputs.overdue")
    return page("outputs/overdue.html", found=recording_queries.list_uncaptioned(g.viewer), section="events")


def _page(event: Event, form: RecordingForm) -> str:
    words = request.args.get("q", "").strip()
    return network_page(
        "outputs/materials.html",
        event.network,
        "events",
        section="events",
        event=event,
        lines=queries.list_materials(g.viewer, event),
        found=queries.find_materials(g.viewer, event, words),
        words=words,
        form=form,
        today=clock.today(),
    )


def _materials(event: Event) -> str:
    return f"{event.path}materials"
