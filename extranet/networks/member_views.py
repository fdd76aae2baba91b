"""At which address: the members of a network, and what its moderators decide about them."""

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from extranet.audit.log import record_apart
from extranet.core.errors import NotAllowed
from extranet.core.i18n import gettext as _
from extranet.networks import actions, member_queries, policy, queries, words
from extranet.networks.blueprint import bp
from extranet.networks.head import network_page
from extranet.networks.member_forms import DeclineForm, InviteForm, ReasonForm, RoleForm
from extranet.networks.models import Membership, Network


@bp.get("/networks/<slug>/members")
def members(slug: str) -> ResponseReturnValue:
    network = queries.get_network(g.viewer, slug)
    return _members(network, InviteForm(formdata=None))


@bp.post("/networks/<slug>/members/invite")
def invite(slug: str) -> ResponseReturnValue:
    network = queries.get_network(g.viewer, slug)
    if not policy.can_moderate(g.viewer, network):  # before an answer tells who has an account
        raise NotAllowed("networks.invite")
    form = InviteForm()
    user = member_queries.find_invitee(form.email.data or "") if form.validate() else None
    if user is None:
        if not form.errors:
            form.email.errors = [_("Nobody has an account with this address. Check it, or ask an administrator to add the person.")]
        return _members(network, form), 422
    actions.invite(g.viewer, network, user=user, message=form.message.data)
    flash(_("%(name)s was invited and gets a letter.", name=user.name), "ok")
    return _back(slug)


@bp.post("/networks/<slug>/members/<int:membership_id>/approve")
def approve(slug: str, membership_id: int) -> ResponseReturnValue:
    membership = actions.approve(g.viewer, member_queries.get_membership(g.viewer, slug, membership_id))
    flash(_("%(name)s is a member now and gets a letter.", name=membership.user.name), "ok")
    return _back(slug)


@bp.get("/networks/<slug>/members/<int:membership_id>/decline")
def declining(slug: str, membership_id: int) -> ResponseReturnValue:
    membership = member_queries.get_membership(g.viewer, slug, membership_id)
    return _reason("networks/decline.html", membership, DeclineForm(membership.user.language))


@bp.post("/networks/<slug>/members/<int:membership_id>/decline")
def decline(slug: str, membership_id: int) -> ResponseReturnValue:
    membership = member_queries.get_membership(g.viewer, slug, membership_id)
    form = DeclineForm(membership.user.language)
    if not form.validate():
        return _reason("networks/decline.html", membership, form), 422
    actions.decline(g.viewer, membership, reason=form.given)
    flash(_("The request was declined. %(name)s gets a letter with the reason.", name=membership.user.name), "ok")
    return _back(slug)


@bp.get("/networks/<slug>/members/<int:membership_id>/remove")
def removing(slug: str, membership_id: int) -> ResponseReturnValue:
    return _reason("networks/remove.html", member_queries.get_membership(g.viewer, slug, membership_id), ReasonForm())


@bp.post("/networks/<slug>/members/<int:membership_id>/remove")
def remove(slug: str, membership_id: int) -> ResponseReturnValue:
    membership = member_queries.get_membership(g.viewer, slug, membership_id)
    form = ReasonForm()
    if not form.validate():
        return _reason("networks/remove.html", membership, form), 422
    actions.remove(g.viewer, membership, reason=form.given)
    flash(_("%(name)s was removed and gets a letter with the reason.", name=membership.user.name), "ok")
    return _back(slug)


@bp.post("/networks/<slug>/members/<int:membership_id>/role")
def set_role(slug: str, membership_id: int) -> ResponseReturnValue:
    membership = member_queries.get_membership(g.viewer, slug, membership_id)
    form = RoleForm(membership.network, words.ROLES)
    if not form.validate():
        return _members(membership.network, InviteForm(formdata=None)), 422
    actions.set_role(g.viewer, membership, role=form.role.data)
    flash(_("%(name)s has a new role: %(role)s.", name=membership.user.name, role=words.ROLES[form.role.data]), "ok")
    return _back(slug)


def _members(network: Network, form: InviteForm) -> str:
    viewer = g.viewer
    search = request.args.get("q", "").strip()[:100]
    found = member_queries.list_members(viewer, network, search, max(request.args.get("page", 1, int), 1))
    moderates = policy.can_moderate(viewer, network)
    requests, invited = member_queries.list_waiting(network) if moderates else ([], [])
    record_apart(viewer, "networks.members_read", network)
    return network_page(
        "networks/members.html",
        network,
        "members",
        found=found,
        q=search,
        moderates=moderates,
        requests=requests,
        invited=invited,
        form=form,
        roles=[role for role in policy.roles_in(network) if policy.may_give(viewer, network, role)],
        manageable=policy.manageable(viewer, network),
    )


def _reason(template: str, membership: Membership, form: ReasonForm) -> str:
    return network_page(template, membership.network, "members", membership=membership, form=form)


def _back(slug: str) -> ResponseReturnValue:
    return redirect(url_for(".members", slug=slug), 303)
