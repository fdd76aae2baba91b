"""Tells organisations which networks their people are in (domain.md §3.5), as far as the viewer may know of the network (T20)."""

from collections.abc import Collection, Iterator

from sqlalchemy import select

from extranet.core.db import db
from extranet.core.viewer import Viewer
from extranet.networks.models import Membership, MembershipState, Network, NetworkState
from extranet.networks.policy import visible_to
from extranet.organisations.places import Place, places_of_people


@places_of_people
def find_networks(viewer: Viewer, people_ids: Collection[int]) -> Iterator[tuple[int, Place]]:
    """The living networks of these people."""
    rows = db.session.execute(
        select(Membership.user_id, Network.name, Network.slug)
        .join(Network, Network.id == Membership.network_id)
        .where(Membership.user_id.in_(people_ids), Membership.state == MembershipState.ACTIVE)
        .where(Network.state != NetworkState.ARCHIVED, visible_to(viewer))
        .order_by(Network.id)
    )
    for user_id, name, slug in rows:
        yield user_id, Place(name, f"/networks/{slug}/")
