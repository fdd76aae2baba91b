"""At which address. Parse, call, answer."""

from typing import Any

from flask import flash, g, redirect, request
from flask.typing import ResponseReturnValue

from extranet.core.beside import parts_of
from extranet.core.i18n import gettext as _
from extranet.core.web import page, public
from extranet.events import actions, draw_queries, event_queries, policy, programme_queries, queries, signup_words
from extranet.events import tasks as _receivers  # noqa: F401  connects what listens to signals
from extranet.events.blueprint import bp
from extranet.events.event_forms import EventForm
from extranet.events.finding import Wanted
from extranet.events.forms import ReasonForm
from extranet.events.kinds import EventState, EventType
from extranet.events.models import Event, Seats
from extranet.events.queries import Show
from extranet.events.signup_forms import SignUpForm
from extranet.networks.head import network_page
from extranet.networks.models import Network
from extranet.networks.policy import can_read
from extranet.networks.queries import get_network
from extranet.networks.topics import list_topics


def _page_no() -> int:
    return max(1, request.args.get("page", 1, type=int))


def _page(template: str, network: Network, **context: Any) -> str:
    return network_page(template, network, "events", section="events", **context)


def _show(default: Show) -> Show:
    return request.args.get("show", default, type=Show)


@bp.get("/events/")
@public
def index() -> ResponseReturnValue:
    networks = queries.list_networks(g.viewer)
    network = next((n for n in networks if n.slug == request.args.get("network")), None)
    show = _show(Show.ALL if network else Show.FOR_ME)
    wanted = Wanted.of(request.args)
    listing = queries.list_events(g.viewer, show, network.id if network else None, _page_no(), wanted)
    choices = {"networks": networks, "topics": list_topics(), "types": list(EventType)}
    return page("events/index.html", section="events", listing=listing, network=network, show=show, wanted=wanted, **choices)


@bp.get("/networks/<slug>/events/")
@public
def network_index(slug: str) -> ResponseReturnValue:
    network = get_network(g.viewer, slug)
    show, wanted = _show(Show.ALL), Wanted.of(request.args)
    return _page(
        "events/network.html",
        network,
        listing=queries.list_events(g.viewer, show, network.id, _page_no(), wanted),
        show=show,
        wanted=wanted,
        topics=list_topics(),
        types=list(EventType),
        can_create=policy.can_create(g.viewer, network),
        can_read=can_read(g.viewer, network),
    )


@bp.get("/networks/<slug>/events/new")
def new(slug: str) -> ResponseReturnValue:
    network = queries.get_network_to_plan_in(g.viewer, slug)
    return _form_page(network, _event_form(network))


@bp.post("/networks/<slug>/events/new")
def create(slug: str) -> ResponseReturnValue:
    network = queries.get_network_to_plan_in(g.viewer, slug)
    form = _event_form(network)
    if not form.validate():
        return _form_page(network, form), 422
    event = actions.create(g.viewer, network, **form.values())
    flash(_("The draft was saved. Only the network's leaders and experts see it until you announce it or open registration."))
    return redirect(event.path, 303)


@bp.route("/events/<int:event_id>/edit", methods=["GET", "POST"])
def edit(event_id: int) -> ResponseReturnValue:
    event = queries.get_event_to_edit(g.viewer, event_id)
    form = _event_form(event.network, event)
    if request.method == "GET":
        return _form_page(event.network, form, event)
    if not form.validate():
        return _form_page(event.network, form, event), 422
    actions.edit(g.viewer, event, lock_version=form.lock_version.data, **form.values())
    flash(_("The changes were saved."))
    return redirect(event.path, 303)


def _event_form(network: Network, event: Event | None = None) -> EventForm:
    background = event_queries.get_background(g.viewer, network, event)
    seats = queries.count_seats(g.viewer, event) if event else ()
    return EventForm(network, list_topics(), background, event, seats, g.viewer.user_id)


def _form_page(network: Network, form: EventForm, event: Event | None = None) -> str:
    return _page("events/form.html", network, form=form, event=event)


@bp.get("/events/<int:event_id>/")
@public
def event(event_id: int) -> ResponseReturnValue:
    return event_page(*queries.get_event_with_seats(g.viewer, event_id))


def event_page(event: Event, seats: tuple[Seats, ...], form: SignUpForm | None = None) -> str:
    """The event's page; with the form as it came back, where something is to be corrected."""
    own = queries.find_own(g.viewer, event)
    can_read = policy.is_addressed(g.viewer, event)
    programme = programme_queries.context(g.viewer, event, can_read)
    return _page(
        "events/event.html",
        event.network,
        event=event,
        seats=seats,
        own=own,
        can_edit=policy.can_edit(g.viewer, event),
        can_read=can_read,
        **programme,
        **signup_words.card(g.viewer, event, seats, own, programme["programme"], form),
        can_sign_up=policy.can_sign_up(g.viewer, event),
        can_see_colleagues=policy.can_see_colleagues(g.viewer, event),
        can_see_participants=policy.can_see_participants(g.viewer, event),
        stream_url=event.stream_url if policy.can_see_stream(g.viewer, event, own.signup) else "",
        **draw_queries.context(g.viewer, event, own.signup),
        beside=parts_of("event", g.viewer, event),
    )


@bp.post("/events/<int:event_id>/publish")
def publish(event_id: int) -> ResponseReturnValue:
    event = queries.get_event(g.viewer, event_id)
    to = EventState.OPEN if request.form.get("to") == EventState.OPEN else EventState.ANNOUNCED
    actions.publish(g.viewer, event, to=to)
    flash(
        _("Registration is open. The members hear of it.")
        if to == EventState.OPEN
        else _("The event was announced. The members hear of it.")
    )
    return redirect(event.path, 303)


@bp.post("/events/<int:event_id>/close")
def close(event_id: int) -> ResponseReturnValue:
    event = queries.get_event(g.viewer, event_id)
    actions.close(g.viewer, event)
    flash(_("Registration was closed. Places that become free still go to the waiting list."))
    return redirect(event.path, 303)


@bp.post("/events/<int:event_id>/reopen")
def reopen(event_id: int) -> ResponseReturnValue:
    event = queries.get_event(g.viewer, event_id)
    actions.reopen(g.viewer, event)
    flash(_("Registration is open again."))
    return redirect(event.path, 303)


@bp.route("/events/<int:event_id>/cancel-event", methods=["GET", "POST"])
def cancel_event(event_id: int) -> ResponseReturnValue:
    event = queries.get_event_to_edit(g.viewer, event_id)
    form = ReasonForm()
    if request.method == "GET" or not form.validate():
        seats = queries.count_seats(g.viewer, event)
        body = _page("events/cancel_event.html", event.network, event=event, form=form, seats=seats)
        return body, 200 if request.method == "GET" else 422
    actions.cancel_event(g.viewer, event, reason=form.reason.data)
    flash(_("The event was cancelled. Everyone who had signed up is told why."))
    return redirect(event.path, 303)


from extranet.events import (  # noqa: E402, F401  their views are at the same blueprint
    colleague_views,
    desk_views,
    draw_views,
    guest_views,
    message_views,
    paper_views,
    programme_views,
    question_views,
    signup_views,
    year_views,
)
