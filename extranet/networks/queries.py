"""What can you see? Networks, and what stands in a network's head."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from extranet.accounts.models import User, UserState
from extranet.core.db import db
from extranet.core.errors import NotFound
from extranet.core.patterns import MOST, keys_of, pattern_of
from extranet.core.viewer import Role, Viewer
from extranet.networks import tab_counts
from extranet.networks.models import Membership, MembershipRole, MembershipState, Network, OrganisationParticipation
from extranet.networks.policy import can_moderate, can_read, can_see, visible_to
from extranet.organisations.models import Organisation


@dataclass(frozen=True)
class Parent:
    """The network above, as far as this viewer may know of it."""

    name: Mapping[str, str]
    path: str


@dataclass(frozen=True)
class Head:
    """What the top of each of a network's pages shows; `state` and `role` are the viewer's own.

    rules_wait: the viewer has not accepted the ground rules as they are now, so she writes nothing before she does.
    counts: how many things wait for her in a tab (`tab_counts`).
    """

    members: int = 0
    organisations: int = 0
    requests: int = 0
    state: MembershipState | None = None
    role: MembershipRole | None = None
    parent: Parent | None = field(default=None)
    rules_wait: bool = False
    counts: Mapping[str, int] = field(default_factory=dict)


def get_network(viewer: Viewer, slug: str) -> Network:
    """The network at that address; NotFound where the viewer may not know that it exists (T20)."""
    network: Network | None = db.session.scalar(_at_slug(pattern_of(viewer)), keys_of(viewer) | {"slug": slug})
    if network is None:
        raise NotFound
    return network


# Built once for each kind of viewer: building a statement costs more than running it.
@lru_cache(maxsize=MOST)
def _at_slug(pattern: Viewer) -> Select[Network]:
    return select(Network).where(Network.slug == bindparam("slug"), visible_to(pattern))


def get_network_at_door(viewer: Viewer, slug: str) -> Network:
    """The same for the door itself, which opens to an invited person too, also where the network is secret."""
    network = db.session.scalar(select(Network).where(Network.slug == slug, or_(visible_to(viewer), _invites(viewer))))
    if network is None:
        raise NotFound
    return network


@dataclass(frozen=True)
class Listed:
    """A network in a list, with its counts and the viewer's place in it; `counts` as in its head."""

    network: Network
    members: int
    organisations: int
    state: MembershipState | None
    role: MembershipRole | None
    counts: Mapping[str, int]


def list_networks(viewer: Viewer) -> list[Listed]:
    """All that the viewer may know of, parents before their sub-networks, each group by age."""
    found = db.session.execute(_listed_statement(pattern_of(viewer)), keys_of(viewer))
    return [Listed(row.Network, row.members or 0, row.organisations or 0, row.state, row.role, tab_counts.read(row)) for row in found]


# Built when all packages have said what they count.
@lru_cache(maxsize=MOST)
def _listed_statement(pattern: Viewer) -> Select[Any]:
    """Networks with their counts and the viewer's own place."""
    counted = (
        select(
            Membership.network_id,
            func.count().label("members"),
            func.count(User.organisation_id.distinct()).label("organisations"),
        )
        .join(User, User.id == Membership.user_id)
        .where(Membership.state == MembershipState.ACTIVE)
        .group_by(Membership.network_id)
        .subquery()
    )
    own = aliased(Membership)
    return (
        select(Network, counted.c.members, counted.c.organisations, own.state, own.role, *tab_counts.columns())
        .outerjoin(counted, counted.c.network_id == Network.id)
        .outerjoin(own, (own.network_id == Network.id) & (own.user_id == bindparam("viewer_id")))
        .where(or_(visible_to(pattern), own.state == MembershipState.INVITED))
        .order_by(Network.id)
    )


def list_children(viewer: Viewer, network: Network) -> list[Network]:
    """The sub-networks that the viewer may know of."""
    return list(db.session.scalars(select(Network).where(Network.parent_id == network.id, visible_to(viewer)).order_by(Network.id)))


def list_parents(viewer: Viewer, but: int | None = None) -> list[Network]:
    """The networks that may have sub-networks: those that are none themselves."""
    return list(
        db.session.scalars(
            select(Network).where(Network.parent_id.is_(None), Network.id != (but or 0), visible_to(viewer)).order_by(Network.id)
        )
    )


@dataclass(frozen=True)
class Leader:
    """A leader's card: name and title for all, the address for those who are signed in."""

    id: int
    name: str
    job_title: str
    organisation: Mapping[str, str]
    email: str
    phone: str


def list_leaders(viewer: Viewer, network: Network) -> list[Leader]:
    """Who leads the network (S0-23)."""
    found = db.session.execute(
        select(
            User.id.label("leader_id"), User.first_name, User.last_name, User.job_title, User.email, User.phone,
            Organisation.name.label("organisation"),
        )
        .join(Membership, Membership.user_id == User.id)
        .outerjoin(Organisation, Organisation.id == User.organisation_id)
        .where(
            Membership.network_id == network.id,
            Membership.state == MembershipState.ACTIVE,
            Membership.role == MembershipRole.LEAD,
            User.state == UserState.ACTIVE,
        )
        .order_by(Membership.joined_at, User.id)
    )  # fmt: skip
    return [_leader(viewer, row) for row in found]


def _leader(viewer: Viewer, row: Any) -> Leader:
    return Leader(
        id=row.leader_id,
        name=f"{row.first_name} {row.last_name}",
        job_title=row.job_title,
        organisation=row.organisation or {},
        email=row.email if viewer.is_signed_in else "",
        phone=row.phone if viewer.is_signed_in else "",
    )


def list_organisations(viewer: Viewer, network: Network) -> list[Any]:
    """The organisations that take part as such (S2-06): all for those who read there, else the public ones."""
    where = [OrganisationParticipation.network_id == network.id, OrganisationParticipation.until.is_(None)]
    if not can_read(viewer, network):
        where.append(OrganisationParticipation.is_public.is_(True))
    return list(
        db.session.execute(
            select(
                OrganisationParticipation.id,
                OrganisationParticipation.since,
                OrganisationParticipation.is_public,
                Organisation.code,
                Organisation.name,
            )
            .join(Organisation, Organisation.id == OrganisationParticipation.organisation_id)
            .where(*where)
            .order_by(Organisation.code)
        )
    )


def list_employers() -> list[Any]:
    """Code and name of every organisation that is in being, to choose from."""
    return list(
        db.session.execute(
            select(Organisation.code, Organisation.name).where(Organisation.active_until.is_(None)).order_by(Organisation.code)
        )
    )


def get_organisation(code: str) -> Organisation:
    organisation = db.session.scalar(select(Organisation).where(Organisation.code == code))
    if organisation is None:
        raise NotFound
    return organisation


def get_participation(viewer: Viewer, slug: str, participation_id: int) -> OrganisationParticipation:
    """One organisation's taking part, with its network and organisation."""
    found = db.session.scalar(
        select(OrganisationParticipation)
        .join(Network, Network.id == OrganisationParticipation.network_id)
        .options(contains_eager(OrganisationParticipation.network), joinedload(OrganisationParticipation.organisation))
        .where(OrganisationParticipation.id == participation_id, Network.slug == slug, visible_to(viewer))
    )
    if found is None:
        raise NotFound
    return found


def is_slug_taken(slug: str) -> bool:
    return db.session.scalar(select(Network.id).where(Network.slug == slug)) is not None


def _invites(viewer: Viewer) -> Any:
    return Network.id.in_(
        select(Membership.network_id).where(Membership.user_id == (viewer.user_id or 0), Membership.state == MembershipState.INVITED)
    )


def get_head(viewer: Viewer, network: Network) -> Head:
    """Counts of members and their organisations, the viewer's own place and the parent, in one query."""
    return _head(viewer, network, db.session.execute(_head_statement(), tab_counts.params(viewer) | {"network_id": network.id}).one())


def get_network_front(viewer: Viewer, slug: str) -> tuple[Network, Head, list[Leader]]:
    """The network with its head and its leaders, for its home: one query, a row for each leader."""
    rows = db.session.execute(_front_statement(pattern_of(viewer)), keys_of(viewer) | {"slug": slug}).all()
    if not rows:
        raise NotFound
    network = rows[0].Network
    return network, _head(viewer, network, rows[0]), [_leader(viewer, row) for row in rows if row.leader_id]


def _with_head(query: Select[Any]) -> Select[Any]:
    """Add what a head needs to a query on Network; it is run with the parameters of `tab_counts`."""
    above, own = aliased(Network), aliased(Membership)
    active = (Membership.network_id == Network.id, Membership.state == MembershipState.ACTIVE)
    asked = (Membership.network_id == Network.id, Membership.state == MembershipState.REQUESTED)
    members = select(func.count()).select_from(Membership).where(*active).correlate(Network)
    organisations = select(func.count(User.organisation_id.distinct())).join(Membership, Membership.user_id == User.id).where(*active)
    return (
        query.add_columns(
            members.scalar_subquery().label("members"),
            organisations.correlate(Network).scalar_subquery().label("organisations"),
            select(func.count()).select_from(Membership).where(*asked).correlate(Network).scalar_subquery().label("requests"),
            own.state.label("own_state"),
            own.role.label("own_role"),
            own.rules_version_accepted.label("own_rules"),
            above.id.label("above_id"),
            above.slug.label("above_slug"),
            above.name.label("above_name"),
            above.visibility.label("above_visibility"),
            above.state.label("above_state"),
            *tab_counts.columns(),
        )
        .select_from(Network)
        .outerjoin(own, (own.network_id == Network.id) & (own.user_id == bindparam("viewer_id")))
        .outerjoin(above, above.id == Network.parent_id)
    )


# Every page of a network asks for its head: built once, because building the statement costs more than running it.
@cache
def _head_statement() -> Select[Any]:
    return _with_head(select()).where(Network.id == bindparam("network_id"))


@lru_cache(maxsize=MOST)
def _front_statement(pattern: Viewer) -> Any:
    leader, office, employer = aliased(User), aliased(Membership), aliased(Organisation)
    leads = (office.network_id == Network.id) & (office.state == MembershipState.ACTIVE) & (office.role == MembershipRole.LEAD)
    return (
        _with_head(select(Network))
        .add_columns(
            leader.id.label("leader_id"), leader.first_name, leader.last_name, leader.job_title, leader.email, leader.phone,
            employer.name.label("organisation"),
        )
        .outerjoin(office, leads)
        .outerjoin(leader, (leader.id == office.user_id) & (leader.state == UserState.ACTIVE))
        .outerjoin(employer, employer.id == leader.organisation_id)
        .where(Network.slug == bindparam("slug"), visible_to(pattern))
        .order_by(office.joined_at, leader.id)
    )  # fmt: skip


def _head(viewer: Viewer, network: Network, row: Any) -> Head:
    above = Network(id=row.above_id, visibility=row.above_visibility, state=row.above_state) if row.above_id else None
    return Head(
        members=row.members,
        organisations=row.organisations,
        requests=row.requests if can_moderate(viewer, network) else 0,
        state=row.own_state,
        role=row.own_role,
        parent=Parent(row.above_name, f"/networks/{row.above_slug}/") if above is not None and can_see(viewer, above) else None,
        rules_wait=viewer.role_in(network.id) >= Role.MEMBER and _wait(network, row.own_rules),
        counts=tab_counts.read(row),
    )


def _wait(network: Network, accepted: int | None) -> bool:
    return bool(network.ground_rules) and not network.is_archived and (accepted or 0) < network.ground_rules_version


def do_rules_wait(viewer: Viewer, network: Network) -> bool:
    """Whether the viewer has to accept the ground rules before she writes; so has whoever is here by office, with or without a row."""
    if not network.ground_rules or viewer.role_in(network.id) < Role.MEMBER:
        return False
    mine = select(Membership.rules_version_accepted).where(Membership.network_id == network.id, Membership.user_id == viewer.user_id)
    return _wait(network, db.session.scalar(mine))


@dataclass(frozen=True)
class Groups:
    """The list of networks as its page shows it: what is the viewer's first, then the doors, open ones first."""

    mine: list[Listed]
    waiting: list[Listed]
    open: list[Listed]
    others: list[Listed]
    archived: list[Listed]


def grouped(viewer: Viewer, listed: list[Listed]) -> Groups:
    """Sort the networks by what the viewer can do about them; one that her side bars is not offered (I-05)."""
    groups = Groups([], [], [], [], [])
    for row in listed:
        network = row.network
        if network.is_archived:
            groups.archived.append(row)
        elif row.state == MembershipState.ACTIVE or viewer.role_in(network.id):
            groups.mine.append(row)
        elif row.state in (MembershipState.INVITED, MembershipState.REQUESTED):
            groups.waiting.append(row)
        elif network.takes_people and not (network.employer_only and viewer.side == "staff"):
            groups.open.append(row)
        else:
            groups.others.append(row)
    return groups
