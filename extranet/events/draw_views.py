"""The draw of workshops: look at the numbers, draw, tell."""

from flask import flash, g, redirect, request
from flask.typing import ResponseReturnValue

from extranet.core.i18n import gettext as _
from extranet.events import draw_actions, draw_queries
from extranet.events.blueprint import bp
from extranet.events.draw import fingerprint
from extranet.events.forms import ReasonForm
from extranet.events.models import Event
from extranet.networks.head import network_page


@bp.route("/events/<int:event_id>/draw", methods=["GET", "POST"])
def draw(event_id: int) -> ResponseReturnValue:
    event = draw_queries.get_event_to_draw(g.viewer, event_id)
    desk, form = draw_queries.get_desk(g.viewer, event), ReasonForm()
    if request.method == "GET":
        return _draw_page(event, desk, form)
    if desk.last is not None and not desk.is_told and not form.validate():
        return _draw_page(event, desk, form), 422
    draw_actions.draw(g.viewer, event, reason=form.reason.data or "")
    flash(_("The draw was made. Look at its numbers, and tell the participants when you are ready."))
    return redirect(f"{event.path}draw", 303)


@bp.post("/events/<int:event_id>/draw/tell")
def tell_draw(event_id: int) -> ResponseReturnValue:
    event = draw_queries.get_event_to_draw(g.viewer, event_id)
    draw_actions.tell_draw(g.viewer, event)
    flash(_("The participants are told now. From now on places go to the first who come."))
    return redirect(f"{event.path}draw", 303)


def _draw_page(event: Event, desk: draw_queries.Desk, form: ReasonForm) -> str:
    mark = fingerprint(event.draw_seed) if event.draw_seed else ""
    return network_page("events/draw.html", event.network, "events", section="events", event=event, desk=desk, form=form, fingerprint=mark)
