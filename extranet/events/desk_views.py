"""At which address: the organiser's desk. Parse, call, answer."""

from typing import Any

from flask import flash, g, redirect, request
from flask.typing import ResponseReturnValue

from extranet.core import clock
from extranet.core.i18n import gettext as _
from extranet.events import desk_actions, desk_people, desk_policy, desk_queries, policy, queries, signup_actions
from extranet.events.blueprint import bp
from extranet.events.desk_filters import Chosen, Shelf, Sort
from extranet.events.desk_forms import GuestForm, PlaceForm
from extranet.events.details import Details
from extranet.events.forms import ReasonForm
from extranet.events.kinds import ChoiceRule, Mode
from extranet.events.models import Event, Signup
from extranet.networks.head import network_page


def desk_page(template: str, event: Event, **context: Any) -> str:
    """A page of the desk, inside the event's network."""
    return network_page(template, event.network, "events", section="events", event=event, desk=f"{event.path}desk", **context)


def asked_page() -> int:
    """The number of the page in `?page=`; 1 where it makes no sense."""
    number = request.args.get("page", "")
    return max(int(number), 1) if number.isdecimal() and len(number) < 7 else 1


@bp.get("/events/<int:event_id>/desk")
def desk(event_id: int) -> ResponseReturnValue:
    event, chosen = queries.get_event(g.viewer, event_id), Chosen.of(request.args)
    counts = desk_queries.count_signups(g.viewer, event)
    people = desk_queries.list_people(g.viewer, event, chosen, counts, asked_page(), "X-Poll" in request.headers)
    rooms = desk_queries.list_rooms(g.viewer, event) if event.has_programme else []
    return desk_page(
        "events/desk.html",
        event,
        chosen=chosen,
        counts=counts,
        people=people,
        rooms=rooms,
        choices=desk_queries.choices_of(g.viewer, [row.id for row in people.rows]) if rooms else {},
        questions=desk_queries.list_questions(g.viewer, event) if event.has_questions else [],
        shelves=list(Shelf),
        sorts=list(Sort),
        can_add=policy.can_enter_by_hand(g.viewer, event) and event.can_move_people,
        sees_needs=desk_policy.can_see_needs(g.viewer, event),
        now=clock.now(),
    )


@bp.get("/events/<int:event_id>/participants")
def participants(event_id: int) -> ResponseReturnValue:
    event = queries.get_event(g.viewer, event_id)
    if policy.can_see_participants(g.viewer, event) and "names" not in request.args:
        query = Chosen.of(request.args).query()
        return redirect(f"{event.path}desk{'?' + query if query else ''}")
    own = queries.find_own(g.viewer, event).signup
    names = desk_people.list_names(g.viewer, event, own, asked_page())
    return desk_page("events/participants.html", event, names=names, own=own)


@bp.get("/events/<int:event_id>/desk/<int:signup_id>")
def signup_at_desk(event_id: int, signup_id: int) -> ResponseReturnValue:
    event = queries.get_event(g.viewer, event_id)
    entry = desk_queries.get_entry(g.viewer, event, signup_id)
    return desk_page(
        "events/desk_signup.html", event, entry=entry, signup=entry.signup, sees_needs=desk_policy.can_see_needs(g.viewer, event)
    )


@bp.route("/events/<int:event_id>/desk/<int:signup_id>/remove", methods=["GET", "POST"])
def remove(event_id: int, signup_id: int) -> ResponseReturnValue:
    signup, form = _signup(event_id, signup_id), ReasonForm()
    if request.method == "GET" or not form.validate():
        return _by_hand("remove", signup, form)
    signup_actions.remove(g.viewer, signup, reason=form.reason.data)
    flash(_("%(name)s was taken off the event and is told why.", name=signup.name))
    return redirect(f"{signup.event.path}desk", 303)


@bp.route("/events/<int:event_id>/desk/<int:signup_id>/promote", methods=["GET", "POST"])
def promote(event_id: int, signup_id: int) -> ResponseReturnValue:
    signup, form = _signup(event_id, signup_id), ReasonForm()
    if request.method == "GET" or not form.validate():
        return _by_hand("promote", signup, form)
    signup_actions.promote(g.viewer, signup, reason=form.reason.data)
    flash(_("%(name)s has a place now and hears of it at once.", name=signup.name))
    return redirect(f"{signup.event.path}desk", 303)


@bp.route("/events/<int:event_id>/desk/<int:signup_id>/move", methods=["GET", "POST"])
def move(event_id: int, signup_id: int) -> ResponseReturnValue:
    signup = _signup(event_id, signup_id)
    event = signup.event
    rooms = desk_queries.list_rooms(g.viewer, event) if desk_actions.can_move_sessions(event, signup) else []
    seats = [s for s in queries.count_seats(g.viewer, event) if s.mode in event.modes]
    now = desk_queries.choices_of(g.viewer, [signup.id])[signup.id]
    form = PlaceForm.of(seats, rooms, signup.mode, now)
    if request.method == "GET" or not form.validate():
        body = desk_page("events/desk_move.html", event, signup=signup, form=form, is_drawn=event.choice_rule != ChoiceRule.WISHES)
        return body, 200 if request.method == "GET" else 422
    desk_actions.move(g.viewer, signup, mode=Mode(form.mode.data), sessions=form.changed_sessions(), reason=form.reason.data)
    flash(_("The sign-up was changed. %(name)s is told why.", name=signup.name))
    return redirect(f"{event.path}desk/{signup.id}", 303)


@bp.get("/events/<int:event_id>/desk/add")
def find_to_add(event_id: int) -> ResponseReturnValue:
    event, words = queries.get_event(g.viewer, event_id), request.args.get("q", "").strip()[:200]
    people = desk_people.find_people(g.viewer, event, words)
    return desk_page("events/desk_add.html", event, people=people, q=words, most=desk_people.MOST)


@bp.route("/events/<int:event_id>/desk/add/<int:user_id>", methods=["GET", "POST"])
def add_person(event_id: int, user_id: int) -> ResponseReturnValue:
    event = queries.get_event(g.viewer, event_id)
    person = desk_people.get_person(g.viewer, event, user_id)
    form = _place_form(PlaceForm, event)
    if request.method == "GET" or not form.validate():
        return _add_page(event, form, person.name)
    signup = signup_actions.enter_by_hand(
        g.viewer, event, who=person, mode=Mode(form.mode.data), reason=form.reason.data, details=Details(wishes=form.wishes())
    )
    return _added(event, signup)


@bp.route("/events/<int:event_id>/desk/add/guest", methods=["GET", "POST"])
def add_guest(event_id: int) -> ResponseReturnValue:
    event = queries.get_event(g.viewer, event_id)
    desk_queries.check_desk(g.viewer, event)
    form = _place_form(GuestForm, event)
    if request.method == "GET" or not form.validate():
        return _add_page(event, form)
    signup = signup_actions.enter_by_hand(
        g.viewer, event, who=form.guest(), mode=Mode(form.mode.data), reason=form.reason.data, details=Details(wishes=form.wishes())
    )
    return _added(event, signup)


def _place_form(kind: type[PlaceForm], event: Event) -> Any:
    seats = [s for s in queries.count_seats(g.viewer, event) if s.mode in event.modes]
    return kind.of(seats, desk_queries.list_rooms(g.viewer, event))


def _add_page(event: Event, form: PlaceForm, name: str = "") -> ResponseReturnValue:
    return desk_page("events/desk_add_person.html", event, form=form, name=name), 200 if request.method == "GET" else 422


def _added(event: Event, signup: Signup) -> ResponseReturnValue:
    if signup.is_waiting:
        flash(_("All places are taken, so %(name)s is last in the queue. You can give a place by hand.", name=signup.name), "warn")
    else:
        flash(_("%(name)s has a place now and hears of it at once.", name=signup.name))
    return redirect(f"{event.path}desk/{signup.id}", 303)


def _signup(event_id: int, signup_id: int) -> Signup:
    return desk_queries.get_signup(g.viewer, queries.get_event(g.viewer, event_id), signup_id)


def _by_hand(verb: str, signup: Signup, form: ReasonForm) -> ResponseReturnValue:
    event = signup.event
    seats = next(s for s in queries.count_seats(g.viewer, event) if s.mode == signup.mode)
    body = desk_page("events/by_hand.html", event, verb=verb, signup=signup, form=form, seats=seats)
    return body, 200 if request.method == "GET" else 422
