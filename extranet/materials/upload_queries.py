"""What can you see of what is in the way: materials whose file has the name of one that comes (T07)."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import contains_eager

from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.core.viewer import Viewer
from extranet.materials.models import Material, MaterialState, MaterialVersion
from extranet.materials.policy import can_replace, visible_to
from extranet.networks.models import Network


@dataclass(frozen=True)
class Namesake:
    """A material of the network whose current file has the same name."""

    material_id: int
    title: LocalText
    version: int
    can_replace: bool

    @property
    def path(self) -> str:
        return f"/materials/{self.material_id}/"


def find_namesakes(viewer: Viewer, network: Network, names: Collection[str]) -> dict[str, Namesake]:
    """By the name of the file, the material that the viewer may see; of several the one she may replace, else the latest."""
    wanted = (
        select(Material, MaterialVersion.file_name)
        .join(MaterialVersion, and_(MaterialVersion.material_id == Material.id, MaterialVersion.number == Material.version))
        .join(Network, Network.id == Material.network_id)
        .options(contains_eager(Material.network))
        .where(Material.network_id == network.id, MaterialVersion.file_name.in_(names))
        .where(Material.state != MaterialState.ARCHIVED, visible_to(viewer))
        .order_by(Material.updated_at, Material.id)
    )
    found: dict[str, Namesake] = {}
    for material, name in db.session.execute(wanted) if names else ():
        may = can_replace(viewer, material)
        if may or name not in found or not found[name].can_replace:
            found[name] = Namesake(material.id, material.title, material.version, may)
    return found
