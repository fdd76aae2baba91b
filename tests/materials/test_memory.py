"""A large file goes in and out of a real server, which stays as small as it was (T10)."""

import hashlib
import http.client
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import stage_of
from tests.people import sign_in_quietly

MEGABYTE = 1_000_000
SIZE = 200 * MEGABYTE
BLOCK = bytes(range(256)) * 4096
SERVER = """
import waitress
from extranet.app import create_app
from extranet.core.config import load
server = waitress.create_server(create_app(load()), host="127.0.0.1", port=0, threads=4, max_request_body_size=2_200_000_000)
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

    def ask(self, method: str, path: str, body: Iterator[bytes] | None = None, **headers: str) -> http.client.HTTPResponse:
        self.hang_up()
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
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


def multipart(token: str) -> tuple[bytes, bytes]:
    """What comes before and after the file."""
    fields = {
        "csrf_token": token,
        "title_fi": "Iso tallenne",
        "kind": "recording",
        "language": "fi",
        "audience": "all",
        "sharing": "own_use",
    }
    parts = [f'--rajaviiva\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()]
    parts.append('--rajaviiva\r\nContent-Disposition: form-data; name="file"; filename="iso.pdf"\r\n\r\n%PDF-')
    return "".join(parts).encode(), b"\r\n--rajaviiva--\r\n"


def content() -> Iterator[bytes]:
    """200 MB after the first five letters."""
    left = SIZE
    while left:
        yield BLOCK[:left]
        left -= min(left, len(BLOCK))


@pytest.mark.slow
def test_the_server_does_not_grow_with_the_file(server, capsys):
    form = server.ask("GET", "/networks/hr/materials/new").read().decode()
    token = re.search(r'name="csrf_token" value="([^"]+)"', form)
    assert token
    before, after = multipart(token[1])

    def body() -> Iterator[bytes]:
        yield before
        yield from content()
        yield after

    start = server.peak()
    answer = server.ask(
        "POST",
        "/networks/hr/materials/new",
        body(),
        **{"Content-Type": "multipart/form-data; boundary=rajaviiva", "Content-Length": str(len(before) + SIZE + len(after))},
    )
    assert answer.status == 303, answer.read()[:2000]
    answer.read()
    up = server.peak()
    got = server.ask("GET", f"{answer.getheader('Location')}file")
    assert got.status == 200
    digest, size = hashlib.sha256(), 0
    while chunk := got.read(MEGABYTE):
        digest.update(chunk)
        size += len(chunk)
    down = server.peak()
    expected = hashlib.sha256(b"%PDF-")
    for block in content():
        expected.update(block)
    assert (size, digest.hexdigest()) == (SIZE + 5, expected.hexdigest())
    part = server.ask("GET", f"{answer.getheader('Location')}file", Range=f"bytes={SIZE - 95}-")
    assert (part.status, part.getheader("Content-Length")) == (206, "100")
    with capsys.disabled():
        sys.stdout.write(
            f"\n200 MB: {start / MEGABYTE:.0f} MB before, +{(up - start) / MEGABYTE:.0f} MB up, +{(down - start) / MEGABYTE:.0f} MB down\n"
        )
    assert down - start < 50 * MEGABYTE
