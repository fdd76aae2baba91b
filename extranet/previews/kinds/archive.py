"""Office files are archives: what they would unpack to is known before anything is unpacked."""

import zipfile
from pathlib import Path
from xml.etree import ElementTree

from extranet.previews import limits
from extranet.previews.report import Fault

XML = (".xml", ".rels")
_LOOK = 64 * 1024


def open_archive(path: Path) -> zipfile.ZipFile:
    """The archive, if it is none of those that unpack to more than a machine holds, nor one whose XML has entities of its own."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Fault("broken") from error
    entries = archive.infolist()
    if len(entries) > limits.ENTRIES or sum(entry.file_size for entry in entries) > limits.UNPACKED:
        raise Fault("large")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Fault("locked")
    for entry in entries:
        if entry.filename.endswith(XML):
            with archive.open(entry) as part:
                start = part.read(_LOOK)
            # No office program writes a document type; the second spelling is UTF-16.
            if b"<!DOCTYPE" in start or b"<\0!\0D\0O\0C" in start or b"<!ENTITY" in start:
                raise Fault("broken")
    return archive


def read_xml(archive: zipfile.ZipFile, name: str) -> ElementTree.Element | None:
    """One part as a tree; None if the archive does not have it or it is no XML."""
    try:
        return ElementTree.fromstring(archive.read(name))  # noqa: S314  open_archive has refused entities
    except (KeyError, ElementTree.ParseError):
        return None


def read_properties(archive: zipfile.ZipFile) -> dict[str, str]:
    """The title and language that an Office Open XML file says of itself."""
    core = read_xml(archive, "docProps/core.xml")
    found = {}
    for name in ("title", "language"):
        element = core.find(f"{{http://purl.org/dc/elements/1.1/}}{name}") if core is not None else None
        found[name] = (element.text or "").strip()[:300] if element is not None else ""
    return found


def read_page_count(archive: zipfile.ZipFile) -> int:
    """How many pages the program that wrote it counted, or 0."""
    app = read_xml(archive, "docProps/app.xml")
    pages = app.find("{*}Pages") if app is not None else None
    text = (pages.text or "") if pages is not None else ""
    return int(text) if text.isdecimal() and len(text) < 6 else 0
