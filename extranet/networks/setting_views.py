"""At which address: a network's settings, its organisations, founding one, an administrator's entry."""

from flask import flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from extranet.core.errors import demand
from extranet.core.i18n import current_language
from extranet.core.i18n import gettext as _
from extranet.core.web import page
from extranet.networks import governance, member_queries, policy, queries
from extranet.networks.blueprint import bp
from extranet.networks.head import network_page
from extranet.networks.models import Membership, Network
from extranet.networks.setting_forms import ChangeForm, CreateForm, EnterForm, GovernForm, OrganisationForm, StateForm, local_of


@bp.get("/networks/new")
def founding() -> ResponseReturnValue:
    demand(policy.can_create(g.viewer, None), "networks.create")
    return page("networks/new.html", form=CreateForm(queries.list_parents(g.viewer)), section="networks")


@bp.post("/networks/new")
def create() -> ResponseReturnValue:
    demand(policy.can_create(g.viewer, None), "networks.create")  # before an answer tells which addresses are taken (T20)
    form = CreateForm(queries.list_parents(g.viewer))
    valid = form.validate()
    if not local_of(form, "name"):
        form.name_fi.errors = [_("Write the network's name in Finnish or Swedish.")]
        valid = False
    if form.slug.data and queries.is_slug_taken(form.slug.data):
        form.slug.errors = [_("Another network has this address already. Choose another.")]
        valid = False
    leader = member_queries.find_invitee(form.leader.data) if form.leader.data else None
    if form.leader.data and leader is None:
        form.leader.errors = [_("Nobody has an account with this address. Check it, or ask an administrator to add the person.")]
        valid = False
    if not valid:
        return page("networks/new.html", form=form, section="networks"), 422
    network = governance.create(
        g.viewer,
        None,
        slug=form.slug.data,
        name=local_of(form, "name"),
        purpose=local_of(form, "purpose"),
        leader=leader,
        **form.rules,
    )
    flash(_("The network was founded as a draft. Write its texts, then open it."), "ok")
    return redirect(url_for(".settings", slug=network.slug), 303)


@bp.get("/networks/<slug>/settings")
def settings(slug: str) -> ResponseReturnValue:
    network = queries.get_network(g.viewer, slug)
    return _settings(network)


@bp.post("/networks/<slug>/change")
def change(slug: str) -> ResponseReturnValue:
    network = queries.get_network(g.viewer, slug)
    form = ChangeForm()
    if not form.validate():
        return _settings(network, texts=form), 422
    version = network.ground_rules_version
    governance.change(
        g.viewer, network, funded_first_n_days=form.funded_first_n_days.data, holds_first_posts=form.holds_first_posts.data, **form.texts
    )
    if network.ground_rules_version != version:
        flash(_("Saved. The ground rules have a new version; every member accepts it before writing again."), "ok")
    else:
        flash(_("Saved."), "ok")
    return redirect(url_for(".settings", slug=slug), 303)


@bp.post("/networks/<slug>/govern")
def govern(slug: str) -> ResponseReturnValue:
    network = queries.get_network(g.viewer, slug)
    form = GovernForm(queries.list_parents(g.viewer, but=network.id))
    if not form.validate():
        return _settings(network, rules=form), 422
    staff = member_queries.list_staff_side(network) if form.employer_only.data and not network.employer_only else []
    if staff and not form.exclude_staff.data and policy.can_govern(g.viewer, network):
        return _settings(network, rules=form, staff=staff), 422
    governance.govern(g.viewer, network, exclude_staff=form.exclude_staff.data, **form.rules)
    flash(_("Saved."), "ok")
    return redirect(url_for(".settings", slug=slug), 303)


@bp.post("/networks/<slug>/state")
def set_state(slug: str) -> ResponseReturnValue:
    network = queries.get_network(g.viewer, slug)
    form = StateForm()
    if not form.validate():
        return _settings(network, state=form), 422
    governance.set_state(g.viewer, network, state=form.state.data)
    flash(_("Saved."), "ok")
    return redirect(url_for(".settings", slug=slug), 303)


@bp.get("/networks/<slug>/organisations")
def organisations(slug: str) -> ResponseReturnValue:
    network = queries.get_network(g.viewer, slug)
    demand(policy.can_change(g.viewer, network), "networks.organisations")
    return _organisations(network, _organisation_form())


@bp.post("/networks/<slug>/organisations/add")
def add_organisation(slug: str) -> ResponseReturnValue:
    network = queries.get_network(g.viewer, slug)
    demand(policy.can_change(g.viewer, network), "networks.add_organisation")
    form = _organisation_form()
    if not form.validate():
        return _organisations(network, form), 422
    governance.add_organisation(g.viewer, network, organisation=queries.get_organisation(form.code.data), is_public=form.is_public.data)
    flash(_("The organisation was added."), "ok")
    return redirect(url_for(".organisations", slug=slug), 303)


@bp.post("/networks/<slug>/organisations/<int:participation_id>/remove")
def remove_organisation(slug: str, participation_id: int) -> ResponseReturnValue:
    governance.remove_organisation(g.viewer, queries.get_participation(g.viewer, slug, participation_id))
    flash(_("The organisation takes part no longer."), "ok")
    return redirect(url_for(".organisations", slug=slug), 303)


@bp.get("/networks/<slug>/enter-discussions")
def entrance(slug: str) -> ResponseReturnValue:
    network = queries.get_network(g.viewer, slug)
    demand(policy.can_enter_discussions(g.viewer, network), "networks.enter_discussions")
    return network_page("networks/enter.html", network, "discussions", form=EnterForm())


@bp.post("/networks/<slug>/enter-discussions")
def enter_discussions(slug: str) -> ResponseReturnValue:
    network = queries.get_network(g.viewer, slug)
    demand(policy.can_enter_discussions(g.viewer, network), "networks.enter_discussions")
    form = EnterForm()
    if not form.validate():
        return network_page("networks/enter.html", network, "discussions", form=form), 422
    governance.enter_discussions(g.viewer, network, reason=form.reason.data)
    flash(_("The discussions are open to you for an hour. The network's leaders were told."), "ok")
    return redirect(f"{network.path}discussions/", 303)


def _settings(
    network: Network,
    texts: ChangeForm | None = None,
    rules: GovernForm | None = None,
    state: StateForm | None = None,
    staff: list[Membership] | None = None,
) -> str:
    viewer = g.viewer
    governs = policy.can_govern(viewer, network)
    demand(governs or policy.can_change(viewer, network), "networks.settings")
    parents = queries.list_parents(viewer, but=network.id) if governs else []
    return network_page(
        "networks/settings.html",
        network,
        "about",
        texts=texts or ChangeForm.of(network),
        rules=rules or GovernForm.of(network, parents),
        state=state or StateForm(data={"state": network.state}),
        staff=staff or [],
        governs=governs,
        has_errors=bool(staff or any(form and form.errors for form in (texts, rules, state))),
    )


def _organisation_form() -> OrganisationForm:
    return OrganisationForm(queries.list_employers(), current_language())


def _organisations(network: Network, form: OrganisationForm) -> str:
    return network_page(
        "networks/organisations.html", network, "about", form=form, organisations=queries.list_organisations(g.viewer, network)
    )
