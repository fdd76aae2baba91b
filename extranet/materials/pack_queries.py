"""What can you take along? The files of several materials, as far as the viewer may open them."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, select

from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.core.viewer import Viewer
from extranet.materials.models import Material, MaterialVersion
from extranet.materials.policy import visible_to
from extranet.networks.models import Network


class Part(NamedTuple):
    """A material in an archive: its current file, or the address of a link, which has no file."""

    material_id: int
    title: LocalText
    network: LocalText
    number: int
    updated_at: datetime
    link_url: str
    version_id: int | None
    file_name: str
    size: int
    sha256: str
    mime: str
    at: datetime | None


def list_parts(viewer: Viewer, ids: Sequence[int]) -> list[Part]:
    """The materials in this order, each once; those that the viewer may not open are as if nobody had asked for them (T04)."""
    order = {material_id: place for place, material_id in reversed(list(enumerate(ids)))}
    rows = db.session.execute(_PARTS.where(Material.id.in_(order), visible_to(viewer)))
    parts = [Part(*row[:7], row.file_name or "", row.size or 0, row.sha256 or "", row.mime or "", row.at) for row in rows]
    return sorted(parts, key=lambda part: order[part.material_id])


_PARTS = (
    select(
        Material.id, Material.title, Network.name, Material.version, Material.updated_at, Material.link_url,
        MaterialVersion.id.label("version_id"), MaterialVersion.file_name, MaterialVersion.size, MaterialVersion.sha256,
        MaterialVersion.mime, MaterialVersion.at,
    )
    .join(Network, Network.id == Material.network_id)
    .outerjoin(MaterialVersion, and_(MaterialVersion.material_id == Material.id, MaterialVersion.number == Material.version))
)  # fmt: skip
