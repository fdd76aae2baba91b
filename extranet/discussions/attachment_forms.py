"""Files that come with a post: taken from a form, checked, and given back to it where something is missing."""

import re
from collections.abc import Sequence
from typing import Any

from werkzeug.datastructures import MultiDict

from extranet.core.i18n import gettext as _
from extranet.core.text import one_line
from extranet.core.viewer import Viewer
from extranet.discussions.attachment_files import MOST_FILES
from extranet.discussions.attachments import NewFile
from extranet.storage.checks import ENDINGS, Fault, clean_name
from extranet.storage.models import Upload, UploadState
from extranet.storage.queries import list_uploads

MOST_ALT = 500
ACCEPT = ",".join(f".{ending}" for ending in ENDINGS)
KEY = re.compile(r"f\d{1,4}")
PICTURES = ("png", "jpg", "jpeg", "gif", "webp")


def looks_like_picture(name: str) -> bool:
    return name.rpartition(".")[2].casefold() in PICTURES


class Entry:
    """A file that has come or is gone, and what is said of it."""

    def __init__(self, key: str, file: Upload | None, alt: str = "", name: str = "") -> None:
        self.key, self.file, self.alt = key, file, one_line(alt)
        self.name = file.name if file else clean_name(name)
        self.fault = self.alt_fault = ""

    @property
    def is_picture(self) -> bool:
        return (self.file.mime or "").startswith("image/") if self.file and self.file.mime else looks_like_picture(self.name)

    @property
    def icon(self) -> str:
        return "image" if self.is_picture else "file-text"

    def validate(self) -> bool:
        self.fault = self._fault_of_file()
        if self.is_picture and not self.alt:
            self.alt_fault = _("Write what the picture shows, for those who do not see it.")
        elif len(self.alt) > MOST_ALT:
            self.alt_fault = _("Shorten the description to %(most)s characters.", most=MOST_ALT)
        return not (self.fault or self.alt_fault)

    def _fault_of_file(self) -> str:
        if self.file is None:
            return _("The file is not here any more. Choose it again.")
        if self.file.state == UploadState.REFUSED and self.file.fault:
            return str(Fault(**self.file.fault))
        return (
            ""
            if self.file.state == UploadState.READY
            else _("The file is not here in full yet. Wait until it is, and send the form again.")
        )


class Attached:
    """All files of a form. `arrived` are uploads that came with this very request.

    drops_gone: what is not here any more is only named in `gone`.
    """

    def __init__(
        self,
        viewer: Viewer,
        posted: "MultiDict[str, str] | None" = None,
        arrived: Sequence[str] = (),
        faults: Sequence[str] = (),
        drops_gone: bool = False,
    ):
        posted = posted if posted is not None else MultiDict()
        keys = [key for key in dict.fromkeys(posted.getlist("entry")) if KEY.fullmatch(key)][:MOST_FILES]
        known = {key: posted.get(f"{key}-upload", "") for key in keys}
        wanted = [*filter(None, known.values()), *arrived]
        files = {file.id: file for file in list_uploads(viewer, wanted)} if wanted else {}
        self.entries = [Entry(key, files.get(known[key]), posted.get(f"{key}-alt", ""), posted.get(f"{key}-name", "")) for key in keys]
        self.gone = [entry.name for entry in self.entries if entry.file is None] if drops_gone else []
        self.entries = [entry for entry in self.entries if entry.file or not drops_gone]
        number = max((int(key[1:]) for key in keys), default=0)
        self.entries += [Entry(f"f{number + n}", files[upload]) for n, upload in enumerate(arrived, 1) if upload in files]
        self.faults = list(faults)
        if len(self.entries) > MOST_FILES:
            self.faults.append(_("A message can have at most %(most)s files.", most=MOST_FILES))

    def drop(self, key: str) -> Upload | None:
        """Take a file off the form; returns its upload, to be cancelled."""
        entry = next((entry for entry in self.entries if entry.key == key), None)
        if entry:
            self.entries.remove(entry)
        return entry.file if entry else None

    def validate(self) -> bool:
        return all([entry.validate() for entry in self.entries]) and not self.faults

    @property
    def errors(self) -> list[tuple[str, str]]:
        """What to correct, with the id of the place, in the order of the page."""
        found: list[tuple[str, Any]] = [("file", sentence) for sentence in self.faults]
        for entry in self.entries:
            found += [(f"{entry.key}-file", f"{entry.name}: {entry.fault}")] if entry.fault else []
            found += [(f"{entry.key}-alt", f"{entry.name}: {entry.alt_fault}")] if entry.alt_fault else []
        return found

    @property
    def files(self) -> list[NewFile]:
        return [NewFile(entry.file.id, entry.alt) for entry in self.entries if entry.file]
