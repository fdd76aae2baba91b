"""Who may. The rules about seeing a network and what lives in it, in Python and in SQL side by side.

Content packages take these: `can_read` / `readable_in` for what members read, `can_see` / `visible_to` for the network's
own name and purpose, `can_moderate` for what moderators and leads do.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from extranet.core.viewer import Role, Viewer
from extranet.networks.models import Membership, MembershipRole, Network, NetworkKind, NetworkState, Visibility, network_of


def can_see(viewer: Viewer, network: Network) -> bool:
    """Whether its name and purpose may be shown (domain.md §4.2); drafts only to members and administrators."""
    if viewer.is_admin or viewer.role_in(network.id) >= Role.MEMBER:
        return True
    if network.state == NetworkState.DRAFT or network.visibility == Visibility.SECRET:
        return False
    return network.visibility == Visibility.PUBLIC or viewer.is_signed_in


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """`can_see`, as a where-clause on Network."""
    if viewer.is_admin:
        return true()
    open_to = [Visibility.PUBLIC, Visibility.LISTED] if viewer.is_signed_in else [Visibility.PUBLIC]
    seen = and_(Network.state != NetworkState.DRAFT, Network.visibility.in_(open_to))
    return or_(Network.id.in_(viewer.network_ids), seen)


def can_read(viewer: Viewer, thing: Any) -> bool:
    """Whether what is written for the members may be read: members; experts, but not in secret networks; administrators."""
    network = network_of(thing)
    if viewer.is_admin or viewer.role_in(network.id) >= Role.MEMBER:
        return True
    return viewer.is_expert and network.visibility != Visibility.SECRET and network.state != NetworkState.DRAFT


def readable_in(viewer: Viewer, network_id: Any) -> ColumnElement[bool]:
    """`can_read`, as a where-clause on a column that holds a network's id, e.g. `readable_in(viewer, Event.network_id)`."""
    if viewer.is_admin:
        return true()
    mine = network_id.in_(viewer.network_ids) if viewer.network_ids else false()
    if not viewer.is_expert:
        return mine
    ordinary = select(Network.id).where(Network.visibility != Visibility.SECRET, Network.state != NetworkState.DRAFT)
    return or_(mine, network_id.in_(ordinary))


def is_member(viewer: Viewer, thing: Any) -> bool:
    return viewer.role_in(network_of(thing).id) >= Role.MEMBER


def can_moderate(viewer: Viewer, thing: Any) -> bool:
    """Moderators and leads of that network, nobody else's (I-28); administrators. Archived networks are read-only."""
    network = network_of(thing)
    return not network.is_archived and (viewer.is_admin or viewer.role_in(network.id) >= Role.MODERATOR)


def can_edit_content(viewer: Viewer, thing: Any) -> bool:
    """Moderators of the network, experts who can read there, administrators: publish pages, materials, events."""
    network = network_of(thing)
    if network.is_archived:
        return False
    return can_moderate(viewer, network) or (viewer.is_expert and can_read(viewer, network))


def can_read_pages(viewer: Viewer, network: Network) -> bool:
    """The internal pages: members, experts, administrators (matrix §4.7). A contact person in force is a member of the
    contact persons' network (footnote 1)."""
    return can_read(viewer, network)


def can_read_materials(viewer: Viewer, network: Network) -> bool:
    """The network's own list of materials: those who read there, and contact persons but for the advisory board (I-09)."""
    return can_read(viewer, network) or (viewer.is_contact_person and network.kind != NetworkKind.ADVISORY and can_see(viewer, network))


def materials_readable_in(viewer: Viewer, network_id: Any) -> ColumnElement[bool]:
    """`can_read_materials`, as a where-clause on a column that holds a network's id."""
    read = readable_in(viewer, network_id)
    if viewer.is_admin or not viewer.is_contact_person:
        return read
    return or_(read, network_id.in_(select(Network.id).where(Network.kind != NetworkKind.ADVISORY, visible_to(viewer))))


def can_read_discussions(viewer: Viewer, network: Network) -> bool:
    """Members; an administrator only after a deliberate, logged entry (matrix §4.7)."""
    return is_member(viewer, network) or (viewer.is_admin and network.id in viewer.entered)


def can_enter_discussions(viewer: Viewer, network: Network) -> bool:
    """Administrators who are no members."""
    return viewer.is_admin and viewer.is_signed_in and not is_member(viewer, network)


def can_list_members(viewer: Viewer, network: Network) -> bool:
    """Members, moderators, experts and administrators; contact persons not (I-09)."""
    return can_read(viewer, network)


def can_create(viewer: Viewer, _nothing: None) -> bool:
    """Administrators found networks."""
    return viewer.is_admin


def can_change(viewer: Viewer, thing: Any) -> bool:
    """Its leads write the network's texts and keep its list of organisations; administrators too."""
    network = network_of(thing)
    return not network.is_archived and (viewer.is_admin or viewer.role_in(network.id) >= Role.LEAD)


def can_govern(viewer: Viewer, _network: Network) -> bool:
    """Who may see it, who may join, whether it lives: administrators, also of archived networks."""
    return viewer.is_admin


def can_join(viewer: Viewer, network: Network) -> bool:
    """Whoever is signed in and knows of the network may knock; the rules then answer."""
    return viewer.is_signed_in and can_see(viewer, network)


def is_own(viewer: Viewer, membership: Membership) -> bool:
    """Leaving, accepting and turning down an invitation are one's own affairs."""
    return viewer.is_signed_in and membership.user_id == viewer.user_id


def can_decide(viewer: Viewer, membership: Membership) -> bool:
    """Approving and declining requests: moderators there, administrators."""
    return can_moderate(viewer, membership)


def manageable(viewer: Viewer, network: Network) -> frozenset[MembershipRole]:
    """The roles that stand no higher than the viewer's own (T18); for an administrator all."""
    if not can_moderate(viewer, network):
        return frozenset()
    return frozenset(role for role in MembershipRole if viewer.is_admin or role.role <= viewer.role_in(network.id))


def can_remove(viewer: Viewer, membership: Membership) -> bool:
    """Moderators there remove those who stand no higher than they themselves; administrators anybody."""
    return membership.role in manageable(viewer, membership.network)


def can_set_role(viewer: Viewer, membership: Membership) -> bool:
    """The same people; which roles they may give is `may_give`."""
    return can_remove(viewer, membership)


def may_give(viewer: Viewer, network: Network, role: MembershipRole) -> bool:
    """Nobody gives a role above her own (T18), so only leads and administrators make leads."""
    return role in roles_in(network) and role in manageable(viewer, network)


def roles_in(network: Network) -> tuple[MembershipRole, ...]:
    """The roles that there are in this kind of network, the lowest first."""
    return network.ordinary_role, MembershipRole.MODERATOR, MembershipRole.LEAD
