"""Pieces of files on their way in, under `incoming/` in the store, so that any machine can take the next one."""

import io
import logging
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO, cast

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


def put(upload_id: str, offset: int, content: bytes) -> None:
    """Store the piece that begins at `offset`; one that is there already is written again."""
    with store.trouble():
        obstore.put(store.current(), _path(upload_id, offset), content, use_multipart=False)


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
    """All pieces read as one file, which is nowhere put together. Raises Lost where they are not `size` bytes."""
    with io.BufferedReader(_Joined(upload_id, size), store.CHUNK) as file:
        yield cast(BinaryIO, file)


class _Joined(io.RawIOBase):
    def __init__(self, upload_id: str, size: int) -> None:
        self._upload_id, self._size, self._at = upload_id, size, 0
        self._starts = list(_find_starts(upload_id, size))
        self._chunks: Iterator[bytes] | None = None
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if at != self._at:
            self._at, self._chunks, self._left = max(at, 0), None, memoryview(b"")
        return self._at

    def readinto(self, buffer: Any) -> int:
        wanted = memoryview(buffer)
        while not self._left:
            if self._at >= self._size:
                return 0
            self._left = memoryview(self._next())
        count = min(len(wanted), len(self._left))
        wanted[:count] = self._left[:count]
        self._left = self._left[count:]
        self._at += count
        return count

    def _next(self) -> bytes:
        """Some bytes from where we are; none at the end of a piece."""
        with store.trouble():
            if self._chunks is None:
                start = self._starts[bisect_right(self._starts, self._at) - 1]
                options: Any = {"range": {"offset": self._at - start}}
                found = obstore.get(store.current(), _path(self._upload_id, start), options=options)
                self._chunks = iter(found.stream(min_chunk_size=store.CHUNK))
            chunk = next(self._chunks, None)
            if chunk is None:
                self._chunks = None
            return bytes(chunk or b"")


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
