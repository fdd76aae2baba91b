"""At which address: the list of networks, what each is about, its door."""

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from extranet.core.i18n import gettext as _
from extranet.core.i18n import local_plain
from extranet.core.web import back, page, public
from extranet.networks import actions, places, policy, queries, receivers
from extranet.networks.blueprint import bp
from extranet.networks.forms import JoinForm
from extranet.networks.head import network_page
from extranet.networks.member_queries import find_own, get_own, get_own_place
from extranet.networks.member_views import members
from extranet.networks.models import MembershipState, Network
from extranet.networks.setting_views import settings

__all__ = ["bp", "members", "places", "receivers", "settings"]


@bp.get("/networks/")
@public
def index() -> ResponseReturnValue:
    listed = queries.list_networks(g.viewer)
    return page(
        "networks/index.html", groups=queries.grouped(g.viewer, listed), can_create=policy.can_create(g.viewer, None), section="networks"
    )


@bp.get("/networks/<slug>/about")
@public
def about(slug: str) -> ResponseReturnValue:
    network = queries.get_network(g.viewer, slug)
    return network_page(
        "networks/about.html",
        network,
        "about",
        leaders=queries.list_leaders(g.viewer, network),
        organisations=queries.list_organisations(g.viewer, network),
        children=queries.list_children(g.viewer, network),
        can_enter=policy.can_enter_discussions(g.viewer, network),
    )


@bp.get("/networks/<slug>/join")
def door(slug: str) -> ResponseReturnValue:
    network = queries.get_network_at_door(g.viewer, slug)
    return _door(network, JoinForm(network))


@bp.post("/networks/<slug>/join")
def join(slug: str) -> ResponseReturnValue:
    network = queries.get_network(g.viewer, slug)
    form = JoinForm(network)
    if not form.validate():
        return _door(network, form), 422
    membership = actions.join(g.viewer, network, declares_employer_side=form.declares, message=form.message.data)
    if membership.state == MembershipState.ACTIVE:
        flash(_("Welcome to %(network)s.", network=local_plain(network.name)), "ok")
        return redirect(network.path, 303)
    flash(_("Your request was sent. You will get a letter when the moderators have decided."), "ok")
    return redirect(url_for(".door", slug=slug), 303)


@bp.post("/networks/<slug>/accept")
def accept(slug: str) -> ResponseReturnValue:
    network = queries.get_network_at_door(g.viewer, slug)
    membership = get_own(g.viewer, network)
    form = JoinForm(network)
    if not form.validate():
        return _door(network, form), 422
    actions.accept(g.viewer, membership, declares_employer_side=form.declares)
    flash(_("Welcome to %(network)s.", network=local_plain(network.name)), "ok")
    return redirect(network.path, 303)


@bp.get("/networks/<slug>/rules")
def rules(slug: str) -> ResponseReturnValue:
    network = queries.get_network(g.viewer, slug)
    get_own_place(g.viewer, network)
    return network_page("networks/rules.html", network, "about")


@bp.post("/networks/<slug>/accept-rules")
def accept_rules(slug: str) -> ResponseReturnValue:
    network = queries.get_network(g.viewer, slug)
    actions.accept_rules(g.viewer, get_own_place(g.viewer, network), version=request.form.get("version", 0, type=int))
    flash(_("Thank you. You can write in the network again."), "ok")
    return back(network.path)


@bp.post("/networks/<slug>/decline-invitation")
def decline_invitation(slug: str) -> ResponseReturnValue:
    network = queries.get_network_at_door(g.viewer, slug)
    actions.decline_invitation(g.viewer, get_own(g.viewer, network))
    flash(_("You turned the invitation down."), "ok")
    return redirect(url_for(".index"), 303)


@bp.get("/networks/<slug>/leave")
def leaving(slug: str) -> ResponseReturnValue:
    network = queries.get_network(g.viewer, slug)
    return network_page("networks/leave.html", network, "about", membership=get_own(g.viewer, network))


@bp.post("/networks/<slug>/leave")
def leave(slug: str) -> ResponseReturnValue:
    network = queries.get_network(g.viewer, slug)
    membership = get_own(g.viewer, network)
    was_member = membership.state == MembershipState.ACTIVE
    actions.leave(g.viewer, membership)
    flash(_("You have left the network.") if was_member else _("Your request was taken back."), "ok")
    return redirect(url_for(".index"), 303)


def _door(network: Network, form: JoinForm) -> str:
    return network_page("networks/join.html", network, "about", form=form, membership=find_own(g.viewer, network), at_door=True)
