"""Pieces of files on their way in, under `incoming/` in the store, so that any machine can take the next one."""

import io
import logging
import os
import shutil
import tempfile
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from pathlib import Path
from secrets import token_hex
from typing import IO, Any, BinaryIO, cast

import obstore

from extranet.storage import store

FOLDER = "incoming"

log = logging.getLogger(__name__)


class Lost(Exception):
    """The pieces that are in the store are not the whole file."""


@dataclass(frozen=True)
class Piece:
    """A piece as the sweep sees it."""

    upload_id: str
    path: str
    changed_at: datetime


def put(upload_id: str, offset: int, stream: IO[bytes], length: int) -> int:
    """Store the piece that begins at `offset`; one that is there already is replaced. Returns how many bytes came."""
    with store.trouble():
        folder = store.folder()
        if folder is not None:
            return _write(folder / _path(upload_id, offset), stream)
        content = stream.read(length)
        obstore.put(store.current(), _path(upload_id, offset), content, use_multipart=False)
        return len(content)


def _write(path: Path, stream: IO[bytes]) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f"{path.name}.{token_hex(4)}")
    try:
        with half.open("wb") as file:
            shutil.copyfileobj(stream, file, store.CHUNK)
            length = file.tell()
        half.replace(path)
    except BaseException:
        half.unlink(missing_ok=True)
        raise
    return length


def drop(upload_id: str) -> None:
    """Remove an upload's pieces. What cannot be removed now is left to the sweep."""
    try:
        with store.trouble():
            for batch in obstore.list(store.current(), f"{FOLDER}/{upload_id}"):
                for piece in batch:
                    remove(piece["path"])
    except store.StoreDown as error:
        log.warning("pieces of an upload are left to the sweep: %s", error)


def remove(path: str) -> None:
    """Remove one piece; one that is not there is no trouble."""
    with store.trouble():
        try:
            obstore.delete(store.current(), path)
        except FileNotFoundError:
            return


def list_pieces() -> Iterator[Piece]:
    """Every piece in the store."""
    with store.trouble():
        for batch in obstore.list(store.current(), FOLDER):
            for piece in batch:
                path = piece["path"]
                yield Piece(path.split("/")[-2], path, piece["last_modified"])


@contextmanager
def joined(upload_id: str, size: int) -> Iterator[BinaryIO]:
    """All pieces read as one file. Raises Lost where they are not `size` bytes, or where one is put anew while they are read:
    what is stored is what was scanned.

    Pieces on this machine are read where they lie. Others are fetched to a temporary file first: they are read several times.
    """
    starts = list(_find_starts(upload_id, size))
    folder = store.folder()
    if folder is not None:
        with io.BufferedReader(_Joined([(start, folder / _path(upload_id, start)) for start in starts], size), store.CHUNK) as file:
            yield cast(BinaryIO, file)
        return
    with tempfile.TemporaryFile() as spool:
        for start in starts:
            with store.trouble():
                for chunk in obstore.get(store.current(), _path(upload_id, start)).stream(min_chunk_size=store.CHUNK):
                    spool.write(chunk)
        spool.seek(0)
        yield cast(BinaryIO, spool)


class _Joined(io.RawIOBase):
    """Files on disk, one after another."""

    def __init__(self, pieces: list[tuple[int, Path]], size: int) -> None:
        with store.trouble():
            self._pieces = [(start, path, _mark(path.stat())) for start, path in pieces]
        self._size, self._at = size, 0
        self._file: BinaryIO | None = None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        at = max(0, offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence])
        if at != self._at:
            self._at = at
            self._leave()
        return at

    def readinto(self, buffer: Any) -> int:
        with store.trouble():
            while self._at < self._size:
                count = self._enter().readinto(buffer)  # type: ignore[attr-defined]
                if count:
                    self._at += count
                    return int(count)
                self._leave()
        return 0

    def close(self) -> None:
        self._leave()
        super().close()

    def _enter(self) -> BinaryIO:
        """The piece that we are in, open at the place where we are."""
        if self._file is None:
            start, path, mark = self._pieces[bisect_right(self._pieces, self._at, key=itemgetter(0)) - 1]
            self._file = path.open("rb")
            if _mark(os.fstat(self._file.fileno())) != mark:
                raise Lost
            self._file.seek(self._at - start)
        return self._file

    def _leave(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def _mark(stat: os.stat_result) -> tuple[int, int, int]:
    """Which file that is, and as it was written when."""
    return stat.st_ino, stat.st_mtime_ns, stat.st_size


def _find_starts(upload_id: str, size: int) -> Iterator[int]:
    """Where the pieces begin: each one where the one before it ends."""
    at = 0
    while at < size:
        yield at
        with store.trouble():
            try:
                length = obstore.head(store.current(), _path(upload_id, at))["size"]
            except FileNotFoundError as error:
                raise Lost from error
        if length == 0:
            raise Lost
        at += length
    if at != size:
        raise Lost


def _path(upload_id: str, offset: int) -> str:
    return f"{FOLDER}/{upload_id}/{offset}"
