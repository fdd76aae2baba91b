"""Downloads are counted after the request: a GET changes nothing itself, and what was sent stays sent."""

from sqlalchemy import update

from extranet.audit.log import record_apart
from extranet.core import clock
from extranet.core.db import after_transaction, db
from extranet.core.viewer import Viewer
from extranet.materials.models import Download, Material, MaterialVersion


def record_opening(viewer: Viewer, material: Material) -> None:
    """Remember that somebody went to the page that a link leads to: an audit event and the material's count."""
    record_apart(viewer, "materials.open", material)
    _count(material.id)


def record_download(viewer: Viewer, material: Material, version: MaterialVersion) -> None:
    """Remember that a download has begun: an audit event, a row, and the material's count, which leaves no mark of an edit (T11)."""
    record_apart(viewer, "materials.download", material, version=version.number)
    row = Download(material_version_id=version.id, user_id=viewer.user_id, at=clock.now())
    _count(material.id, row)


def _count(material_id: int, *rows: Download) -> None:
    def write() -> None:
        db.session.add_all(rows)
        db.session.execute(update(Material).where(Material.id == material_id).values(download_count=Material.download_count + 1))

    after_transaction(write)
