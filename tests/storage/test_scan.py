"""The virus scan: asked in clamd's own words, failing closed, and nothing is there before it has passed (T09)."""

import io
import shutil
import socket
import subprocess
import zipfile
from dataclasses import replace

import pytest

from extranet.demo.files import make_pdf
from extranet.materials.models import MaterialVersion
from extranet.storage import incoming, scan, store
from tests.storage.clamd import EICAR, Clamd
from tests.storage.pieces import Script
from tests.waiting import until

PDF = make_pdf("Puhdas", ["Rivi"])
SICK = b"Raportti\n" + EICAR
NEW = "/networks/hr/materials/new"
DESCRIBED = {"title_fi": "Ohje", "kind": "form", "language": "fi", "audience": "hr", "sharing": "own_use"}


@pytest.fixture
def ask(app, monkeypatch):
    """Have the application ask that scanner."""
    config = app.extensions["extranet"]

    def set_url(url):
        monkeypatch.setitem(app.extensions, "extranet", replace(config, clamd_url=url))

    return set_url


@pytest.fixture
def clamd(ask):
    with Clamd() as server:
        ask(server.url)
        yield server


def stored(app):
    with app.app_context():
        return {file.sha256 for file in store.list_files()}


def test_every_byte_is_scanned_whichever_way_it_comes(browser, clamd, rows):
    assert Script(browser("moderator")).send("puhdas.pdf", PDF)["state"] == "ready"
    assert browser("moderator").post(NEW, **DESCRIBED, file=(io.BytesIO(PDF), "puhdas.pdf")).status == 303
    assert clamd.scanned == [PDF, PDF]


def test_a_virus_is_refused_at_the_field_and_never_stored(browser, clamd, app, rows):
    before, versions = stored(app), len(rows(MaterialVersion))
    page = browser("moderator").post(NEW, **DESCRIBED, file=(io.BytesIO(SICK), "raportti.txt"))
    assert (page.status, "Eicar-Test-Signature" in page.text("#file-error")) == (422, True)
    told = Script(browser("member")).send("raportti.txt", SICK)
    assert (told["state"], "Eicar-Test-Signature" in told["fault"]) == ("refused", True)
    assert (stored(app), len(rows(MaterialVersion))) == (before, versions)


def test_what_is_stored_is_what_was_scanned(browser, clamd, app):
    """A request that began before the last piece came, and ends while that is being scanned, puts another in its place."""
    script = Script(browser("member"))
    upload_id = script.begin("raportti.txt", len(SICK))[1]["id"]

    class Meanwhile(list):
        def append(self, content):
            super().append(content)
            with app.app_context():
                incoming.put(upload_id, 0, io.BytesIO(SICK), len(SICK))

    clamd.scanned, before = Meanwhile(), stored(app)
    status, told = script.put(upload_id, 0, b"x" * len(SICK))
    assert (status, told["state"], len(clamd.scanned)) == (200, "refused", 1)
    assert stored(app) == before


@pytest.mark.parametrize("says", [b"", b"stream: OK", b"Something else ERROR\0", b"\0"], ids=["silence", "cut off", "error", "empty"])
def test_without_a_clear_answer_no_file_is_taken(browser, clamd, app, says):
    before = stored(app)
    clamd.says = says
    page = browser("moderator").post(NEW, **DESCRIBED, file=(io.BytesIO(PDF + b"\n"), "puhdas.pdf"))
    assert (page.status, "virus" in page.text("#file-error")) == (422, True)
    assert stored(app) == before


def test_with_the_scanner_away_a_file_in_pieces_waits_for_it(browser, ask, app):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        ask(f"tcp://127.0.0.1:{probe.getsockname()[1]}")  # taken, but nobody listens
        script = Script(browser("member"))
        upload_id = script.begin("odottaa.pdf", len(PDF))[1]["id"]
        status, told = script.put(upload_id, 0, PDF)
        assert (status, "virus" in told["fault"]) == (503, True)
    with Clamd() as server:
        ask(server.url)
        assert script.look(upload_id)[1]["state"] == "receiving"
        assert script.finish(upload_id)[1]["state"] == "ready"


def test_a_file_larger_than_clamd_takes(browser, clamd):
    clamd.most = 100
    told = Script(browser("member")).send("suuri.pdf", PDF)
    assert (told["state"], "näin suuria" in told["fault"]) == ("refused", True)


@pytest.fixture(scope="session")
def real_clamd(tmp_path_factory):
    """A real one with one signature of our own: no other is needed, and none is fetched."""
    folder = tmp_path_factory.mktemp("clamd")
    (folder / "db").mkdir()
    (folder / "db" / "own.ndb").write_text(f"Own.Eicar:0:*:{EICAR.hex()}\n")
    (folder / "clamd.conf").write_text(
        f"Foreground yes\nLocalSocket {folder}/socket\nDatabaseDirectory {folder}/db\nTemporaryDirectory {folder}\n"
        f"LogFile {folder}/log\nStreamMaxLength 60M\nMaxScanSize 60M\nMaxFileSize 60M\nAlertExceedsMax yes\n"
    )
    program = shutil.which("clamd") or "/usr/sbin/clamd"
    with subprocess.Popen(
        [program, "--config-file", folder / "clamd.conf"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        until(lambda: (folder / "socket").exists() or process.poll() is not None, 60, (folder / "log").read_text)
        assert process.poll() is None, (folder / "log").read_text()
        yield f"unix://{folder}/socket"
        process.terminate()


@pytest.mark.clamd
def test_a_real_clamd(real_clamd, ask, app):
    ask(real_clamd)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sisalla.txt", SICK)
    with app.app_context():
        assert scan.scan(io.BytesIO(PDF)) is None
        assert "Own.Eicar" in str(scan.scan(io.BytesIO(SICK)))
        assert "Own.Eicar" in str(scan.scan(packed))
        assert scan.scan(io.BytesIO(bytes(50_000_000))) is None
        with pytest.raises(scan.TooLarge):
            scan.scan(io.BytesIO(bytes(70_000_000)))
