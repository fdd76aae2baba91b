"""Who may. Seeing a material in Python and in SQL side by side; what is done to it follows from the network."""

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from extranet.core.viewer import Role, Viewer
from extranet.materials.models import Material, MaterialState, MaterialVersion, Sharing
from extranet.networks.models import Network, NetworkState, Visibility
from extranet.networks.policy import (
    can_edit_content,
    can_list_members,
    can_read,
    can_read_materials,
    is_member,
    materials_readable_in,
    readable_in,
)

UNFINISHED = (MaterialState.DRAFT, MaterialState.IN_PILOT, MaterialState.REVISED)


def can_see(viewer: Viewer, material: Material) -> bool:
    """Published: the network's readers, contact persons in every network but the advisory board's (I-09), anyone where public.

    Everything else: those who edit there, and the owner as long as she reaches the network.
    """
    network = material.network
    if reads_drafts(viewer, network):
        return True
    if material.is_published:
        return can_read_materials(viewer, network) or is_public(material)
    return viewer.is_signed_in and material.owner_id == viewer.user_id and can_read_materials(viewer, network)


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """`can_see`, as a where-clause on Material."""
    if viewer.is_admin:
        return true()
    published = Material.state == MaterialState.PUBLISHED
    reached = materials_readable_in(viewer, Material.network_id)
    own = Material.owner_id == viewer.user_id if viewer.is_signed_in else false()
    return or_(drafts_readable(viewer), and_(published, or_(reached, publicly_readable())), and_(own, reached))


def is_public(material: Material) -> bool:
    """Whether anybody may open it, without an account: published, shared so, in a public network (T03)."""
    network = material.network
    in_the_open = network.visibility == Visibility.PUBLIC and network.state != NetworkState.DRAFT
    return in_the_open and material.is_published and material.sharing == Sharing.PUBLIC


def publicly_readable() -> ColumnElement[bool]:
    """`is_public`, as a where-clause on Material."""
    in_the_open = select(Network.id).where(Network.visibility == Visibility.PUBLIC, Network.state != NetworkState.DRAFT)
    shared = and_(Material.sharing == Sharing.PUBLIC, Material.state == MaterialState.PUBLISHED)
    return and_(shared, Material.network_id.in_(in_the_open))


def can_upload(viewer: Viewer, network: Network) -> bool:
    """Members and contact persons suggest, in every network that they reach; editors publish (matrix §4.7)."""
    if network.is_archived or not viewer.is_signed_in:
        return False
    suggests = is_member(viewer, network) or (viewer.is_contact_person and can_read_materials(viewer, network))
    return suggests or can_edit_content(viewer, network)


def can_publish(viewer: Viewer, material: Material) -> bool:
    """Moderators there, experts, administrators."""
    return can_edit_content(viewer, material)


def can_archive(viewer: Viewer, material: Material) -> bool:
    """Those who publish."""
    return can_publish(viewer, material)


def can_unarchive(viewer: Viewer, material: Material) -> bool:
    """Those who publish."""
    return can_publish(viewer, material)


def can_edit(viewer: Viewer, material: Material) -> bool:
    """Those who publish; the owner until it is in force."""
    return can_publish(viewer, material) or _is_own_unfinished(viewer, material)


def can_pilot(viewer: Viewer, material: Material) -> bool:
    """Beginning and ending a pilot: those who may edit (S4-24)."""
    return can_edit(viewer, material)


def can_renew(viewer: Viewer, material: Material) -> bool:
    """Saying that what is in force still holds: its owner as long as she reaches the network, and those who publish (D4)."""
    if not material.is_published or material.network.is_archived:
        return False
    is_own = viewer.is_signed_in and material.owner_id == viewer.user_id
    return can_publish(viewer, material) or (is_own and can_read_materials(viewer, material.network))


def renewable_by(viewer: Viewer) -> ColumnElement[bool]:
    """`can_renew`, as a where-clause on Material."""
    archived = select(Network.id).where(Network.state == NetworkState.ARCHIVED)
    living = and_(Material.state == MaterialState.PUBLISHED, Material.network_id.not_in(archived))
    if viewer.is_admin:
        return living
    own = Material.owner_id == viewer.user_id if viewer.is_signed_in else false()
    return and_(living, or_(drafts_readable(viewer), and_(own, materials_readable_in(viewer, Material.network_id))))


def can_hand_over(viewer: Viewer, material: Material) -> bool:
    """Giving it to another owner: those who may edit and see who there is to choose from."""
    return can_edit(viewer, material) and can_list_readers(viewer, material)


def can_supersede(viewer: Viewer, material: Material) -> bool:
    """Saying what it takes the place of: those who may edit; it shows once somebody has published it."""
    return can_edit(viewer, material)


def can_list_readers(viewer: Viewer, material: Material) -> bool:
    """Reading by name who sees it (D10): editors, and the owner where she may read the list of members (I-09)."""
    is_own = viewer.is_signed_in and material.owner_id == viewer.user_id
    return reads_drafts(viewer, material.network) or (is_own and can_see(viewer, material) and can_list_members(viewer, material.network))


def can_compare(viewer: Viewer, material: Material, has_copy: bool) -> bool:
    """Reading what changed in the text since an earlier version: editors, and whoever has downloaded that very version.

    Old files are for editors so that no outdated guide goes round (I-22). To one who has it already, the difference
    gives nothing away, and it is what makes her let go of it (D5). Nobody else sees what was taken out.
    """
    return can_see(viewer, material) and (has_copy or can_download_old(viewer, material))


def can_favourite(viewer: Viewer, material: Material) -> bool:
    """Marking a material to find it again: whoever has an account and sees it."""
    return viewer.is_signed_in and can_see(viewer, material)


def can_unfavourite(viewer: Viewer, material: Material) -> bool:
    """The same people."""
    return can_favourite(viewer, material)


def can_replace(viewer: Viewer, material: Material) -> bool:
    """A new version: those who may edit. A link has none."""
    return can_edit(viewer, material) and not material.is_link


def can_download(viewer: Viewer, material: Material, version: MaterialVersion) -> bool:
    """The current version: whoever sees the material. Older ones: editors (I-22), and the owner until it is in force."""
    return can_see(viewer, material) and (version.number == material.version or can_download_old(viewer, material))


def can_download_old(viewer: Viewer, material: Material) -> bool:
    """Whether the versions before the current one may be opened (I-22)."""
    return reads_drafts(viewer, material.network) or _is_own_unfinished(viewer, material)


def _is_own_unfinished(viewer: Viewer, material: Material) -> bool:
    is_own = viewer.is_signed_in and material.owner_id == viewer.user_id and material.state in UNFINISHED
    return is_own and not material.network.is_archived and can_read_materials(viewer, material.network)


def reads_drafts(viewer: Viewer, network: Network) -> bool:
    """Whether all drafts of the network may be read: those who edit there, in an archived network too."""
    if viewer.is_admin or viewer.role_in(network.id) >= Role.MODERATOR:
        return True
    return viewer.is_expert and can_read(viewer, network)


def drafts_readable(viewer: Viewer) -> ColumnElement[bool]:
    """`reads_drafts`, as a where-clause on Material."""
    if viewer.is_admin:
        return true()
    if viewer.is_expert:
        return readable_in(viewer, Material.network_id)
    return Material.network_id.in_(viewer.moderated_ids) if viewer.moderated_ids else false()
