"""Downloads are counted after the request: a GET changes nothing itself, and what was sent stays sent."""

from collections.abc import Sequence

from sqlalchemy import insert, update

from extranet.audit.log import record_apart
from extranet.core import clock
from extranet.core.db import after_transaction, db
from extranet.core.viewer import Viewer
from extranet.materials.models import Download, Material, MaterialVersion
from extranet.materials.pack_queries import Part
from extranet.materials.stamp_models import ONLY_COUNTS


def record_opening(viewer: Viewer, material: Material) -> None:
    """Remember that somebody went to the page that a link leads to: an audit event and the material's count."""
    record_apart(viewer, "materials.open", material)
    _count(material.id)


def record_download(viewer: Viewer, material: Material, version: MaterialVersion) -> None:
    """Remember that a download has begun: an audit event, a row, and the material's count, which leaves no mark of an edit (T11)."""
    record_apart(viewer, "materials.download", material, version=version.number)
    row = Download(material_version_id=version.id, user_id=viewer.user_id, at=clock.now())
    _count(material.id, row)


def record_archive(viewer: Viewer, files: Sequence[Part]) -> None:
    """Remember that an archive has begun: one audit event, and each file as one download."""
    record_apart(viewer, "materials.zip", materials=[part.material_id for part in files])
    now = clock.now()
    rows = [{"material_version_id": part.version_id, "user_id": viewer.user_id, "at": now} for part in files]
    ids = [part.material_id for part in files]

    def write() -> None:
        db.session.execute(insert(Download), rows)
        _add_one(*ids)

    after_transaction(write)


def _count(material_id: int, *rows: Download) -> None:
    def write() -> None:
        db.session.add_all(rows)
        _add_one(material_id)

    after_transaction(write)


def _add_one(*ids: int) -> None:
    counted = update(Material).where(Material.id.in_(ids)).values(download_count=Material.download_count + 1)
    db.session.execute(counted, execution_options=ONLY_COUNTS)
