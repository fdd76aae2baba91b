"""What you can do with a material in the course of its life: renew it, hand it over, put it in another one's place."""

from datetime import date

from extranet.audit.log import action
from extranet.core import clock
from extranet.core.errors import Refused
from extranet.core.i18n import N_
from extranet.core.i18n import gettext as _
from extranet.core.viewer import Viewer
from extranet.materials import life_queries, policy
from extranet.materials.actions import announce_replacing, archive
from extranet.materials.models import Material
from extranet.networks.access import viewer_for
from extranet.networks.policy import can_read_materials
from extranet.notifications.notify import notify, withdraw


@action(policy.can_renew, "review_due")
def renew(_viewer: Viewer, material: Material, *, review_due: date) -> None:
    """What is in force still holds, until somebody looks at it again on that day; reminders of the old day are taken back."""
    if review_due <= clock.today():
        raise Refused(_("Choose a day that is still to come."))
    material.review_due = review_due
    withdraw("material", material.id, "materials.review")


@action(policy.can_hand_over, "owner_id")
def hand_over(viewer: Viewer, material: Material, *, owner_id: int) -> None:
    """Give the material to another owner, who hears of it. Only to somebody who reaches the network."""
    if material.owner_id == owner_id:
        return
    if not can_read_materials(viewer_for(owner_id), material.network):
        raise Refused(_("Choose somebody who reads the network's materials."))
    material.owner_id = owner_id
    withdraw("material", material.id, "materials.review")
    notify(
        viewer,
        [owner_id],
        "materials.hand_over",
        about=material,
        text=N_("You look after a material now: %(title)s"),
        path=material.path,
        key=f"material:{material.id}:owner:{clock.now().isoformat()}",
        direct={owner_id},
        title=material.title,
    )


@action(policy.can_supersede, "older_id")
def supersede(viewer: Viewer, material: Material, *, older_id: int | None) -> None:
    """Say which material this one takes the place of, or none. Once it is in force, who has the older one hears of it."""
    if older_id is None:
        material.replaces_id = None
        return
    older = life_queries.get_replaceable(viewer, material, older_id)
    if older is None:
        raise Refused(_("Choose a material that is in force in the same network and that nothing has replaced yet."))
    if life_queries.replaces_in_turn(material, older):
        raise Refused(_("The two materials would replace each other."))
    material.replaces_id = older.id
    if material.is_published:
        announce_replacing(material)


@action(policy.can_publish)
def archive_older(viewer: Viewer, material: Material) -> None:
    """Take what this material has replaced out of use."""
    older = life_queries.get_older(viewer, material)
    if older is not None and material.is_published and not older.is_archived:
        archive(viewer, older)
