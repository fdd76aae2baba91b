"""One's own place: sign up, see it, change it, hand it over, give it up."""

from typing import Any

from flask import flash, g, redirect, request
from flask.typing import ResponseReturnValue

from extranet.core.errors import demand
from extranet.core.i18n import gettext as _
from extranet.events import colleague_queries, draw_queries, own_actions, places, policy, queries, signup_actions, signup_queries
from extranet.events.blueprint import bp
from extranet.events.colleague_forms import HeirForm
from extranet.events.kinds import IN_FORCE, Mode
from extranet.events.models import Event, Seats, Signup
from extranet.events.prices import cancel_charge, free_until
from extranet.events.programme_queries import Programme, get_programme
from extranet.events.signup_forms import SignUpForm
from extranet.events.signup_queries import Told
from extranet.events.signup_words import given_up, said, terms, typed
from extranet.events.views import event_page
from extranet.networks.head import network_page


@bp.post("/events/<int:event_id>/sign-up")
def sign_up(event_id: int) -> ResponseReturnValue:
    event = queries.get_event(g.viewer, event_id)
    demand(policy.can_sign_up(g.viewer, event), "events.sign_up")
    places.check_open(event)
    form = SignUpForm.of(signup_queries.read_sheet(g.viewer, event, (), _programme(event)))
    if "back" in request.form:
        return event_page(event, queries.count_seats(g.viewer, event), form)
    if not form.validate():
        return event_page(event, queries.count_seats(g.viewer, event), form), 422
    if event.price_cents and "reviewed" not in request.form:
        return _review(event, form)
    signup = signup_actions.sign_up(g.viewer, event, mode=Mode(form.mode.data), details=form.details())
    if signup.is_waiting:
        place = queries.find_own(g.viewer, event).position
        flash(
            _("All places are taken. You are number %(place)s on the waiting list, and you hear at once when you get a place.", place=place)
        )
    else:
        flash(_("You have a place. A confirmation is on its way to %(email)s.", email=g.viewer.email))
    return redirect(event.path, 303)


def _review(event: Event, form: SignUpForm) -> str:
    """What costs money is shown once more before it holds (domain.md §6.1)."""
    return _page("events/review.html", event, form=form, fields=typed(request.form), said=said(form), terms=terms(event))


@bp.get("/events/<int:event_id>/signup")
def signup(event_id: int) -> ResponseReturnValue:
    event, seats = queries.get_event_with_seats(g.viewer, event_id)
    told = signup_queries.get_told(g.viewer, event)
    return _own_page(event, told, _own_form(event, seats, told), seats)


@bp.post("/events/<int:event_id>/signup")
def change_signup(event_id: int) -> ResponseReturnValue:
    event, seats = queries.get_event_with_seats(g.viewer, event_id)
    told = signup_queries.get_told(g.viewer, event)
    form = _own_form(event, seats, told)
    if not form.validate():
        return _own_page(event, told, form, seats), 422
    own_actions.change_signup(g.viewer, told.signup, mode=Mode(form.mode.data), details=form.details())
    flash(_("The changes were saved."))
    return redirect(f"{event.path}signup", 303)


@bp.route("/events/<int:event_id>/signup/substitute", methods=["GET", "POST"])
def substitute(event_id: int) -> ResponseReturnValue:
    event = queries.get_event(g.viewer, event_id)
    return hand_over(queries.get_own(g.viewer, event), f"{event.path}signup/substitute", (f"{event.path}signup", _("My sign-up")))


def hand_over(signup: Signup, url: str, back: tuple[str, str]) -> ResponseReturnValue:
    """Choose who takes the place of that sign-up; of one's own or of a colleague's."""
    event, q = signup.event, request.args.get("q", "")
    demand(policy.can_substitute(g.viewer, signup), "events.substitute")
    people = colleague_queries.list_heirs(g.viewer, signup, q if request.method == "GET" else "")
    form = HeirForm(people)
    if request.method == "GET" or not form.validate():
        body = _page("events/substitute.html", event, signup=signup, people=people, form=form, q=q, url=url, back=back)
        return body, 200 if request.method == "GET" else 422
    heir = next(user for user in people if user.id == form.user.data)
    signup_actions.substitute(g.viewer, signup, user=heir)
    flash(_("%(name)s has the place now and hears of it at once.", name=heir.name))
    return redirect(event.path if signup.user_id == g.viewer.user_id else back[0], 303)


@bp.post("/events/<int:event_id>/accept")
def accept(event_id: int) -> ResponseReturnValue:
    event = queries.get_event(g.viewer, event_id)
    signup_actions.accept(g.viewer, queries.get_own(g.viewer, event))
    flash(_("You have a place. A confirmation is on its way to %(email)s.", email=g.viewer.email))
    return redirect(event.path, 303)


@bp.get("/events/<int:event_id>/cancel")
def own_signup(event_id: int) -> ResponseReturnValue:
    event = queries.get_event(g.viewer, event_id)
    own = queries.find_own(g.viewer, event)
    charge = cancel_charge(event, own.signup) if own.signup else 0
    return _page("events/cancel.html", event, own=own, charge=charge)


@bp.post("/events/<int:event_id>/cancel")
def cancel(event_id: int) -> ResponseReturnValue:
    event = queries.get_event(g.viewer, event_id)
    signup = signup_actions.cancel(g.viewer, event, charge_seen=request.form.get("charge", 0, type=int))
    flash(given_up(signup))
    return redirect(event.path, 303)


def _own_page(event: Event, told: Told, form: SignUpForm, seats: tuple[Seats, ...]) -> str:
    mine = told.signup
    can_change = mine.state in IN_FORCE and event.can_move_people and not event.has_begun
    return _page(
        "events/signup.html",
        event,
        told=told,
        mine=mine,
        form=form,
        seats=seats,
        said=said(form),
        inside=told.inside,
        queued=told.queued,
        can_change=can_change,
        charge=cancel_charge(event, mine),
        until=free_until(event),
        position=queries.position_of(mine) if mine.is_waiting else 0,
        accept_url=f"{event.path}accept",
        **draw_queries.context(g.viewer, event, mine),
    )


def _own_form(event: Event, seats: tuple[Seats, ...], told: Told) -> SignUpForm:
    return SignUpForm.of(signup_queries.read_sheet(g.viewer, event, seats, _programme(event), told))


def _programme(event: Event) -> Programme:
    return get_programme(g.viewer, event) if event.has_programme is not False else Programme()


def _page(template: str, event: Event, **context: Any) -> str:
    return network_page(template, event.network, "events", section="events", event=event, **context)
