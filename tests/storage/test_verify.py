"""Every file that rows name is read and compared with its name: missing, damaged, or sound."""

import hashlib
import io

import obstore
import pytest

from extranet.jobs.queue import load_tasks
from extranet.materials.models import MaterialVersion
from extranet.storage import incoming, store, sweep, verify
from tests.storage.conftest import application


@pytest.fixture
def named(monkeypatch):
    """The hashes that rows are said to name."""
    names = []
    monkeypatch.setattr(
        sweep, "_keepers", [sweep.Keeper("materials", set, lambda: names), sweep.Keeper("previews", set, lambda: names[:1])]
    )
    monkeypatch.setattr(verify, "let_go", lambda: None)
    return names


def overwrite(sha256, content):
    """What a bad disk does."""
    obstore.put(store.current(), store.path_of(sha256), content)


def test_missing_and_damaged_files_are_told(kept, named):
    named += [store.put(io.BytesIO(text * 1000)).sha256 for text in (b"ehja", b"viallinen", b"lyhyt")]
    named.append(hashlib.sha256(b"kadonnut").hexdigest())
    store.put(io.BytesIO(b"roska"))
    incoming.put("a" * 32, 0, io.BytesIO(b"puolikas"), 8)
    assert verify.verify().missing == [(named[3], "materials")]
    overwrite(named[1], b"viallineN" * 1000)
    overwrite(named[2], b"lyhyt" * 999)
    report = verify.verify()
    assert not report.is_sound
    assert (report.files, report.size) == (4, 4000)
    assert sorted(report.damaged) == sorted((sha256, "materials") for sha256 in named[1:3])
    lines = list(report.lines())
    assert f"missing\t{named[3]}\tmaterials" in lines
    assert lines[-1] == "4 files, 0.0 MB: 1 missing, 2 damaged."
    overwrite(named[0], b"")
    assert (named[0], "materials, previews") in verify.verify().damaged


def test_a_store_that_is_away_is_not_a_store_without_files(named, monkeypatch):
    named.append("0" * 64)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "x")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
    with application("s3://nobody/there"), pytest.raises(store.StoreDown):
        verify.verify()


def test_the_cast_is_sound(app, rows):
    load_tasks()
    with app.app_context():
        report = verify.verify()
    assert report.is_sound, list(report.lines())
    assert report.files >= len({version.sha256 for version in rows(MaterialVersion)})
