"""What is refused at the door: the name, the size and the content of a file, each with a sentence that says what to do."""

from typing import BinaryIO
from unicodedata import normalize

from extranet.core.i18n import gettext as _
from extranet.core.settings import get_setting
from extranet.core.text import one_line
from extranet.storage.sniff import MACROS, TYPES, sniff

MAX_NAME = 200
ENDINGS = tuple(ending for kind in TYPES.values() for ending in kind.endings)


def most_megabytes() -> int:
    """How large a file may be; a setting."""
    return int(get_setting("max_upload_mb"))


def clean_name(name: str) -> str:
    """The name in one spelling and on one line."""
    return one_line(normalize("NFC", name))


def find_fault(stream: BinaryIO, name: str) -> str:
    """The sentence that says what is wrong with a file and what to do about it, or nothing."""
    size = stream.seek(0, 2)
    stream.seek(0)
    return fault_of_name(name) or fault_of_size(size) or _fault_of_type(stream, clean_name(name))


def fault_of_name(name: str) -> str:
    """What is wrong with the name, before a byte of the file is here."""
    name = clean_name(name)
    if "/" in name or "\\" in name or name in ("", ".", ".."):
        return _("The name of the file has parts of a path in it. Rename the file and choose it again.")
    if len(name) > MAX_NAME:
        return _(
            "The name of the file has %(count)s characters. Shorten it to %(most)s and choose the file again.",
            count=len(name),
            most=MAX_NAME,
        )
    return ""


def fault_of_size(size: int) -> str:
    """What is wrong with the size, before a byte of the file is here."""
    most = most_megabytes()
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
