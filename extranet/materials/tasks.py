"""What happens later: members hear of a new material; the files of its versions are kept."""

from collections.abc import Collection

from sqlalchemy import Select, Text, cast, select

from extranet.core.i18n import N_
from extranet.core.viewer import SYSTEM, Viewer
from extranet.jobs.queue import task
from extranet.materials import caption_queries, life_tasks, preview_tasks, queries, usage_tasks  # noqa: F401  they declare their own
from extranet.materials.models import Material
from extranet.materials.policy import visible_to
from extranet.networks.access import viewer_for
from extranet.networks.titles import titled
from extranet.notifications.notify import notify, subject
from extranet.storage import sweep as storage_sweep

storage_sweep.keeper(queries.list_stored, queries.list_all_stored)
storage_sweep.keeper(caption_queries.list_stored, caption_queries.list_all_stored)


@subject("material")
def visible(viewer: Viewer, ids: Collection[int]) -> Select[int]:
    """Which of the materials the person may see now."""
    return select(Material.id).where(Material.id.in_(ids), visible_to(viewer))


@titled("material", r"/materials/(\d+)/")
def titles(viewer: Viewer, ids: Collection[int]) -> Select[int, str]:
    """What a link to a material is called."""
    return select(Material.id, cast(Material.title, Text)).where(Material.id.in_(ids), visible_to(viewer))


@task("materials.tell_members")
def tell_members(material_id: int, by: int | None) -> None:
    """Tell the network's members of a material that came into force, unless it was archived meanwhile (T22)."""
    material = queries.find_material(SYSTEM, material_id)
    if material is None or not material.is_published:
        return
    notify(
        viewer_for(by) if by else SYSTEM,
        queries.list_member_ids(material.network_id),
        "materials.publish",
        about=material,
        text=N_("New material: %(title)s (%(network)s)"),
        path=material.path,
        key=f"material:{material.id}:published",
        direct={material.owner_id},
        network=material.network.name,
        title=material.title,
    )
