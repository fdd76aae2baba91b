"""What can you do with a network itself: found it, write its texts, decide who may see it and join it, let it rest."""

from datetime import timedelta
from typing import Any

from sqlalchemy import exists, func, select, update

from extranet.accounts.models import Side, User
from extranet.audit.log import action, record
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.i18n import gettext as _
from extranet.core.signals import network_closed
from extranet.core.text import LocalText, render_local_markdown
from extranet.core.viewer import Viewer
from extranet.networks import policy
from extranet.networks.letters import write_to_moderators
from extranet.networks.member_queries import list_staff_side
from extranet.networks.models import (
    DiscussionEntry,
    JoinPolicy,
    Membership,
    MembershipRole,
    MembershipState,
    Network,
    NetworkKind,
    NetworkState,
    OrganisationParticipation,
    Visibility,
)
from extranet.networks.steps import activate, expel, hold
from extranet.organisations.models import Organisation

ENTRY = timedelta(minutes=60)
ORDINARY = (MembershipRole.MEMBER, MembershipRole.CORE, MembershipRole.ADVISORY)


@action(policy.can_create)
def create(viewer: Viewer, _nothing: None, /, *, slug: str, name: LocalText, leader: User | None = None, **rules: Any) -> Network:
    """Found a network. It begins as a draft, so that it has its texts and its leader before anybody sees it."""
    if db.session.scalar(select(exists().where(Network.slug == slug))):
        raise Refused(_("Another network has this address already. Choose another."))
    network = Network(slug=slug, name=name, kind=rules["kind"], state=NetworkState.DRAFT)
    _set_parent(network, rules.get("parent"), rules["kind"])
    network.purpose = rules.get("purpose") or LocalText()
    network.visibility = rules["visibility"]
    network.join_policy = rules["join_policy"]
    network.employer_only = rules["employer_only"]
    db.session.add(network)
    db.session.flush()
    if leader is not None:
        _refuse_staff_leader(network, leader)
        membership = Membership(
            network_id=network.id, user_id=leader.id, declares_employer_side=network.employer_only, rules_version_accepted=1
        )
        activate(viewer, network, membership, leader.side)
        membership.role = MembershipRole.LEAD
    return network


@action(policy.can_change)
def change(
    viewer: Viewer, network: Network, /, funded_first_n_days: int | None = None, holds_first_posts: bool | None = None, **texts: LocalText
) -> Network:
    """Write the network's texts. New ground rules get a new version, which everybody accepts before she writes again."""
    rules = texts.pop("ground_rules", None)
    if funded_first_n_days is not None:
        network.funded_first_n_days = funded_first_n_days
    if holds_first_posts is not None:
        network.holds_first_posts = holds_first_posts
    for name, text in texts.items():
        setattr(network, name, text)
    if rules is not None and dict(rules) != dict(network.ground_rules):
        network.ground_rules = rules
        network.ground_rules_html = render_local_markdown(rules)
        network.ground_rules_version += 1
        mine = (Membership.network_id == network.id, Membership.user_id == viewer.user_id)
        db.session.execute(update(Membership).where(*mine).values(rules_version_accepted=network.ground_rules_version))
    return network


@action(policy.can_govern)
def govern(
    viewer: Viewer,
    network: Network,
    *,
    kind: NetworkKind,
    parent: Network | None,
    visibility: Visibility,
    join_policy: JoinPolicy,
    employer_only: bool,
    exclude_staff: bool = False,
) -> Network:
    """Decide who may see the network and join it. To make it employer-only, its staff members must go by decision (I-05)."""
    hold(network.id)
    if network.is_archived:
        raise Refused(_("The network is archived. Reopen it first."))
    if employer_only and not network.employer_only:
        _exclude_staff(viewer, network, exclude_staff)
    _set_parent(network, parent, kind)
    if kind != network.kind:
        network.kind = kind
        _rename_ordinary_roles(network)
    if network.visibility == Visibility.PUBLIC and visibility != Visibility.PUBLIC:
        network_closed.send(None, network_id=network.id)
    network.visibility = visibility
    network.join_policy = join_policy
    network.employer_only = employer_only
    _bring_core_to_parent(viewer, network)
    return network


@action(policy.can_govern)
def set_state(viewer: Viewer, network: Network, *, state: NetworkState) -> Network:
    """Open, let rest, archive or reopen. A living network has a leader (I-06)."""
    hold(network.id)
    if state == NetworkState.DRAFT and network.state != NetworkState.DRAFT:
        raise Refused(_("A network that has been open does not become a draft again. Archive it instead."))
    if state in (NetworkState.ACTIVE, NetworkState.DORMANT) and not _has_lead(network):
        raise Refused(_("The network needs a leader first. Invite one, and give the person the role on the Members page."))
    record(viewer, "networks.state_changed", network, before=network.state.value, after=state.value)
    network.state = state
    network.ends_on = clock.today() if state == NetworkState.ARCHIVED else None
    return network


@action(policy.can_change)
def add_organisation(viewer: Viewer, network: Network, *, organisation: Organisation, is_public: bool = True) -> OrganisationParticipation:
    """Name an organisation as one that takes part (S2-06)."""
    hold(network.id)
    row = db.session.scalar(
        select(OrganisationParticipation).where(
            OrganisationParticipation.network_id == network.id, OrganisationParticipation.organisation_id == organisation.id
        )
    )
    if row is None:
        row = OrganisationParticipation(network_id=network.id, organisation_id=organisation.id, since=clock.today())
        db.session.add(row)
    elif row.until is None and row.is_public == is_public:
        raise Refused(_("This organisation is on the list already."))
    if row.until is not None:
        row.since, row.until = clock.today(), None
    row.is_public = is_public
    return row


@action(policy.can_change)
def remove_organisation(viewer: Viewer, participation: OrganisationParticipation) -> OrganisationParticipation:
    """Note that the organisation takes part no longer; the time that it did stays on record."""
    participation.until = clock.today()
    return participation


@action(policy.can_enter_discussions)
def enter_discussions(viewer: Viewer, network: Network, *, reason: str) -> DiscussionEntry:
    """An administrator's own decision to read closed discussions: an hour, a reason, an audit event, a letter to the leaders."""
    entry = DiscussionEntry(user_id=viewer.user_id, network_id=network.id, until=clock.now() + ENTRY)
    db.session.add(entry)
    write_to_moderators(network, "entered", leads_only=True, but=viewer.user_id, who=viewer.name, reason=reason)
    return entry


def _exclude_staff(viewer: Viewer, network: Network, is_decided: bool) -> None:
    staff = list_staff_side(network)
    if staff and not is_decided:
        raise Refused(_("The network has staff representatives. Decide first what happens to their membership."))
    for membership in staff:
        expel(viewer, membership, _("The network became one for employer representatives only."))


def _set_parent(network: Network, parent: Network | None, kind: NetworkKind) -> None:
    if kind == NetworkKind.DEVELOPMENT and parent is None:
        raise Refused(_("A core team needs the learning network that it works for. Choose it."))
    if parent is not None:
        if parent.id == network.id or parent.parent_id is not None:
            raise Refused(_("A sub-network cannot have sub-networks of its own. Choose a network that stands alone."))
        if network.id is not None and db.session.scalar(select(exists().where(Network.parent_id == network.id))):
            raise Refused(_("This network has sub-networks, so it cannot become one itself."))
    network.parent_id = parent.id if parent is not None else None


def _rename_ordinary_roles(network: Network) -> None:
    db.session.execute(
        update(Membership)
        .where(Membership.network_id == network.id, Membership.state == MembershipState.ACTIVE, Membership.role.in_(ORDINARY))
        .values(role=network.ordinary_role)
    )


def _bring_core_to_parent(viewer: Viewer, network: Network) -> None:
    """A network that became a core team brings its members into the network above (I-12)."""
    if network.kind != NetworkKind.DEVELOPMENT:
        return
    for membership, side in db.session.execute(
        select(Membership, User.side)
        .join(User, User.id == Membership.user_id)
        .where(Membership.network_id == network.id, Membership.state == MembershipState.ACTIVE)
    ).all():
        role = membership.role
        activate(viewer, network, membership, side)
        membership.role = role


def _refuse_staff_leader(network: Network, leader: User) -> None:
    if network.employer_only and leader.side == Side.STAFF:
        raise Refused(_("The network is for employer representatives only. A staff representative cannot be invited."))


def _has_lead(network: Network) -> bool:
    leads = select(func.count()).where(
        Membership.network_id == network.id, Membership.role == MembershipRole.LEAD, Membership.state == MembershipState.ACTIVE
    )
    return bool(db.session.scalar(leads))
