"""The places of colleagues, for those who look after an organisation's people."""

from flask import flash, g, redirect, request
from flask.typing import ResponseReturnValue

from extranet.core.errors import demand
from extranet.core.i18n import gettext as _
from extranet.core.i18n import ngettext
from extranet.events import colleague_actions, colleague_queries, policy, queries, signup_actions
from extranet.events.blueprint import bp
from extranet.events.colleague_forms import ColleaguesForm
from extranet.events.kinds import Mode
from extranet.events.models import Event
from extranet.events.prices import cancel_charge
from extranet.events.signup_views import hand_over
from extranet.events.signup_words import terms
from extranet.networks.head import network_page


@bp.get("/events/<int:event_id>/colleagues")
def colleagues(event_id: int) -> ResponseReturnValue:
    event = queries.get_event(g.viewer, event_id)
    demand(policy.can_see_colleagues(g.viewer, event), "events.colleagues")
    people = colleague_queries.list_people(g.viewer, event, request.args.get("q", "")) if event.takes_signups else []
    return _list_page(event, ColleaguesForm(event, people))


@bp.post("/events/<int:event_id>/colleagues")
def sign_up_colleagues(event_id: int) -> ResponseReturnValue:
    event = queries.get_event(g.viewer, event_id)
    demand(policy.can_see_colleagues(g.viewer, event), "events.sign_up_colleagues")
    asked = colleague_queries.get_people(g.viewer, event, request.form.getlist("people", type=int))
    form = ColleaguesForm(event, asked or colleague_queries.list_people(g.viewer, event))
    if not form.validate():
        return _list_page(event, form), 422
    signups = colleague_actions.sign_up_colleagues(g.viewer, event, people=asked, mode=Mode(form.mode.data))
    waiting = sum(signup.is_waiting for signup in signups)
    flash(
        ngettext("%(num)s colleague was signed up and hears of it.", "%(num)s colleagues were signed up and hear of it.", len(signups))
        + (
            " " + ngettext("%(num)s of them is on the waiting list.", "%(num)s of them are on the waiting list.", waiting)
            if waiting
            else ""
        )
    )
    return redirect(f"{event.path}colleagues", 303)


@bp.route("/events/<int:event_id>/colleagues/<int:signup_id>/substitute", methods=["GET", "POST"])
def substitute_colleague(event_id: int, signup_id: int) -> ResponseReturnValue:
    event = queries.get_event(g.viewer, event_id)
    signup = colleague_queries.get_place(g.viewer, event, signup_id)
    return hand_over(signup, f"{event.path}colleagues/{signup.id}/substitute", (f"{event.path}colleagues", _("Colleagues")))


@bp.route("/events/<int:event_id>/colleagues/<int:signup_id>/cancel", methods=["GET", "POST"])
def cancel_for(event_id: int, signup_id: int) -> ResponseReturnValue:
    event = queries.get_event(g.viewer, event_id)
    signup = colleague_queries.get_place(g.viewer, event, signup_id)
    if request.method == "GET":
        charge = cancel_charge(event, signup)
        return network_page(
            "events/cancel_colleague.html", event.network, "events", section="events", event=event, signup=signup, charge=charge
        )
    signup_actions.cancel_for(g.viewer, signup, charge_seen=request.form.get("charge", 0, type=int))
    flash(_("The place of %(name)s was cancelled. The person hears of it.", name=signup.name))
    return redirect(f"{event.path}colleagues", 303)


def _list_page(event: Event, form: ColleaguesForm) -> str:
    return network_page(
        "events/colleagues.html",
        event.network,
        "events",
        section="events",
        event=event,
        places=colleague_queries.list_places(g.viewer, event),
        seats={seats.mode: seats for seats in queries.count_seats(g.viewer, event)},
        form=form,
        q=request.args.get("q", ""),
        terms=terms(event),
    )
