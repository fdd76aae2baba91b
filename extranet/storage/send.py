"""Answers a request with a stored file: streamed, whole or a part of it, always as a download."""

import re
from dataclasses import dataclass
from unicodedata import normalize
from urllib.parse import quote

from flask import Response, request

from extranet.storage.store import open_range

# Whatever a file holds, a browser runs nothing of it on our address (T09).
LOCKED = "default-src 'none'; sandbox; frame-ancestors 'none'"


@dataclass(frozen=True)
class Sending:
    """The response, and whether with it a download begins: not a check, not the rest of one that was cut off (T11)."""

    response: Response
    begins: bool


def send(sha256: str, size: int, name: str, mime: str) -> Sending:
    """Send the stored file under the name that it was given. Who may have it is decided before."""
    response = Response(mimetype=mime)
    response.headers.update(
        {
            "Content-Disposition": disposition(name),
            "Content-Security-Policy": LOCKED,
            "Accept-Ranges": "bytes",
            "Cache-Control": "private, no-cache",
        }
    )
    response.set_etag(sha256)
    if request.if_none_match.contains_weak(sha256):
        response.status_code = 304
        return Sending(response, False)
    part = _wanted_part(sha256, size)
    start, end = part or (0, size)
    if start >= end:
        response.status_code = 416
        response.headers["Content-Range"] = f"bytes */{size}"
        return Sending(response, False)
    response.headers["Content-Length"] = str(end - start)
    if part:
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    if request.method == "HEAD":
        return Sending(response, False)
    response.response = open_range(sha256, start, end)
    return Sending(response, start == 0)


def disposition(name: str) -> str:
    """The header that has the browser save the file, å, ä and ö included (RFC 6266)."""
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r'[\x00-\x1f"\\%]', "_", plain)
    return f"attachment; filename=\"{plain or 'file'}\"; filename*=UTF-8''{quote(name, safe='')}"


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
