"""Files on their way in: checked, then stored, then handed to whoever makes them part of something."""

import logging
from dataclasses import dataclass
from typing import BinaryIO

from sqlalchemy import select

from extranet.core.db import db, let_go
from extranet.core.errors import Refused
from extranet.core.i18n import N_
from extranet.core.i18n import gettext as _
from extranet.storage import store
from extranet.storage.checks import TROUBLES, Fault, clean_name, fault_of_name, fault_of_size, fault_of_type
from extranet.storage.models import Upload, UploadState
from extranet.storage.scan import ScannerDown, TooLarge, scan
from extranet.storage.sniff import sniff
from extranet.storage.zips import unpacks_safely

log = logging.getLogger(__name__)


class Faulty(Refused):
    """Something is wrong with the file itself. The message is a sentence for the field where it was chosen."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


@dataclass(frozen=True)
class Received:
    """A file that was checked, is in the store, and waits for its row."""

    name: str
    mime: str
    sha256: str
    size: int


NOT_SCANNED = N_("The file could not be scanned for viruses just now, so it was not taken. Try again in a few minutes.")
NOT_STORED = N_("The file could not be stored just now. Nothing was changed; try again in a few minutes.")
NO_ROOM = N_("There is no room for the file just now. Nothing was changed; try again later.")


def receive(stream: BinaryIO, name: str) -> Received:
    """Check and store a file of a form. That may take minutes, so the transaction ends here: load everything anew.

    Raises Faulty, also where the store or the virus scan is away: what else was typed into the form then stays.
    """
    size = stream.seek(0, 2)
    if fault := fault_of_name(name) or fault_of_size(size):
        raise Faulty(fault)
    let_go()
    try:
        return admit(stream, name)
    except ScannerDown as error:
        log.warning("the virus scan failed: %s", error)
        raise Faulty(Fault(NOT_SCANNED)) from error
    except store.StoreDown as error:
        log.warning("a file could not be stored: %s", error)
        raise Faulty(Fault(NO_ROOM if isinstance(error, store.StoreFull) else NOT_STORED)) from error


def admit(stream: BinaryIO, name: str) -> Received:
    """The slow part, outside any transaction: look through the content, scan it, store it. Nothing is stored unscanned."""
    mime = sniff(stream)
    if fault := fault_of_type(mime, name):
        raise Faulty(fault)
    assert mime is not None  # noqa: S101  fault_of_type has asked
    if trouble := unpacks_safely(stream):
        raise Faulty(Fault(TROUBLES[trouble]))
    _scan(stream)
    stream.seek(0)
    stored = store.put(stream)
    return Received(clean_name(name), mime, stored.sha256, stored.size)


def _scan(stream: BinaryIO) -> None:
    try:
        virus = scan(stream)
    except TooLarge as error:
        raise Faulty(Fault(N_("The virus scan does not take files of this size. Make the file smaller and choose it again."))) from error
    if virus:
        log.warning("a virus was found in an upload: %s", virus)
        raise Faulty(Fault(N_("A virus was found in the file: %(virus)s. It was not taken. Tell your IT support."), {"virus": virus[:80]}))


def take(user_id: int | None, upload_id: str) -> Received:
    """Hand over a finished upload of that person, inside the transaction of the action that makes something of it: once."""
    wanted = select(Upload).where(Upload.id == upload_id, Upload.user_id == user_id).with_for_update()
    upload = db.session.scalars(wanted).one_or_none()
    if upload is None:
        raise Refused(_("The file is not here any more: it was used already, or waited longer than a day. Choose it again."))
    if upload.state == UploadState.REFUSED and upload.fault:
        raise Faulty(Fault(**upload.fault))
    if upload.state != UploadState.READY or upload.mime is None or upload.sha256 is None:
        raise Refused(_("The file is not here in full yet. Wait until it is, and send the form again."))
    received = Received(upload.name, upload.mime, upload.sha256, upload.size)
    db.session.delete(upload)
    return received
