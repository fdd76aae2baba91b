"""Guests: the organisers' invitations, and the pages that open by a secret address without an account."""

from typing import Any, TypeVar

from flask import current_app, flash, g, redirect, request
from flask.typing import ResponseReturnValue

from extranet.accounts import misses
from extranet.core.errors import NotFound
from extranet.core.i18n import COOKIE, LANGUAGES, in_language
from extranet.core.i18n import gettext as _
from extranet.core.viewer import NOBODY
from extranet.core.web import page, public, unlisted
from extranet.events import draw_queries, guest_actions, guest_links, guest_policy, guest_queries, places, queries, signup_queries, tickets
from extranet.events.blueprint import bp
from extranet.events.guest_forms import GuestForm, InvitationForm
from extranet.events.guest_models import Invitation
from extranet.events.guest_policy import GuestKey, InvitationKey
from extranet.events.kinds import IN_FORCE, Mode
from extranet.events.models import Event
from extranet.events.prices import cancel_charge, free_until
from extranet.events.programme_queries import Programme, get_programme
from extranet.events.signup_forms import SignUpForm
from extranet.events.signup_queries import Told
from extranet.events.signup_words import said, terms, typed
from extranet.networks.head import network_page

Found = TypeVar("Found", Invitation, Told)


@bp.get("/events/<int:event_id>/guests")
def guests(event_id: int) -> ResponseReturnValue:
    event = guest_queries.get_event_to_invite(g.viewer, event_id)
    return _list_page(event, InvitationForm(event))


@bp.post("/events/<int:event_id>/guests")
def invite(event_id: int) -> ResponseReturnValue:
    event = guest_queries.get_event_to_invite(g.viewer, event_id)
    form = InvitationForm(event)
    if not form.validate():
        return _list_page(event, form), 422
    guest = form.guest()
    guest_actions.invite(g.viewer, event, guest=guest, guests=form.guests.data or 1, expires_at=form.expires_at)
    flash(_("The letter with the link is on its way.") if guest else _("The link is ready. Copy it and send it to your guests."))
    return redirect(f"{event.path}guests", 303)


@bp.post("/events/<int:event_id>/guests/<int:invitation_id>/revoke")
def revoke_invitation(event_id: int, invitation_id: int) -> ResponseReturnValue:
    guest_actions.revoke_invitation(g.viewer, guest_queries.get_invitation(g.viewer, event_id, invitation_id))
    flash(_("The link was ended. Guests who have signed up by it keep their places."))
    return redirect(f"/events/{event_id}/guests", 303)


@bp.route("/events/invitations/<token>", methods=["GET", "POST"])
@public
@unlisted
def invitation(token: str) -> ResponseReturnValue:
    """The form for a guest. Mail programs open links by themselves: looking uses nothing up."""
    found = _open(guest_queries.find_invitation(token))
    language = _language(found.language if found.email else None)
    with in_language(language):
        event = found.event
        is_used = guest_queries.count_used(g.viewer, found) >= found.guests
        if not guest_policy.is_in_force(found) or is_used:
            return page("events/invitation_over.html", event=event, is_used=is_used, section=""), 410
        form = _guest_form(found, queries.count_seats(NOBODY, event))
        if request.method == "GET" or "back" in request.form:
            return _invitation_page(found, token, form)
        places.check_open(event)
        if not form.validate():
            return _invitation_page(found, token, form), 422
        if event.price_cents and "reviewed" not in request.form:
            words = {"said": said(form), "terms": terms(event, guest=True), "fields": typed(request.form)}
            return page("events/guest_review.html", event=event, token=token, form=form, section="", **words)
        signup = guest_actions.sign_up_guest(
            g.viewer, InvitationKey(found, token), guest=form.guest(language), mode=Mode(form.mode.data), details=form.details()
        )
        flash(_("Thank you. A letter with the link to this page is on its way to %(email)s.", email=signup.guest_email))
        return redirect(guest_links.path_of(signup) or "/", 303)


@bp.route("/events/guests/<token>", methods=["GET", "POST"])
@public
@unlisted
def guest(token: str) -> ResponseReturnValue:
    """A guest's own sign-up, to see and to change."""
    told = _open(guest_queries.find_guest(token))
    with in_language(_language(told.signup.guest_language)):
        event = told.signup.event
        seats = queries.count_seats(NOBODY, event)
        form = SignUpForm.of(signup_queries.read_sheet(NOBODY, event, seats, _programme(event), told))
        if request.method == "GET":
            return _guest_page(told, token, form, seats)
        if not form.validate():
            return _guest_page(told, token, form, seats), 422
        guest_actions.change_guest(g.viewer, GuestKey(told.signup, token), mode=Mode(form.mode.data), details=form.details())
        flash(_("The changes were saved."))
        return redirect(f"/events/guests/{token}", 303)


@bp.post("/events/guests/<token>/accept")
@public
@unlisted
def accept_as_guest(token: str) -> ResponseReturnValue:
    told = _open(guest_queries.find_guest(token))
    with in_language(_language(told.signup.guest_language)):
        guest_actions.accept_as_guest(g.viewer, GuestKey(told.signup, token))
        flash(_("You have a place. A confirmation is on its way to %(email)s.", email=told.signup.guest_email))
        return redirect(f"/events/guests/{token}", 303)


@bp.route("/events/guests/<token>/cancel", methods=["GET", "POST"])
@public
@unlisted
def cancel_as_guest(token: str) -> ResponseReturnValue:
    told = _open(guest_queries.find_guest(token))
    with in_language(_language(told.signup.guest_language)):
        event = told.signup.event
        if request.method == "GET":
            charge = cancel_charge(event, told.signup)
            return page("events/guest_cancel.html", event=event, mine=told.signup, charge=charge, token=token, section="")
        guest_actions.cancel_as_guest(g.viewer, GuestKey(told.signup, token), charge_seen=request.form.get("charge", 0, type=int))
        flash(_("Your sign-up was cancelled. Thank you for making room for others."))
        return redirect(f"/events/guests/{token}", 303)


def _open(found: Found | None) -> Found:
    """What the link opens; a wrong one is a miss, and many of them close the door for a while."""
    misses.check("events", g.viewer.ip)
    if found is None:
        misses.count("events", g.viewer.ip)
        raise NotFound
    return found


def _language(of_row: str | None) -> str:
    """What the reader has chosen, else what stands in the row, else what the browser says."""
    for wish in (request.args.get("lang"), g.viewer.language, request.cookies.get(COOKIE), of_row):
        if wish in LANGUAGES:
            return str(wish)
    return request.accept_languages.best_match(list(LANGUAGES), "fi") or "fi"


def _guest_form(found: Invitation, seats: Any) -> GuestForm:
    sheet = signup_queries.read_sheet(NOBODY, found.event, seats, _programme(found.event))
    form = GuestForm.of(sheet, name=found.name, email=found.email, organisation=found.organisation)
    assert isinstance(form, GuestForm)  # noqa: S101  it was asked for
    return form


def _programme(event: Event) -> Programme:
    return get_programme(NOBODY, event) if event.starts_at is not None else Programme()


def _invitation_page(found: Invitation, token: str, form: GuestForm) -> str:
    event, seats = found.event, form.sheet.seats
    return page(
        "events/invitation.html", event=event, invitation=found, token=token, form=form, seats=seats, programme=_programme(event), network=event.network,
        terms=terms(event, guest=True), inside=(), queued=(), guest=True, section="",
    )  # fmt: skip


def _guest_page(told: Told, token: str, form: SignUpForm, seats: Any) -> str:
    mine = told.signup
    event = mine.event
    is_in = mine.is_confirmed and mine.mode == Mode.REMOTE and event.stream_is_on
    return page(
        "events/guest.html", event=event, network=event.network, told=told, mine=mine, form=form, seats=seats, said=said(form), terms=terms(event, guest=True),
        inside=told.inside, queued=told.queued, guest=True, token=token, section="", charge=cancel_charge(event, mine), until=free_until(event),
        can_change=mine.state in IN_FORCE and event.can_move_people and not event.has_begun, stream_url=event.stream_url if is_in else "",
        position=queries.position_of(mine) if mine.is_waiting else 0, accept_url=f"/events/guests/{token}/accept",
        ticket=tickets.path_of(mine.id) if mine.is_confirmed and (event.is_over or mine.mode == Mode.ONSITE) else "",
        **draw_queries.context(NOBODY, event, mine),
    )  # fmt: skip


def _list_page(event: Event, form: InvitationForm) -> str:
    lines, base_url = guest_queries.list_invitations(g.viewer, event), current_app.config["BASE_URL"]
    return network_page(
        "events/guests.html", event.network, "events", section="events", event=event, lines=lines, form=form, base_url=base_url
    )
