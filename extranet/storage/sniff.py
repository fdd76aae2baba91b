"""What a file is, by its content. A short list of what is allowed; everything else is unknown."""

import codecs
import zipfile
from dataclasses import dataclass
from typing import BinaryIO

HEAD = 64 * 1024
MAX_DIRECTORY = 4 * 1024 * 1024
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
MACROS = "macros"
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


def sniff(file: BinaryIO) -> str | None:
    """The media type of an allowed file, MACROS for an office file that carries programs, or None. Leaves the file at its start."""
    file.seek(0)
    head = file.read(HEAD)
    found = _by_start(head) or (_in_zip(file) if head.startswith(b"PK\x03\x04") else None) or _as_text(head)
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
        return "audio/mp4" if head[8:12] == b"M4A " else "video/mp4"
    if len(head) > 3 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2 and head[2] & 0xF0 != 0xF0:
        return "audio/mpeg"
    return None


def _in_zip(file: BinaryIO) -> str | None:
    """Office files are archives: their first entry or their list of entries says which."""
    if _directory_size(file) > MAX_DIRECTORY:
        return None
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            if any(name.rpartition("/")[2] == "vbaProject.bin" or name.startswith("Basic/") for name in names):
                return MACROS
            for part, kind in _PARTS.items():
                if part in names and "[Content_Types].xml" in names:
                    return f"{_OFFICE}.{kind}"
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                mime = archive.read("mimetype").decode("ascii", "replace").strip()
                return mime if mime in TYPES else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        return None
    return None


def _directory_size(file: BinaryIO) -> int:
    """The length of the archive's list of entries, before anything reads it into memory."""
    end = file.seek(0, 2)
    file.seek(max(0, end - HEAD - 22))
    tail = file.read(HEAD + 22)
    at = tail.rfind(b"PK\x05\x06")
    return int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0


def _as_text(head: bytes) -> str | None:
    if b"\x00" in head or not head.strip():
        return None
    try:
        text = codecs.getincrementaldecoder("utf-8-sig")().decode(head)
    except UnicodeDecodeError:
        text = head.decode("cp1252", "replace")
    strange = sum(1 for c in text if (ord(c) < 32 and c not in "\t\n\r\f") or c == "\ufffd")
    return TEXT if strange == 0 else None
