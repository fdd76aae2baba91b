"""Asks clamd whether a file has a virus. Without CLAMD_URL nothing is asked; with it, no answer means no file."""

import socket
import struct
from contextlib import suppress
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from flask import current_app

PIECE = 256 * 1024
CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 300.0
LONGEST_ANSWER = 4096


class ScannerDown(Exception):
    """clamd does not answer, or answers what nobody understands."""


class TooLarge(Exception):
    """The file is larger than clamd's StreamMaxLength."""


def scan(stream: BinaryIO) -> str | None:
    """The name of the virus that is in the file, or None. Leaves the stream where it ends."""
    url = str(current_app.extensions["extranet"].clamd_url)
    if not url:
        return None
    stream.seek(0)
    try:
        with _connect(url) as clamd:
            answer = _ask(clamd, stream)
    except OSError as error:
        raise ScannerDown(str(error)) from error
    if answer == "stream: OK":
        return None
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    if "size limit exceeded" in answer:
        raise TooLarge(answer)
    raise ScannerDown(answer or "no answer")


def _ask(clamd: socket.socket, stream: BinaryIO) -> str:
    """INSTREAM: pieces, each after its length, then a length of nothing."""
    # clamd hangs up where it will not take more, after it has said why.
    with suppress(ConnectionError):
        clamd.sendall(b"zINSTREAM\0")
        while piece := stream.read(PIECE):
            clamd.sendall(struct.pack("!I", len(piece)))
            clamd.sendall(piece)
        clamd.sendall(struct.pack("!I", 0))
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER and (more := clamd.recv(1024)):
        answer += more
    if not answer.endswith(b"\0"):
        raise ScannerDown("the answer was cut off")
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()


def _connect(url: str) -> socket.socket:
    parts = urlsplit(url)
    if parts.scheme == "unix":
        clamd = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        clamd.settimeout(CONNECT_SECONDS)
        clamd.connect(unquote(parts.path))
    else:
        clamd = socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 3310), CONNECT_SECONDS)
    clamd.settimeout(ANSWER_SECONDS)
    return clamd
