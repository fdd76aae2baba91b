"""An object store that checks signatures: what an emulator waves through is refused here."""

import hashlib
import io
import urllib.error
import urllib.request
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import obstore
import pytest
import time_machine
from obstore.store import S3Store
from sqlalchemy import update

from extranet.core import clock
from extranet.core.db import db
from extranet.demo.files import make_pdf
from extranet.materials.models import MaterialVersion
from extranet.storage import store
from tests.storage import swift, test_store, test_uploads
from tests.storage.conftest import application
from tests.storage.pieces import Script

pytestmark = [pytest.mark.swift, pytest.mark.slow]
URL = "s3://verkosto/files"


@pytest.fixture(scope="session")
def endpoint():
    with swift.running() as url:
        bucket = S3Store(
            "verkosto",
            endpoint=url,
            region=swift.REGION,
            access_key_id=swift.KEY,
            secret_access_key=swift.SECRET,
            client_options={"allow_http": True},
        )
        made = urllib.request.Request(obstore.sign(bucket, "PUT", "", timedelta(seconds=60)), method="PUT")
        urllib.request.urlopen(made).close()
        yield url


@pytest.fixture
def keys(endpoint, monkeypatch):
    """What an installation would set."""

    def use(secret=swift.SECRET):
        monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", swift.KEY)
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", secret)
        monkeypatch.setenv("AWS_REGION", swift.REGION)
        store._store_at.cache_clear()

    use()
    yield use
    store._store_at.cache_clear()


@pytest.fixture
def kept(keys):
    with application(URL):
        for file in list(store.list_files()):
            store.delete(file.sha256)
        yield URL


PROMISES = (
    test_store.test_a_file_is_found_under_its_hash,
    test_store.test_parts_of_a_large_file,
    test_store.test_a_stream_that_cannot_go_back,
    test_store.test_a_deleted_file_is_gone,
    test_uploads.test_pieces_read_as_one_file,
)


def test_it_keeps_the_promises_of_every_store(kept):
    for promise in PROMISES:
        promise(kept)


def test_200_mb_go_up_in_parts_and_come_back(kept, tmp_path: Path):
    block, digest = bytes(range(256)) * 4096, hashlib.sha256()
    with (tmp_path / "iso").open("w+b") as file:
        for _ in range(200_000_000 // len(block) + 1):
            file.write(block)
            digest.update(block)
        stored = store.put(file)
    assert stored.sha256 == digest.hexdigest()
    back = hashlib.sha256()
    for chunk in store.open_range(stored.sha256):
        back.update(chunk)
    assert back.hexdigest() == stored.sha256
    assert b"".join(store.open_range(stored.sha256, 100_000_000, 100_000_010)) == (block * 2)[100_000_000 % len(block) :][:10]
    assert [file.sha256 for file in store.list_files()] == [stored.sha256]
    store.delete(stored.sha256)
    assert list(store.list_files()) == []


def test_a_wrong_secret_reaches_nothing(kept, keys):
    stored = store.put(io.BytesIO(b"salainen"))
    keys(secret="vaara")
    for attempt in (
        lambda: store.put(io.BytesIO(b"ujutettu")),
        lambda: store.open_range(stored.sha256),
        lambda: store.exists(stored.sha256),
        lambda: store.delete(stored.sha256),
        lambda: list(store.list_files()),
    ):
        with pytest.raises(store.StoreDown):
            attempt()
    keys()
    assert b"".join(store.open_range(stored.sha256)) == b"salainen"


def fetch(url):
    try:
        with urllib.request.urlopen(url) as answer:
            return SimpleNamespace(status=answer.status, headers=answer.headers, body=answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return SimpleNamespace(status=error.code, headers=error.headers, body=error.read())


@pytest.fixture
def library(app, keys, monkeypatch):
    """The whole application with its files in Swift, which browsers are sent to."""
    config = replace(app.extensions["extranet"], storage_url=URL, storage_send="redirect")
    monkeypatch.setitem(app.extensions, "extranet", config)
    return app


def test_a_download_from_the_bucket_is_good_for_this_file_and_this_minute(library, browser, cast, rows):
    version = rows(MaterialVersion, MaterialVersion.material_id == cast["public_material"])[-1]
    with library.app_context():
        content = make_pdf("Ämpäri", ["Rivi"])
        stored, other = store.put(io.BytesIO(content)), store.put(io.BytesIO(b"toinen"))
        db.session.execute(update(MaterialVersion).where(MaterialVersion.id == version.id).values(sha256=stored.sha256, size=stored.size))
        db.session.commit()
    page = browser("member").get(f"/materials/{cast['public_material']}/file")
    assert (page.status, page.headers["Cache-Control"]) == (302, "private, no-store")
    url = page.location
    got = fetch(url)
    assert (got.status, got.body) == (200, content)
    assert got.headers["Content-Disposition"].startswith("attachment;")
    assert "filename*=UTF-8''" in got.headers["Content-Disposition"]
    assert got.headers["Content-Type"] == "application/pdf"
    for tampered in (
        url.replace(stored.sha256, other.sha256),
        url.replace("X-Amz-Expires=60", "X-Amz-Expires=6000"),
        url.replace("attachment", "inline"),
        url.replace("application%2Fpdf", "text%2Fhtml"),
    ):
        assert tampered != url
        assert fetch(tampered).status == 403, tampered
    assert fetch(url.partition("?")[0]).status in (400, 403), "without a signature"
    with time_machine.travel(clock.now() - timedelta(minutes=2), tick=False):
        late = browser("member").get(f"/materials/{cast['public_material']}/file").location
    assert fetch(late).status == 403
    assert browser("member").client.head(f"/materials/{cast['public_material']}/file").status_code == 200


def test_a_file_in_pieces_through_the_bucket(library, browser):
    content = make_pdf("Pilvessä", [f"Rivi {n}" for n in range(200)])
    told = Script(browser("member")).send("pilvi.pdf", content, piece=len(content) // 3 + 1)
    assert told["state"] == "ready", told
    with library.app_context():
        assert b"".join(store.open_range(hashlib.sha256(content).hexdigest())) == content
