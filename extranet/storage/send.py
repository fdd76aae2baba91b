"""Answers a request with a stored file: whole or a part of it, through the server, nginx or the bucket."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from unicodedata import normalize
from urllib.parse import quote

from flask import Response, current_app, request

from extranet.storage import presign, store

# Whatever a file holds, a browser runs nothing of it on our address (T09).
LOCKED = "default-src 'none'; sandbox; frame-ancestors 'none'"
# Shown in a page where the caller says so; everything else is saved.
SHOWN = ("image/png", "image/jpeg", "image/gif", "image/webp", "audio/", "video/", "text/vtt")
NGINX = "/stored-files/"


@dataclass(frozen=True)
class Sending:
    """The response, and whether with it a download begins: not a check, not the rest of one that was cut off (T11)."""

    response: Response
    begins: bool


def send(sha256: str, size: int, name: str, mime: str, inline: bool = False) -> Sending:
    """Send the stored file under the name that it was given. Who may have it is decided before.

    inline: for a picture that we made, a recording or its captions inside a page of ours. Raises StoreDown.
    """
    is_shown = inline and mime.startswith(SHOWN)
    response = Response(mimetype=mime)
    response.headers.update(
        {
            "Content-Disposition": disposition(name, is_shown),
            "Content-Security-Policy": LOCKED,
            "Accept-Ranges": "bytes",
            "Cache-Control": "private, no-cache",
        }
    )
    response.set_etag(sha256)
    if request.if_none_match.contains_weak(sha256):
        response.status_code = 304
        return Sending(response, False)
    part = _wanted_part(sha256, size) if request.method == "GET" else None
    start, end = part or (0, size)
    if start >= end:
        response.status_code = 416
        response.headers["Content-Range"] = f"bytes */{size}"
        return Sending(response, False)
    if request.method == "HEAD":
        response.headers["Content-Length"] = str(size)
        return Sending(response, False)
    way = current_app.extensions["extranet"].storage_send
    if way == "redirect" and not is_shown:  # a page of ours plays nothing from elsewhere
        response.status_code = 302
        response.headers.update({"Location": presign.sign(sha256, disposition(name), mime), "Cache-Control": "private, no-store"})
    elif way == "nginx":
        _open(store.local_path(sha256), size).close()
        response.headers["X-Accel-Redirect"] = NGINX + store.path_of(sha256)  # nginx looks at Range itself
    else:
        if part:
            response.status_code = 206
            response.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
        response.headers["Content-Length"] = str(end - start)
        _fill(response, sha256, size, start, end)
    return Sending(response, start == 0)


def _fill(response: Response, sha256: str, size: int, start: int, end: int) -> None:
    path = store.local_path(sha256)
    if path is None:
        response.response = store.open_range(sha256, start, end)
        return
    file = _open(path, size)
    file.seek(start)
    if wrap := request.environ.get("wsgi.file_wrapper"):
        # The server sends it in its own time: a slow reader keeps no thread.
        response.response, response.direct_passthrough = wrap(file, store.CHUNK), True
    else:
        response.response = _read(file, end - start)
        response.call_on_close(file.close)


def _open(path: Path | None, size: int) -> BinaryIO:
    with store.trouble():
        assert path is not None  # noqa: S101  the settings see to it
        file = path.open("rb")
    if (length := os.fstat(file.fileno()).st_size) != size:
        file.close()
        raise store.StoreDown(f"{path.name} has {length} bytes instead of {size}")
    return file


def _read(file: BinaryIO, left: int) -> Iterator[bytes]:
    with file:
        while left and (chunk := file.read(min(store.CHUNK, left))):
            left -= len(chunk)
            yield chunk


def disposition(name: str, inline: bool = False) -> str:
    """The header that has the browser save the file, å, ä and ö included (RFC 6266)."""
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r'[\x00-\x1f"\\%]', "_", plain)
    way = "inline" if inline else "attachment"
    return f"{way}; filename=\"{plain or 'file'}\"; filename*=UTF-8''{quote(name, safe='')}"


def _wanted_part(sha256: str, size: int) -> tuple[int, int] | None:
    """Start and end of the one range that was asked for; an empty one cannot be served. None: the whole file."""
    asked = re.fullmatch(r"bytes=(\d{0,18})-(\d{0,18})", request.headers.get("Range", "").replace(" ", ""))
    if not asked or asked[0] == "bytes=-":
        return None
    if "If-Range" in request.headers and request.headers["If-Range"] != f'"{sha256}"':
        return None
    first, last = asked.groups()
    if not first:
        return size - min(int(last), size), size
    return int(first), min(int(last) + 1, size) if last else size
