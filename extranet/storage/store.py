"""Files under the hash of their content, in a local folder or an S3 bucket. Nothing here is ever held whole in memory."""

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit

import obstore
from flask import current_app
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

CHUNK = 256 * 1024
PART = 5 * 1024 * 1024


# A page waits for the store; it says soon that the store is away. A body may take its time, but not stand still.
PATIENCE: Any = {"max_retries": 2, "retry_timeout": timedelta(seconds=8), "backoff": {"max_backoff": timedelta(seconds=1)}}
LIMITS: Any = {"connect_timeout": "3s", "read_timeout": "20s", "timeout": "12h"}
FULL = (errno.ENOSPC, errno.EDQUOT)
SAYS_FULL = ("(os error 28)", "(os error 122)", "QuotaExceeded", "507 Insufficient Storage")


class StoreDown(Exception):
    """The store did not answer, is full, or has lost a file that a row names."""


class StoreFull(StoreDown):
    """The store has no room for it."""


@dataclass(frozen=True)
class Stored:
    """A file in the store: the name it has there and its length."""

    sha256: str
    size: int


@dataclass(frozen=True)
class Found:
    """A file as the sweep sees it."""

    sha256: str
    changed_at: datetime


def put(stream: BinaryIO) -> Stored:
    """Store what can be read from `stream` and say under which hash. Call it before the row is written, outside a transaction.

    A file that is there already is written again: its age then tells the sweep that somebody has just brought it.
    """
    with _seekable(stream) as file, trouble():
        digest, size = hashlib.sha256(), 0
        file.seek(0)
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
        sha256 = digest.hexdigest()
        file.seek(0)
        obstore.put(current(), path_of(sha256), file, chunk_size=PART, max_concurrency=2, use_multipart=size > PART)
        return Stored(sha256, size)


def open_range(sha256: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
    """The bytes from `start` up to, not including, `end`, in chunks.

    The store is asked at once, so that a missing file raises StoreDown here and not in the middle of a response.
    """
    with trouble():
        wanted: Any = {"offset": start} if end is None else (start, end)
        chunks = iter(obstore.get(current(), path_of(sha256), options={"range": wanted}).stream(min_chunk_size=CHUNK))
    return _read(chunks)


def _read(chunks: Iterator[Any]) -> Iterator[bytes]:
    with trouble():
        for chunk in chunks:
            yield bytes(chunk)


def find(sha256: str) -> Found | None:
    """When the file was brought last; None if the store does not have it."""
    with trouble():
        try:
            return Found(sha256, obstore.head(current(), path_of(sha256))["last_modified"])
        except FileNotFoundError:
            return None


def size_of(sha256: str) -> int:
    """How long the file is; StoreDown where the store does not have it."""
    with trouble():
        return int(obstore.head(current(), path_of(sha256))["size"])


def exists(sha256: str) -> bool:
    """Whether the store has that file."""
    return find(sha256) is not None


def delete(sha256: str) -> None:
    """Remove the file; one that is not there is no trouble."""
    with trouble():
        try:
            obstore.delete(current(), path_of(sha256))
        except FileNotFoundError:
            return


def list_files() -> Iterator[Found]:
    """Every file in the store, in batches behind the scenes."""
    with trouble():
        for batch in obstore.list(current()):
            for file in batch:
                folder, _, name = file["path"].rpartition("/")
                if len(name) == 64 and folder == name[:2]:
                    yield Found(name, file["last_modified"])


def path_of(sha256: str) -> str:
    """Where in the store the file lies."""
    return f"{sha256[:2]}/{sha256}"


def local_path(sha256: str) -> Path | None:
    """Where on this machine's disk the file lies; None where the store is elsewhere."""
    here = folder()
    return here / path_of(sha256) if here else None


def key_of(sha256: str) -> str:
    """The file's key in the bucket."""
    prefix = urlsplit(_url()).path.strip("/")
    return f"{prefix}/{path_of(sha256)}" if prefix else path_of(sha256)


def bucket() -> str:
    """The name of the bucket."""
    return urlsplit(_url()).netloc


def has_room(size: int) -> bool:
    """Whether a file of that size fits, as far as this machine can know."""
    here = folder()
    if here is None:
        return True
    with trouble():
        here.mkdir(parents=True, exist_ok=True)
        return shutil.disk_usage(here).free > size


def current() -> LocalStore | S3Store:
    """The store of this application."""
    return _store_at(_url())


def _url() -> str:
    return str(current_app.extensions["extranet"].storage_url)


def folder() -> Path | None:
    """The folder that the store is; None where it is elsewhere."""
    parts = urlsplit(_url())
    return Path(unquote(parts.path)) if parts.scheme == "file" else None


@lru_cache(maxsize=8)
def _store_at(url: str) -> LocalStore | S3Store:
    parts = urlsplit(url)
    if parts.scheme == "file":
        return LocalStore(unquote(parts.path), mkdir=True, automatic_cleanup=True)
    # Credentials, region and endpoint come from the usual AWS_* variables.
    is_plain = os.environ.get("AWS_ENDPOINT_URL", "").startswith("http://")
    options = LIMITS | {"allow_http": is_plain}
    return S3Store(parts.netloc, prefix=parts.path.strip("/") or None, client_options=options, retry_config=PATIENCE)


@contextmanager
def _seekable(stream: BinaryIO) -> Iterator[BinaryIO]:
    """The hash is the name, so the bytes are read twice: a stream that cannot go back is copied to a temporary file."""
    if stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as spool:
        shutil.copyfileobj(stream, spool, CHUNK)
        yield spool


@contextmanager
def trouble() -> Iterator[None]:
    """Whatever the store or the disk complains of becomes StoreDown."""
    try:
        yield
    except (BaseError, OSError) as error:
        is_full = getattr(error, "errno", None) in FULL or any(words in str(error) for words in SAYS_FULL)
        raise (StoreFull if is_full else StoreDown)(str(error)) from error
