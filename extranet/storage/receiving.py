"""Taking an upload piece by piece, and checking it when all are here. Short transactions around slow work, which may be done again."""

import logging
from datetime import datetime, timedelta
from typing import IO

from extranet.core import clock
from extranet.core.db import apart, let_go
from extranet.core.errors import NotFound
from extranet.core.i18n import N_
from extranet.core.viewer import Viewer
from extranet.storage import incoming
from extranet.storage.checks import Fault
from extranet.storage.models import Upload, UploadState
from extranet.storage.queries import get_upload
from extranet.storage.uploads import Faulty, Received, admit

# One piece: a bucket has it in memory on its way, so not too large; each costs a request, so not too small.
PIECE = 8_000_000
# A check that has not ended after so long has died with its process; the next one begins anew.
CLAIM = timedelta(minutes=15)

log = logging.getLogger(__name__)


class Elsewhere(Exception):
    """The piece does not begin where the upload has come to."""


def append(viewer: Viewer, upload_id: str, offset: int, stream: IO[bytes], length: int) -> Upload:
    """Take the piece that begins at `offset`; the last one has the whole checked. Raises Elsewhere, and nothing is changed."""
    _demand_place(get_upload(viewer, upload_id), offset, length)
    let_go()
    if incoming.put(upload_id, offset, stream, length) != length:
        raise Elsewhere  # cut off on its way
    with apart():
        upload = get_upload(viewer, upload_id, lock=True)
        _demand_place(upload, offset, length)  # another tab may have brought it meanwhile
        upload.received += length
        upload.changed_at = clock.now()
        is_whole = upload.received == upload.size
    return finish(viewer, upload_id) if is_whole else get_upload(viewer, upload_id)


def _demand_place(upload: Upload, offset: int, length: int) -> None:
    is_place = upload.state == UploadState.RECEIVING and offset == upload.received
    if not is_place or not 0 < length <= upload.size - offset:
        raise Elsewhere


def finish(viewer: Viewer, upload_id: str) -> Upload:
    """Check what has come in full, unless that is done or somebody is at it. Where the store or the scan is away, it can be done again."""
    with apart():
        upload = get_upload(viewer, upload_id, lock=True)
        name, size = upload.name, upload.size
        claim = _claim(upload)
    if claim is not None:
        outcome = _check(viewer, upload_id, name, size, claim)
        if _settle(viewer, upload_id, claim, outcome):
            incoming.drop(upload_id)
    return get_upload(viewer, upload_id)


def _claim(upload: Upload) -> datetime | None:
    """The moment by which this check knows its own; None where there is nothing to check."""
    is_stale = upload.state == UploadState.CHECKING and upload.changed_at < clock.now() - CLAIM
    if upload.state == UploadState.RECEIVING and upload.received < upload.size:
        raise Elsewhere
    if upload.state != UploadState.RECEIVING and not is_stale:
        return None
    upload.state = UploadState.CHECKING
    upload.changed_at = clock.now()
    return upload.changed_at


def _check(viewer: Viewer, upload_id: str, name: str, size: int, claim: datetime) -> Received | Fault:
    try:
        with incoming.joined(upload_id, size) as file:
            return admit(file, name)
    except Faulty as faulty:
        return faulty.fault
    except incoming.Lost:
        return Fault(N_("A part of the file was lost on its way. Choose the file again."))
    except BaseException:
        _settle(viewer, upload_id, claim, None)
        raise


def _settle(viewer: Viewer, upload_id: str, claim: datetime, outcome: Received | Fault | None) -> bool:
    """Write what came of the check; nothing came of it: it waits for the next. Returns whether it was still this check's to say."""
    with apart():
        try:
            upload = get_upload(viewer, upload_id, lock=True)
        except NotFound:
            return True  # cancelled meanwhile
        if upload.state != UploadState.CHECKING or upload.changed_at != claim:
            return False
        if isinstance(outcome, Received):
            upload.state, upload.mime, upload.sha256 = UploadState.READY, outcome.mime, outcome.sha256
        elif outcome is None:
            upload.state = UploadState.RECEIVING
        else:
            upload.state, upload.fault = UploadState.REFUSED, outcome.kept()
    return outcome is not None
