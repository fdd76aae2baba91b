"""At which address: the list and one organisation. Contact persons: `appointment_views`; the register: `upkeep_views`."""

from typing import Any
from urllib.parse import urlencode

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from extranet.core import clock
from extranet.core.i18n import gettext as _
from extranet.core.web import page
from extranet.organisations import appointment_views, policy, queries, upkeep_actions, upkeep_views
from extranet.organisations.blueprint import bp
from extranet.organisations.listing import Show, Wish, list_organisations
from extranet.organisations.models import OrganisationKind
from extranet.organisations.words import APPOINTMENTS, KINDS, LANGUAGES, reason_of

__all__ = ["appointment_views", "bp", "upkeep_views"]


@bp.get("/organisations/")
def index() -> ResponseReturnValue:
    wish = _wish()
    listing = list_organisations(g.viewer, wish)
    return page(
        "organisations/index.html",
        wish=wish,
        listing=listing,
        kinds=KINDS,
        appointment_words=APPOINTMENTS,
        oversees=policy.oversees(g.viewer),
        can_change=policy.can_change(g.viewer),
        own=queries.find_own(g.viewer),
        proposals=queries.list_proposals(g.viewer),
        url_of=_url_of(wish),
        section="organisations",
    )


def _wish() -> Wish:
    asked = request.args
    default = Show.ONBOARDED if policy.oversees(g.viewer) else Show.ALL
    show = Show(asked["show"]) if asked.get("show") in set(Show) else default
    kind = asked.get("kind", "")
    return Wish(
        q=asked.get("q", "").strip()[:100],
        kind=kind if kind in set(OrganisationKind) else "",
        region=asked.get("region", "")[:80],
        show=show,
        page=asked.get("page", 1, type=int),
    )


def _url_of(wish: Wish) -> Any:
    """The address of the same list with something else: `url_of(show="gaps")`; `{n}` stays for the number of a page."""
    here = {"q": wish.q, "kind": wish.kind, "region": wish.region, "show": wish.show.value}

    def url(page: str = "", **other: str) -> str:
        asked = {name: value for name, value in (here | other).items() if value}
        return f"/organisations/?{urlencode(asked)}" + (f"&page={page}" if page else "")

    return url


@bp.get("/organisations/<code>/")
def organisation(code: str) -> ResponseReturnValue:
    organisation = queries.get_organisation(g.viewer, code)
    appointments = queries.list_appointments(g.viewer, organisation)
    return page(
        "organisations/organisation.html",
        organisation=organisation,
        kinds=KINDS,
        languages=LANGUAGES,
        appointment_words=APPOINTMENTS,
        appointments=appointments,
        gaps=[(kind, queries.gap_since(appointments, kind)) for kind in queries.gaps_of(organisation, appointments)],
        history=queries.history_of(organisation, appointments),
        merged=queries.list_merged(g.viewer, organisation),
        people=queries.list_people(g.viewer, organisation, request.args.get("page", 1, type=int)),
        can=_rights(organisation),
        can_end_appointment=lambda appointment: policy.can_end(g.viewer, appointment),
        can_make_lead=lambda appointment: policy.can_make_lead(g.viewer, appointment),
        reason_of=reason_of,
        today=clock.today,
        section="organisations",
    )


def _rights(organisation: Any) -> dict[str, bool]:
    return {
        "see_contacts": policy.can_see_contacts(g.viewer, organisation),
        "see_people": policy.can_see_people(g.viewer, organisation),
        "propose": policy.can_propose(g.viewer, organisation) and organisation.takes_appointments,
        "decide": policy.can_decide(g.viewer),
        "confirm_details": policy.can_confirm_details(g.viewer, organisation),
        "change": policy.can_change(g.viewer),
        "move": policy.can_move_person(g.viewer),
    }


@bp.post("/organisations/<code>/confirm-details")
def confirm_details(code: str) -> ResponseReturnValue:
    organisation = queries.get_organisation(g.viewer, code)
    upkeep_actions.confirm_details(g.viewer, organisation)
    flash(_("Thank you. The details are confirmed as of today."))
    return redirect(url_for(".organisation", code=code), 303)
