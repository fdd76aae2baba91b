"""What is refused at the door: the name, the size and the content of a file, each with a sentence that says what to do."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from unicodedata import normalize

from extranet.core.i18n import N_
from extranet.core.i18n import gettext as _
from extranet.core.settings import get_setting
from extranet.core.text import one_line
from extranet.storage.sniff import TYPES
from extranet.storage.zips import Trouble

MAX_NAME = 200
ENDINGS = tuple(ending for kind in TYPES.values() for ending in kind.endings)


@dataclass(frozen=True)
class Fault:
    """What is wrong with a file: a sentence for a person, put into her language when she reads it."""

    text: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return _(self.text, **self.params)

    def kept(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self)


TROUBLES = {
    Trouble.MACROS: N_("The file has macros in it. Save it without them, for example as DOCX or XLSX, and choose it again."),
    Trouble.ARCHIVE: N_("The file is an archive. Unpack it and choose the files in it; several can be chosen at once."),
    Trouble.OLD_OFFICE: N_(
        "The file is of an old Office format or locked with a password. Save it as DOCX, XLSX or PPTX without a password, and choose it again."
    ),
    Trouble.BOMB: N_("The file would unpack to far more than its size, so it cannot be taken. Save it anew as a PDF and choose that."),
    Trouble.TWO_KINDS: N_(
        "There is an archive hidden in the file. Save it anew from the program that it was made with, and choose it again."
    ),
    Trouble.BROKEN: N_("The file is broken or was cut off. Open it, save it anew, and choose it again."),
}


def most_megabytes() -> int:
    """How large a file may be; a setting."""
    return int(get_setting("max_upload_mb"))


def clean_name(name: str) -> str:
    """The name in one spelling and on one line."""
    return one_line(normalize("NFC", name))


def fault_of_name(name: str) -> Fault | None:
    """What is wrong with the name, before a byte of the file is here."""
    name = clean_name(name)
    if "/" in name or "\\" in name or name in ("", ".", ".."):
        return Fault(N_("The name of the file has parts of a path in it. Rename the file and choose it again."))
    if len(name) > MAX_NAME:
        return Fault(
            N_("The name of the file has %(count)s characters. Shorten it to %(most)s and choose the file again."),
            {"count": len(name), "most": MAX_NAME},
        )
    return None


def fault_of_size(size: int) -> Fault | None:
    """What is wrong with the size, before a byte of the file is here."""
    most = most_megabytes()
    if size <= 0:
        return Fault(N_("The file is empty. Check that it was saved, and choose it again."))
    if size > most * 1_000_000:
        return Fault(N_("The file is larger than %(most)s MB. Make it smaller, for example by compressing its pictures."), {"most": most})
    return None


def fault_of_type(found: str | Trouble | None, name: str) -> Fault | None:
    """What is wrong with the content, as `sniff` found it, or with the name that it goes by."""
    if isinstance(found, Trouble):
        return Fault(TROUBLES[found])
    if found is None:
        return Fault(N_("Files of this type cannot be taken. Save it for example as PDF, DOCX, PPTX, XLSX, JPEG, MP3 or MP4."))
    ending = clean_name(name).rpartition(".")[2].casefold()
    if ending not in TYPES[found].endings:
        return Fault(
            N_("The name says “%(ending)s”, but the content is %(type)s. Check that it is the right file, and give it the right ending."),
            {"ending": ending[:20], "type": TYPES[found].name},
        )
    return None
