"""What can you see? The captions of a material that the viewer has got."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import exists, select

from extranet.core.db import db
from extranet.core.errors import NotFound
from extranet.core.viewer import Viewer
from extranet.materials.caption_models import Caption
from extranet.materials.models import Material, player_of
from extranet.materials.queries import get_material, get_version


@dataclass(frozen=True)
class Track:
    """Captions in one language, without their words; `version` is the one that they were made for."""

    language: str
    version: int
    size: int


def get_recording(viewer: Viewer, material_id: int, lock: bool = False) -> Material:
    """A material whose current version is a recording, as the viewer may see it; NotFound where it is anything else."""
    material = get_material(viewer, material_id, lock)
    if not player_of(get_version(material, material.version).mime):
        raise NotFound
    return material


def has_captions(material: Material) -> bool:
    """Whether the recording has captions in some language."""
    return bool(db.session.scalar(select(exists().where(Caption.material_id == material.id))))


def list_tracks(material: Material) -> list[Track]:
    """The captions of a material by language."""
    wanted = select(Caption.language, Caption.version, Caption.size).where(Caption.material_id == material.id).order_by(Caption.language)
    return [Track(*row) for row in db.session.execute(wanted)]


def get_caption(material: Material, language: str) -> Caption:
    """The captions in one language; NotFound if there are none."""
    caption = db.session.get(Caption, (material.id, language))
    if caption is None:
        raise NotFound
    return caption


def list_stored(among: Collection[str]) -> set[str]:
    """Those of the stored files that are captions, by their hash."""
    return set(db.session.scalars(select(Caption.sha256).where(Caption.sha256.in_(among))))


def list_all_stored() -> Iterator[str]:
    """Every stored file that is captions, by its hash."""
    yield from db.session.scalars(select(Caption.sha256).distinct())
