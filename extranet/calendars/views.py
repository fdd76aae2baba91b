"""At which address. Parse, call, answer."""

from flask import Blueprint, Response, current_app, flash, g, make_response, redirect, request
from flask.typing import ResponseReturnValue

from extranet.accounts import misses
from extranet.calendars import actions, queries
from extranet.calendars.forms import HoldsForm
from extranet.calendars.links import address_of
from extranet.calendars.models import FeedHolds
from extranet.calendars.month import parse_month, read_month
from extranet.core.errors import NotFound
from extranet.core.i18n import DEFAULT_LANGUAGE, in_language
from extranet.core.i18n import gettext as _
from extranet.core.web import page, public, unlisted
from extranet.events import ics, policy
from extranet.events.finding import Wanted
from extranet.events.kinds import EventType
from extranet.events.queries import Show, list_networks
from extranet.networks.topics import list_topics

bp = Blueprint("calendars", __name__)
TYPE = f"{ics.MIME}; charset=utf-8"


@bp.get("/events/<int:event_id>/calendar.ics")
@public
def event_file(event_id: int) -> ResponseReturnValue:
    event = queries.get_dated_event(g.viewer, event_id)
    signup, revision = queries.find_signup(g.viewer, event)
    content = ics.event_file(event, current_app.config["BASE_URL"], signup, revision, is_reader=policy.is_addressed(g.viewer, event))
    return Response(content, content_type=TYPE, headers={"Content-Disposition": f'attachment; filename="event-{event.id}.ics"'})


@bp.get("/calendars/feed/<token>.ics")
@public
@unlisted
def feed(token: str) -> ResponseReturnValue:
    found = queries.find_owner(token)
    if found is None:  # whether it never was, was replaced, or its account is closed; programs of a whole town hall may ask on
        misses.check("calendars", g.viewer.ip)
        misses.count("calendars", g.viewer.ip)
        raise NotFound
    kept, owner = found
    with in_language(owner.language or DEFAULT_LANGUAGE):
        entries = queries.list_entries(owner, kept.holds)
        content = ics.make_calendar(entries, current_app.config["BASE_URL"], name=_("Network events"))
    answer = make_response(content)
    answer.content_type = TYPE
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.add_etag()
    return answer.make_conditional(request)


@bp.get("/calendars/month")
@public
def month() -> ResponseReturnValue:
    networks = list_networks(g.viewer)
    network = next((n for n in networks if n.slug == request.args.get("network")), None)
    show = request.args.get("show", Show.FOR_ME if g.viewer.is_signed_in and not network else Show.ALL, type=Show)
    show = Show.ALL if show == Show.PAST or not g.viewer.is_signed_in else show
    wanted = Wanted.of({name: request.args.get(name, "") for name in ("type", "topic")})
    calendar = read_month(g.viewer, parse_month(request.args.get("month", "")), show, network.id if network else None, wanted)
    choices = {"networks": networks, "topics": list_topics(), "types": list(EventType)}
    return page("calendars/month.html", section="events", calendar=calendar, network=network, show=show, wanted=wanted, **choices)


@bp.get("/calendars/")
def index() -> ResponseReturnValue:
    return _index()


def _index(form: HoldsForm | None = None) -> str:
    kept = queries.find_feed(g.viewer)
    return page(
        "calendars/index.html",
        section="events",
        feed=kept,
        address=address_of(kept) if kept else None,
        form=form or HoldsForm(data={"holds": kept.holds.value if kept else FeedHolds.OWN.value}),
    )


@bp.post("/calendars/renew")
def renew() -> ResponseReturnValue:
    had_one = queries.find_feed(g.viewer) is not None
    actions.renew(g.viewer, None)
    flash(
        _("There is a new secret address. The old one opens nothing any more: put the new one into your calendar.")
        if had_one
        else _("Your calendar has its address now. Copy it into your own calendar program.")
    )
    return redirect("/calendars/", 303)


@bp.post("/calendars/choose")
def choose() -> ResponseReturnValue:
    kept, form = queries.get_feed(g.viewer), HoldsForm()
    if not form.validate():
        return _index(form), 422
    actions.choose(g.viewer, kept, holds=FeedHolds(form.holds.data))
    flash(_("The choice was saved. Your calendar program shows it when it next asks, often within a few hours."))
    return redirect("/calendars/", 303)


@bp.post("/calendars/stop")
def stop() -> ResponseReturnValue:
    actions.stop(g.viewer, queries.get_feed(g.viewer))
    flash(_("The address was removed. Remove the calendar from your own calendar program, too."))
    return redirect("/calendars/", 303)
