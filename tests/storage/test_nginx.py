"""A real nginx in front, as deploy/nginx.conf has it: we say who may have a file, nginx sends it."""

import os
import re
import shutil
import socket
import subprocess
import threading
import urllib.error
import urllib.request
from dataclasses import replace
from types import SimpleNamespace

import pytest
from werkzeug.serving import make_server

from extranet.core.paths import ROOT
from extranet.materials.models import Download, MaterialVersion
from extranet.storage import store
from tests.optional import PATH
from tests.waiting import listens, until

pytestmark = pytest.mark.nginx
CONFIG = """{user}
daemon off;
worker_processes 1;
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        location / {{ proxy_pass http://127.0.0.1:{behind}; }}
        {location}
    }}
}}
"""


@pytest.fixture
def nginx(app, monkeypatch, tmp_path):
    """Its address, with the application behind it."""
    monkeypatch.setitem(app.extensions, "extranet", replace(app.extensions["extranet"], storage_send="nginx"))
    with app.app_context():
        files = store.folder()
    location = re.search(r"location /stored-files/ {.*?\n    }", (ROOT / "deploy" / "nginx.conf").read_text(), re.S)
    assert location
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (tmp_path / "nginx.conf").write_text(
        CONFIG.format(
            user="user root;" if os.geteuid() == 0 else "",
            folder=tmp_path,
            port=port,
            behind=server.port,
            location=location[0].replace("/var/lib/extranet/files/", f"{files}/"),
        )
    )
    program = shutil.which("nginx", path=PATH) or "nginx"
    with subprocess.Popen([program, "-e", tmp_path / "error.log", "-c", tmp_path / "nginx.conf"]) as process:
        try:
            until(lambda: listens(port), why=lambda: "nginx did not start")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            server.shutdown()
            thread.join()
            server.server_close()


def fetch(url, **headers):
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers={k.replace("_", "-"): v for k, v in headers.items()})) as got:
            return SimpleNamespace(status=got.status, headers=got.headers, body=got.read())
    except urllib.error.HTTPError as error:
        with error:
            return SimpleNamespace(status=error.code, headers=error.headers, body=error.read())


def test_nginx_sends_what_we_allow(nginx, cast, rows):
    version = rows(MaterialVersion, MaterialVersion.material_id == cast["public_material"])[-1]
    url = f"{nginx}/materials/{cast['public_material']}/file"
    whole = fetch(url)
    assert (whole.status, len(whole.body)) == (200, version.size)
    assert "X-Accel-Redirect" not in whole.headers
    assert whole.headers["Content-Disposition"].startswith("attachment;")
    assert whole.headers["Content-Type"] == "application/pdf"
    assert whole.headers["ETag"] == f'"{version.sha256}"'
    assert "sandbox" in whole.headers["Content-Security-Policy"]
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    part = fetch(url, Range="bytes=0-99")
    assert (part.status, part.body) == (206, whole.body[:100])
    rest = fetch(url, Range="bytes=100-", If_Range=f'"{version.sha256}"')
    assert (rest.status, rest.body) == (206, whole.body[100:])
    assert fetch(url, Range="bytes=100-", If_Range='"another"').body == whole.body
    assert fetch(url, If_None_Match=f'"{version.sha256}"').status == 304
    assert len(rows(Download)) == 3, "the whole file, its beginning, and the one that began anew"


def test_nobody_goes_past_us(nginx, cast, rows):
    """T01: the address that nginx reads from is not an address."""
    version = rows(MaterialVersion, MaterialVersion.material_id == cast["hr_material"])[-1]
    assert fetch(f"{nginx}/stored-files/{store.path_of(version.sha256)}").status == 404
    refused = fetch(f"{nginx}/materials/{cast['hr_material']}/file")
    assert b"%PDF" not in refused.body
