"""Archives, looked into without believing what they say of themselves. Office files are archives too."""

import io
import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

MAX_DIRECTORY = 4 * 1024 * 1024
END = b"PK\x05\x06"
END_LENGTH = 22
END_64 = b"PK\x06\x06"
LOCATOR_64 = b"PK\x06\x07"
LOCATOR_64_LENGTH = 20
END_64_LENGTH = 56
LONGEST_COMMENT = 65536  # one more than there can be: as far as zipfile looks
PIECE = 256 * 1024

# An honest office file unpacks to ten or twenty times its size. Small ones may do what they like.
HARMLESS = 25_000_000
RATIO = 100
MOST_UNPACKED = 4_000_000_000
MOST_INFLATED = 1_500_000_000
DEEPEST = 2
NESTED_IN_MEMORY = 4_000_000


class Trouble(StrEnum):
    """Why a file cannot be taken, besides being of an unknown kind."""

    MACROS = "macros"
    ARCHIVE = "archive"
    OLD_OFFICE = "old_office"
    BOMB = "bomb"
    TWO_KINDS = "two_kinds"
    BROKEN = "broken"


@dataclass(frozen=True)
class Directory:
    """An archive's list of entries."""

    archive: zipfile.ZipFile
    entries: list[zipfile.ZipInfo]

    def read(self, name: str, most: int = 1_000_000) -> bytes:
        """The beginning of one entry; nothing where it cannot be read."""
        try:
            with self.archive.open(name) as entry:
                return entry.read(most)
        except _ERRORS:
            return b""


_ERRORS = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, KeyError, zlib.error)


def read_directory(file: BinaryIO) -> Directory | Trouble:
    """The list of entries, if it is of a sane length and hangs together."""
    if _directory_length(file) > MAX_DIRECTORY:
        return Trouble.BOMB
    try:
        archive = zipfile.ZipFile(file)
    except (*_ERRORS, OSError):
        return Trouble.BROKEN
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    return _fault_in(entries, file.seek(0, io.SEEK_END)) or Directory(archive, entries)


def _fault_in(entries: list[zipfile.ZipInfo], size: int) -> Trouble | None:
    """What the list of entries itself gives away: more than fits, or the same bytes used for many entries."""
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MOST_UNPACKED or (unpacked > HARMLESS and unpacked > RATIO * size):
        return Trouble.BOMB
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            return Trouble.BOMB
        end = entry.header_offset + 30 + len(entry.filename) + entry.compress_size
    if end > size:
        return Trouble.BROKEN
    return None


def has_directory(file: BinaryIO) -> bool:
    """Whether the file, whatever it seems to be, ends as an archive does."""
    at, tail = _find_end(file)
    if at < 0:
        return False
    comment = int.from_bytes(tail[at + 20 : at + 22], "little")
    entries = int.from_bytes(tail[at + 10 : at + 12], "little")
    return entries > 0 and at + END_LENGTH + comment == len(tail)


def _directory_length(file: BinaryIO) -> int:
    """The length of the archive's list of entries, before anything reads it into memory: as zipfile finds it, so the large form first."""
    at, tail = _find_end(file)
    if at < 0:
        return 0
    file.seek(max(0, file.seek(0, io.SEEK_END) - len(tail) + at - LOCATOR_64_LENGTH - END_64_LENGTH))
    before = file.read(END_64_LENGTH + LOCATOR_64_LENGTH)
    if before[:4] == END_64 and before[END_64_LENGTH:].startswith(LOCATOR_64):
        return int.from_bytes(before[40:48], "little")
    return int.from_bytes(tail[at + 12 : at + 16], "little")


def _find_end(file: BinaryIO) -> tuple[int, bytes]:
    """The last bytes of the file, and where in them the record stands that ends an archive."""
    end = file.seek(0, io.SEEK_END)
    file.seek(max(0, end - LONGEST_COMMENT - END_LENGTH))
    tail = file.read(LONGEST_COMMENT + END_LENGTH)
    return tail.rfind(END, 0, max(0, len(tail) - END_LENGTH) + len(END)), tail


def unpacks_safely(file: BinaryIO) -> Trouble | None:
    """Unpack an archive to nowhere, archives in it included, and see that it is what its list of entries says. Bounded in time."""
    file.seek(0)
    found = _Unpacking(file.seek(0, io.SEEK_END)).look_through(file, 0) if _is_archive(file) else None
    file.seek(0)
    return found


def _is_archive(file: BinaryIO) -> bool:
    file.seek(0)
    return file.read(4) == b"PK\x03\x04"


class _Unpacking:
    """Counts what comes out, over all depths."""

    def __init__(self, size: int) -> None:
        self.most = min(max(HARMLESS, RATIO * size), MOST_INFLATED)
        self.inflated = 0

    def look_through(self, file: BinaryIO, depth: int) -> Trouble | None:
        if depth > DEEPEST:
            return Trouble.BOMB
        directory = read_directory(file)
        if isinstance(directory, Trouble):
            return directory
        for entry in directory.entries:
            if trouble := self._look_at(file, directory, entry, depth):
                return trouble
        return None

    def _look_at(self, file: BinaryIO, directory: Directory, entry: zipfile.ZipInfo, depth: int) -> Trouble | None:
        if entry.flag_bits & 1 or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            return Trouble.BROKEN
        if entry.compress_type == zipfile.ZIP_STORED and entry.file_size != entry.compress_size:
            return Trouble.BROKEN
        try:
            if entry.compress_type == zipfile.ZIP_DEFLATED and (trouble := self._inflate(file, entry)):
                return trouble
            return self._look_inside(directory, entry, depth)
        except _ERRORS:
            return Trouble.BROKEN

    def _inflate(self, file: BinaryIO, entry: zipfile.ZipInfo) -> Trouble | None:
        """The real length: zipfile would stop at the one that the entry names."""
        file.seek(entry.header_offset)
        header = file.read(30)
        file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), io.SEEK_CUR)
        inflater, left, came = zlib.decompressobj(-15), entry.compress_size, 0
        while left > 0 and not inflater.eof:
            packed = file.read(min(PIECE, left))
            if not packed:
                return Trouble.BROKEN
            left -= len(packed)
            while packed and not inflater.eof:
                came += len(inflater.decompress(packed, 4 * PIECE))
                packed = inflater.unconsumed_tail
                if came > entry.file_size or self.inflated + came > self.most:
                    return Trouble.BOMB
        came += len(inflater.flush())
        self.inflated += came
        return None if came == entry.file_size else Trouble.BROKEN

    def _look_inside(self, directory: Directory, entry: zipfile.ZipInfo, depth: int) -> Trouble | None:
        """A table inside a report is an archive in an archive; one in that again is not something that people make."""
        with directory.archive.open(entry) as inside:
            start = inside.read(4)
            if start != b"PK\x03\x04":
                return None
            with tempfile.SpooledTemporaryFile(NESTED_IN_MEMORY) as nested:
                nested.write(start)
                while piece := inside.read(PIECE):
                    nested.write(piece)
                return self.look_through(nested, depth + 1)  # type: ignore[arg-type]
