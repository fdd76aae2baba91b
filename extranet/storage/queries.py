"""What you can see: your own uploads."""

from collections.abc import Collection, Iterator

from sqlalchemy import func, select

from extranet.core.db import db
from extranet.core.errors import NotFound
from extranet.core.viewer import Viewer
from extranet.storage.models import Upload, UploadState

# What counts against the limit of one person.
OPEN = (UploadState.RECEIVING, UploadState.CHECKING, UploadState.READY)


def get_upload(viewer: Viewer, upload_id: str, lock: bool = False) -> Upload:
    """The viewer's own upload; another person's is as if there were none (T08)."""
    wanted = select(Upload).where(Upload.id == upload_id, Upload.user_id == viewer.user_id)
    found = db.session.scalars(wanted.with_for_update() if lock else wanted).one_or_none()
    if found is None:
        raise NotFound
    return found


def list_uploads(viewer: Viewer, ids: Collection[str]) -> list[Upload]:
    """Those of the uploads that are the viewer's own, in the order of `ids`."""
    found = {upload.id: upload for upload in db.session.scalars(select(Upload).where(Upload.id.in_(ids), Upload.user_id == viewer.user_id))}
    return [found[upload_id] for upload_id in ids if upload_id in found]


def count_open(viewer: Viewer) -> int:
    """How many uploads of the viewer wait to be made part of something."""
    wanted = select(func.count()).select_from(Upload).where(Upload.user_id == viewer.user_id, Upload.state.in_(OPEN))
    return db.session.scalar(wanted) or 0


def list_stored(among: Collection[str]) -> set[str]:
    """Those of the stored files that some upload holds, by their hash."""
    return {sha256 for sha256 in db.session.scalars(select(Upload.sha256).where(Upload.sha256.in_(among))) if sha256}


def list_all_stored() -> Iterator[str]:
    """Every stored file that some upload holds, by its hash."""
    yield from (sha256 for sha256 in db.session.scalars(select(Upload.sha256).where(Upload.sha256.is_not(None))) if sha256)


def list_known(ids: Collection[str]) -> set[str]:
    """Those of the ids that an upload has."""
    return set(db.session.scalars(select(Upload.id).where(Upload.id.in_(ids))))
