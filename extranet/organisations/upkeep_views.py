"""At which address: the register of organisations is kept, and a person moved from one to another."""

from typing import Any

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from extranet.core.i18n import gettext as _
from extranet.core.i18n import local_plain
from extranet.core.text import LocalText
from extranet.core.web import page
from extranet.organisations import policy, queries, upkeep_actions
from extranet.organisations.blueprint import bp
from extranet.organisations.business_id import is_valid_business_id
from extranet.organisations.forms import AddForm, ChangeForm, MoveForm
from extranet.organisations.models import Organisation, OrganisationKind, OrganisationLanguages


def _options(first: str, but: Organisation | None = None) -> list[SelectChoice]:
    listed = [
        SelectChoice(str(o.id), f"{local_plain(o.name)} ({o.code})")
        for o in queries.list_options(g.viewer)
        if but is None or o.id != but.id
    ]
    return [SelectChoice("", first), *listed]


def _facts(form: ChangeForm) -> dict[str, Any]:
    """What the form says, as the register has it."""
    return {
        "name": LocalText(fi=form.name_fi.data, sv=form.name_sv.data),
        "region": LocalText(fi=form.region_fi.data, sv=form.region_sv.data),
        "kind": OrganisationKind(form.kind.data),
        "languages": OrganisationLanguages(form.languages.data),
        "business_id": form.business_id.data or None,
        "member_employer": form.member_employer.data,
        "parent_id": form.parent_id.data,
        "successor_id": form.successor_id.data,
        "active_from": form.active_from.data,
        "active_until": form.active_until.data,
        "email_domains": form.email_domains.data.lower().replace(",", " ").split(),
    }


def _choose(form: ChangeForm, organisation: Organisation | None = None) -> ChangeForm:
    form.parent_id.choices = _options(_("No group"), organisation)
    form.successor_id.choices = _options(_("Nobody: it goes on"), organisation)
    if organisation is not None and organisation.successor is not None:
        known = organisation.successor
        form.successor_id.choices.append(SelectChoice(str(known.id), f"{local_plain(known.name)} ({known.code})"))
    return form


def _doubt(business_id: str) -> None:
    """A wrong check digit is told, not refused: registers hold them (domain.md §7.3)."""
    if business_id and not is_valid_business_id(business_id):
        flash(_("The business ID %(number)s does not look right: check it. It was saved as written.", number=business_id), "warn")


@bp.route("/organisations/add", methods=["GET", "POST"])
def add() -> ResponseReturnValue:
    queries.check(g.viewer, policy.can_change, None)
    form = _choose(AddForm(member_employer=True) if request.method == "GET" else AddForm())
    if request.method == "GET" or not form.validate():
        return page(
            "organisations/change.html", organisation=None, form=form, section="organisations"
        ), 200 if request.method == "GET" else 422
    organisation = upkeep_actions.add(g.viewer, None, code=form.code.data, **_facts(form))
    flash(_("%(name)s was added.", name=local_plain(organisation.name)))
    _doubt(form.business_id.data)
    return redirect(url_for(".organisation", code=organisation.code), 303)


@bp.route("/organisations/<code>/change", methods=["GET", "POST"])
def change(code: str) -> ResponseReturnValue:
    organisation = queries.check(g.viewer, policy.can_change, queries.get_organisation(g.viewer, code))
    form = _choose(ChangeForm(data=_present(organisation)), organisation)
    if request.method == "GET" or not form.validate():
        status = 200 if request.method == "GET" else 422
        return page("organisations/change.html", organisation=organisation, form=form, section="organisations"), status
    upkeep_actions.change(g.viewer, organisation, **_facts(form))
    flash(_("The change was saved."))
    _doubt(form.business_id.data)
    return redirect(url_for(".organisation", code=code), 303)


def _present(organisation: Organisation) -> dict[str, Any]:
    facts = ("kind", "languages", "business_id", "member_employer", "parent_id", "successor_id", "active_from", "active_until")
    return {name: getattr(organisation, name) for name in facts} | {
        "name_fi": organisation.name.get("fi", ""),
        "name_sv": organisation.name.get("sv", ""),
        "region_fi": organisation.region.get("fi", ""),
        "region_sv": organisation.region.get("sv", ""),
        "email_domains": " ".join(organisation.email_domains),
    }


@bp.route("/organisations/<code>/people/<int:person_id>/move", methods=["GET", "POST"])
def move(code: str, person_id: int) -> ResponseReturnValue:
    organisation = queries.check(g.viewer, policy.can_move_person, queries.get_organisation(g.viewer, code))
    person = queries.get_person(g.viewer, organisation, person_id)
    form = MoveForm()
    form.organisation_id.choices = _options(_("Choose"), organisation)
    if request.method == "GET" or not form.validate():
        status = 200 if request.method == "GET" else 422
        return page("organisations/move.html", organisation=organisation, person=person, form=form, section="organisations"), status
    to = queries.get_option(g.viewer, form.organisation_id.data)
    upkeep_actions.move_person(g.viewer, person, to=to)
    flash(_("%(name)s was moved. Appointments ended today, and the leaders of the networks were asked to check.", name=person.name))
    return redirect(url_for(".organisation", code=to.code), 303)
