"""Files under the hash of their content, in a local folder or an S3 bucket. Nothing here is ever held whole in memory."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit

import obstore
from flask import current_app
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

CHUNK = 256 * 1024
PART = 5 * 1024 * 1024


class StoreDown(Exception):
    """The store did not answer, is full, or has lost a file that a row names."""


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
    with _seekable(stream) as file, _trouble():
        digest, size = hashlib.sha256(), 0
        file.seek(0)
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
        sha256 = digest.hexdigest()
        file.seek(0)
        obstore.put(_store(), _path(sha256), file, chunk_size=PART, max_concurrency=2, use_multipart=size > PART)
        return Stored(sha256, size)


def open_range(sha256: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
    """The bytes from `start` up to, not including, `end`, in chunks.

    The store is asked at once, so that a missing file raises StoreDown here and not in the middle of a response.
    """
    with _trouble():
        wanted: Any = {"offset": start} if end is None else (start, end)
        chunks = iter(obstore.get(_store(), _path(sha256), options={"range": wanted}).stream(min_chunk_size=CHUNK))
    return (bytes(chunk) for chunk in chunks)


def find(sha256: str) -> Found | None:
    """When the file was brought last; None if the store does not have it."""
    with _trouble():
        try:
            return Found(sha256, obstore.head(_store(), _path(sha256))["last_modified"])
        except FileNotFoundError:
            return None


def exists(sha256: str) -> bool:
    """Whether the store has that file."""
    return find(sha256) is not None


def delete(sha256: str) -> None:
    """Remove the file; one that is not there is no trouble."""
    with _trouble():
        try:
            obstore.delete(_store(), _path(sha256))
        except FileNotFoundError:
            return


def list_files() -> Iterator[Found]:
    """Every file in the store, in batches behind the scenes."""
    with _trouble():
        for batch in obstore.list(_store()):
            for file in batch:
                name = file["path"].rpartition("/")[2]
                if len(name) == 64:
                    yield Found(name, file["last_modified"])


def _path(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}"


def _store() -> LocalStore | S3Store:
    return _store_at(current_app.extensions["extranet"].storage_url)


@lru_cache(maxsize=8)
def _store_at(url: str) -> LocalStore | S3Store:
    parts = urlsplit(url)
    if parts.scheme == "file":
        return LocalStore(unquote(parts.path), mkdir=True)
    # Credentials, region and endpoint come from the usual AWS_* variables.
    is_plain = os.environ.get("AWS_ENDPOINT_URL", "").startswith("http://")
    return S3Store(parts.netloc, prefix=parts.path.strip("/") or None, client_options={"allow_http": is_plain})


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
def _trouble() -> Iterator[None]:
    try:
        yield
    except (BaseError, OSError) as error:
        raise StoreDown(str(error)) from error
