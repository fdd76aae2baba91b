"""Files on their way in: what is refused at the door, and what a received file is."""

from dataclasses import dataclass
from typing import BinaryIO
from unicodedata import normalize

from extranet.core.db import let_go
from extranet.core.i18n import gettext as _
from extranet.core.settings import get_setting
from extranet.core.text import one_line
from extranet.storage import store
from extranet.storage.sniff import MACROS, TYPES, sniff

MAX_NAME = 200
ENDINGS = tuple(ending for kind in TYPES.values() for ending in kind.endings)


@dataclass(frozen=True)
class NewFile:
    """A file that is in the store and waits for its version."""

    name: str
    mime: str
    sha256: str
    size: int


def receive(stream: BinaryIO, name: str) -> NewFile:
    """Store a file that `find_fault` found no fault in. That may take minutes, so the transaction ends here: load everything anew."""
    let_go()
    mime = sniff(stream) or "application/octet-stream"
    stored = store.put(stream)
    return NewFile(clean_name(name), mime, stored.sha256, stored.size)


def most_megabytes() -> int:
    """How large a file may be; a setting."""
    return int(get_setting("max_upload_mb"))


def clean_name(name: str) -> str:
    """The name in one spelling and on one line."""
    return one_line(normalize("NFC", name))


def find_fault(stream: BinaryIO, name: str) -> str:
    """The sentence that says what is wrong with a file and what to do about it, or nothing."""
    return _fault_of_name(clean_name(name)) or _fault_of_size(stream) or _fault_of_type(stream, clean_name(name))


def _fault_of_name(name: str) -> str:
    if "/" in name or "\\" in name or name in ("", ".", ".."):
        return _("The name of the file has parts of a path in it. Rename the file and choose it again.")
    if len(name) > MAX_NAME:
        return _(
            "The name of the file has %(count)s characters. Shorten it to %(most)s and choose the file again.",
            count=len(name),
            most=MAX_NAME,
        )
    return ""


def _fault_of_size(stream: BinaryIO) -> str:
    size, most = stream.seek(0, 2), most_megabytes()
    stream.seek(0)
    if size == 0:
        return _("The file is empty. Check that it was saved, and choose it again.")
    if size > most * 1_000_000:
        return _("The file is larger than %(most)s MB. Make it smaller, for example by compressing its pictures.", most=most)
    return ""


def _fault_of_type(stream: BinaryIO, name: str) -> str:
    found = sniff(stream)
    if found == MACROS:
        return _("The file has macros in it. Save it without them, for example as DOCX or XLSX, and choose it again.")
    if found is None:
        return _("Files of this type cannot be taken. Save it for example as PDF, DOCX, PPTX, XLSX, JPEG, MP3 or MP4.")
    ending = name.rpartition(".")[2].casefold()
    if ending not in TYPES[found].endings:
        return _(
            "The name says “%(ending)s”, but the content is %(type)s. Check that it is the right file, and give it the right ending.",
            ending=ending[:20],
            type=TYPES[found].name,
        )
    return ""
