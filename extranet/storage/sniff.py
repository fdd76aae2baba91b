"""What a file is, by its content. A short list of what is allowed; everything else is unknown."""

import codecs
from dataclasses import dataclass
from typing import BinaryIO

from extranet.storage import zips
from extranet.storage.zips import Trouble

HEAD = 64 * 1024
TAIL = 64 * 1024
TEXT = "text/plain"


@dataclass(frozen=True)
class FileType:
    """A kind of file: what people call it, and the endings its name may have."""

    mime: str
    name: str
    endings: tuple[str, ...]


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
TYPES = {
    kind.mime: kind
    for kind in (
        FileType("application/pdf", "PDF", ("pdf",)),
        FileType(f"{_OFFICE}.wordprocessingml.document", "DOCX", ("docx",)),
        FileType(f"{_OFFICE}.presentationml.presentation", "PPTX", ("pptx",)),
        FileType(f"{_OFFICE}.spreadsheetml.sheet", "XLSX", ("xlsx",)),
        FileType(f"{_OPEN}.text", "ODT", ("odt",)),
        FileType(f"{_OPEN}.presentation", "ODP", ("odp",)),
        FileType(f"{_OPEN}.spreadsheet", "ODS", ("ods",)),
        FileType("image/png", "PNG", ("png",)),
        FileType("image/jpeg", "JPEG", ("jpg", "jpeg")),
        FileType("image/gif", "GIF", ("gif",)),
        FileType("image/webp", "WebP", ("webp",)),
        FileType("audio/mpeg", "MP3", ("mp3",)),
        FileType("audio/mp4", "M4A", ("m4a",)),
        FileType("video/mp4", "MP4", ("mp4", "m4v")),
        FileType("video/webm", "WebM", ("webm",)),
        # Markup is text to us: it is sent as such, so that no browser runs it (T09).
        FileType(TEXT, "TXT", ("txt", "csv", "md", "html", "htm", "svg", "xml", "json", "ics", "srt", "vtt")),
    )
}
_PARTS = {
    "word/document.xml": "wordprocessingml.document",
    "ppt/presentation.xml": "presentationml.presentation",
    "xl/workbook.xml": "spreadsheetml.sheet",
}
_STARTS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"ID3", "audio/mpeg"),
)
_MP4_BRANDS = (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"M4VH", b"M4VP", b"MSNV", b"dash")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# zip too, where it is no office file: 7z, rar, gzip, xz, bzip2, zstd
_ARCHIVES = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x1f\x8b", b"\xfd7zXZ\x00", b"BZh", b"\x28\xb5\x2f\xfd")


def sniff(file: BinaryIO) -> str | Trouble | None:
    """The media type of an allowed file, the trouble with one that is not, or None. Reads both ends. Leaves the file at its start."""
    size = file.seek(0, 2)
    file.seek(0)
    head = file.read(HEAD)
    found: str | Trouble | None
    if head.startswith(b"PK\x03\x04"):
        found = _in_zip(file)
    elif mime := _by_start(head):
        found = _look_at_end(file, size, mime)
    else:
        found = _refused_by_start(head) or _as_text(head)
    file.seek(0)
    return found


def _by_start(head: bytes) -> str | None:
    for start, mime in _STARTS:
        if head.startswith(start):
            return mime
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:4096]:
        return "video/webm"
    if head[4:8] == b"ftyp":
        return "audio/mp4" if head[8:12] == b"M4A " else "video/mp4" if head[8:12] in _MP4_BRANDS else None
    if len(head) > 3 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2 and head[2] & 0xF0 != 0xF0:
        return "audio/mpeg"
    return None


def _refused_by_start(head: bytes) -> Trouble | None:
    if head.startswith(_OLE):
        return Trouble.OLD_OFFICE
    return Trouble.ARCHIVE if head.startswith(_ARCHIVES) or head[257:262] == b"ustar" else None


def _look_at_end(file: BinaryIO, size: int, found: str) -> str | Trouble:
    """What is cut off lacks its end; what is an archive beside what it seems has an archive's end."""
    if zips.has_directory(file):
        return Trouble.TWO_KINDS
    if found == "application/pdf":
        file.seek(max(0, size - TAIL))
        tail = file.read(TAIL)
        if b"%%EOF" not in tail and b"startxref" not in tail:
            return Trouble.BROKEN
    return found


def _in_zip(file: BinaryIO) -> str | Trouble:
    """Office files are archives: their first entry or their list of entries says which."""
    directory = zips.read_directory(file)
    if isinstance(directory, Trouble):
        return directory
    names = {entry.filename for entry in directory.entries}
    if any(map(_is_program, names)):
        return Trouble.MACROS
    if "[Content_Types].xml" in names:
        if b"macroEnabled" in directory.read("[Content_Types].xml"):
            return Trouble.MACROS
        return next((f"{_OFFICE}.{kind}" for part, kind in _PARTS.items() if part in names), Trouble.ARCHIVE)
    mime = directory.read("mimetype", 100).decode("ascii", "replace").strip() if "mimetype" in names else ""
    return mime if mime in TYPES else Trouble.ARCHIVE


def _is_program(name: str) -> bool:
    """Visual Basic, Excel 4 macro sheets, ActiveX controls; Basic and scripts of LibreOffice."""
    folder, _, last = name.casefold().rpartition("/")
    return (
        last in ("vbaproject.bin", "vbadata.xml")
        or folder.endswith("/macrosheets")
        or (folder.endswith("/activex") and last.endswith(".bin"))
        or name.startswith(("Basic/", "Scripts/"))
    )


def _as_text(head: bytes) -> str | None:
    if b"\x00" in head or not head.strip():
        return None
    try:
        text = codecs.getincrementaldecoder("utf-8-sig")().decode(head)
    except UnicodeDecodeError:
        text = head.decode("cp1252", "replace")
    strange = sum(1 for c in text if (ord(c) < 32 and c not in "\t\n\r\f") or c == "\ufffd")
    return TEXT if strange == 0 else None
