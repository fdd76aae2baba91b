"""What can you see? Networks, and what stands in a network's head."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, literal, select
from sqlalchemy.orm import aliased

from extranet.accounts.models import User
from extranet.core.db import db
from extranet.core.errors import NotFound
from extranet.core.viewer import Viewer
from extranet.networks.models import Membership, MembershipRole, MembershipState, Network
from extranet.networks.policy import can_moderate, can_see, visible_to


@dataclass(frozen=True)
class Parent:
    """The network above, as far as this viewer may know of it."""

    name: Mapping[str, str]
    path: str


@dataclass(frozen=True)
class Head:
    """What the top of each of a network's pages shows; `state` and `role` are the viewer's own."""

    members: int = 0
    organisations: int = 0
    requests: int = 0
    state: MembershipState | None = None
    role: MembershipRole | None = None
    parent: Parent | None = field(default=None)


def get_network(viewer: Viewer, slug: str) -> Network:
    """The network at that address; NotFound where the viewer may not know that it exists (T20)."""
    network = db.session.scalar(select(Network).where(Network.slug == slug, visible_to(viewer)))
    if network is None:
        raise NotFound
    return network


def get_head(viewer: Viewer, network: Network) -> Head:
    """Counts of members and their organisations, the viewer's own place and the parent, in one query."""
    above, own = aliased(Network), aliased(Membership)
    active = (Membership.network_id == network.id, Membership.state == MembershipState.ACTIVE)
    asked = (Membership.network_id == network.id, Membership.state == MembershipState.REQUESTED)
    row: Any = db.session.execute(
        select(
            select(func.count()).select_from(Membership).where(*active).scalar_subquery().label("members"),
            select(func.count(User.organisation_id.distinct()))
            .join(Membership, Membership.user_id == User.id)
            .where(*active)
            .scalar_subquery()
            .label("organisations"),
            select(func.count()).select_from(Membership).where(*asked).scalar_subquery().label("requests"),
            own.state.label("own_state"),
            own.role,
            above.id,
            above.slug,
            above.name,
            above.visibility,
            above.state,
        )
        .select_from(select(literal(network.id).label("id")).subquery("here"))
        .outerjoin(own, (own.network_id == network.id) & (own.user_id == (viewer.user_id or 0)))
        .outerjoin(above, above.id == (network.parent_id or 0))
    ).one()
    parent = Parent(row.name, f"/networks/{row.slug}/") if row.id and can_see(viewer, row) else None
    return Head(
        members=row.members,
        organisations=row.organisations,
        requests=row.requests if can_moderate(viewer, network) else 0,
        state=row.own_state,
        role=row.role,
        parent=parent,
    )
