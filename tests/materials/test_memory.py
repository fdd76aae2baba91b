"""Large files go in and out of a real server, which stays as small as it was (T10), and answers others meanwhile."""

import hashlib
import http.client
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from extranet.core.db import db
from extranet.core.settings import put_setting
from tests.conftest import stage_of
from tests.people import sign_in_quietly

MEGABYTE = 1_000_000
SIZE = 200 * MEGABYTE
MOST_GROWTH = 50 * MEGABYTE
BLOCK = bytes(range(256)) * 4096
START, END = b"%PDF-", b"%%EOF\n"
NEW = "/networks/hr/materials/new"
THREADS = 4
SERVER = """
import waitress
from extranet.app import create_app
from extranet.core.config import load
from extranet.serve import TUNING
server = waitress.create_server(create_app(load()), host="127.0.0.1", port=0, threads=4, **TUNING)
print(server.effective_port, flush=True)
server.run()
"""


class Server:
    """A server process of its own, and one moderator's connection to it."""

    def __init__(self, process: subprocess.Popen[str], cookie: str) -> None:
        self.process, self.cookie = process, cookie
        self.connection: http.client.HTTPConnection | None = None
        assert process.stdout is not None
        self.port = int(process.stdout.readline())

    def ask(self, method: str, path: str, body: Iterator[bytes] | bytes | None = None, **headers: str) -> http.client.HTTPResponse:
        self.hang_up()
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.connection.request(method, path, body=body, headers={"Cookie": f"session={self.cookie}"} | headers)
        answer = self.connection.getresponse()
        if changed := re.search(r"session=([^;]+)", answer.getheader("Set-Cookie", "")):
            self.cookie = changed[1]
        return answer

    def hang_up(self) -> None:
        if self.connection:
            self.connection.close()

    def peak(self) -> int:
        """The most memory that the process has had, in bytes."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        assert found
        return int(found[1]) * 1024


@pytest.fixture
def server(tmp_path):
    stage = stage_of("sqlite")
    stage.reset()
    stage.is_dirty = True  # the other process writes
    with stage.app.app_context():
        put_setting("max_upload_mb", 2200)
        db.session.commit()
    client = stage.app.test_client()
    sign_in_quietly(client, stage.app, stage.ids["moderator"])
    cookie = client.get_cookie("session")
    assert cookie is not None
    env = os.environ | {
        "EXTRANET_DATA": str(tmp_path),
        "DATABASE_URL": stage.database.url,
        "SECRET_KEY": "x" * 40,
        "BASE_URL": "http://localhost",
        "EXTRANET_WORKER": "none",
        "TMPDIR": str(tmp_path),
    }
    with subprocess.Popen([sys.executable, "-c", SERVER], env=env, stdout=subprocess.PIPE, text=True) as process:
        here = Server(process, cookie.value)
        try:
            yield here
        finally:
            here.hang_up()
            process.terminate()


def content(size: int) -> Iterator[bytes]:
    """A file of that size, as far as anybody looks a PDF."""
    yield START
    left = size - len(START) - len(END)
    while left:
        yield BLOCK[:left]
        left -= min(left, len(BLOCK))
    yield END


def hash_of(pieces: Iterator[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for piece in pieces:
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size


def token_of(server: Server) -> str:
    token = re.search(r'name="csrf_token" value="([^"]+)"', server.ask("GET", NEW).read().decode())
    assert token
    return token[1]


def publish(server: Server, token: str, size: int = 0, upload_id: str = "") -> str:
    """Send the form, with a file of that size or one that came before; the material's address."""
    words = {"title_fi": "Iso tallenne", "kind": "recording", "language": "fi"}
    if upload_id:
        words = {f"f1-{name}": value for name, value in words.items()} | {"entry": "f1", "f1-upload": upload_id}
    fields = {"csrf_token": token, "audience": "all", "sharing": "own_use"} | words
    before = "".join(f'--raja\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items())
    if size:
        before += f'--raja\r\nContent-Disposition: form-data; name="file"; filename="iso{size}.pdf"\r\n\r\n'
    after = ("\r\n" if size else "") + "--raja--\r\n"

    def body() -> Iterator[bytes]:
        yield before.encode()
        yield from content(size) if size else ()
        yield after.encode()

    length = str(len(before) + size + len(after))
    answer = server.ask("POST", NEW, body(), Content_Type="multipart/form-data; boundary=raja", Content_Length=length)
    assert answer.status == 303, re.sub(r"<[^>]+>|\s+", " ", answer.read().decode().partition("<main")[2])[:3000]
    answer.read()
    return str(answer.getheader("Location")).removesuffix("publish")


def send_in_pieces(server: Server, token: str, size: int) -> str:
    """What the upload page's script does; the upload's id."""
    told = json.loads(server.ask("POST", "/uploads/", f"name=palat{size}.pdf&size={size}".encode(), **FORM, X_CSRFToken=token).read())
    waiting = b""
    for block in (*content(size), b""):
        waiting += block
        while len(waiting) >= told["chunk"] or (waiting and not block):
            piece, waiting = waiting[: told["chunk"]], waiting[told["chunk"] :]
            answer = server.ask("PUT", f"/uploads/{told['id']}?offset={told['offset']}", piece, X_CSRFToken=token)
            told = json.loads(answer.read())
            assert answer.status == 200, told
    assert (told["state"], told["offset"]) == ("ready", size), told
    return str(told["id"])


FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def fetch(server: Server, path: str) -> tuple[str, int]:
    answer = server.ask("GET", f"{path}file")
    assert answer.status == 200
    return hash_of(iter(lambda: answer.read(MEGABYTE), b""))


def warm_up(server: Server) -> str:
    """Everything once, with a small file: what the server loads for that is not what is measured. Returns the form's token."""
    token = token_of(server)
    fetch(server, publish(server, token, MEGABYTE))
    fetch(server, publish(server, token, upload_id=send_in_pieces(server, token, MEGABYTE)))
    return token


def say(capsys: pytest.CaptureFixture[str], line: str) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\n{line}\n")


@pytest.mark.slow
def test_the_server_does_not_grow_with_the_file(server, capsys):
    token = warm_up(server)
    start = server.peak()
    form = publish(server, token, SIZE)
    whole = server.peak()
    upload_id = send_in_pieces(server, token, SIZE)
    pieces = server.peak()
    assert fetch(server, form) == hash_of(content(SIZE))
    down = server.peak()
    part = server.ask("GET", f"{form}file", Range=f"bytes={SIZE - 100}-")
    assert (part.status, part.getheader("Content-Length")) == (206, "100")
    grown = [f"+{(peak - start) / MEGABYTE:.0f} MB" for peak in (whole, pieces, down)]
    say(capsys, f"200 MB: {start / MEGABYTE:.0f} MB before, {grown[0]} by the form, {grown[1]} in pieces, {grown[2]} after the download")
    assert down - start < MOST_GROWTH
    assert server.ask("GET", f"/uploads/{upload_id}").status == 200
    nobody_waits_for_slow_readers(server, form)


def nobody_waits_for_slow_readers(server: Server, path: str) -> None:
    """More people than there are threads begin a large download and do not go on reading."""
    readers = []
    for _ in range(3 * THREADS):
        reader = socket.create_connection(("127.0.0.1", server.port), 20)
        reader.sendall(f"GET {path}file HTTP/1.1\r\nHost: localhost\r\nCookie: session={server.cookie}\r\n\r\n".encode())
        assert b" 200 OK" in reader.recv(1000)
        readers.append(reader)
    answer = server.ask("GET", "/healthz")
    assert answer.read()
    for reader in readers:
        reader.close()


@pytest.mark.slow
def test_two_gigabytes(server, capsys):
    size = 2000 * MEGABYTE
    token = warm_up(server)
    start, began = server.peak(), time.monotonic()
    upload_id = send_in_pieces(server, token, size)
    up, sent = server.peak(), time.monotonic()
    path = publish(server, token, upload_id=upload_id)
    assert fetch(server, path) == hash_of(content(size))
    down = server.peak()
    say(
        capsys,
        f"2 GB: {start / MEGABYTE:.0f} MB before, +{(up - start) / MEGABYTE:.0f} MB in pieces ({sent - began:.0f} s), "
        f"+{(down - start) / MEGABYTE:.0f} MB after the download ({time.monotonic() - sent:.0f} s)",
    )
    assert down - start < MOST_GROWTH
