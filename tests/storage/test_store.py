"""The same promises in a folder and in a bucket."""

import hashlib
import io

import pytest
import time_machine

from extranet.core import clock
from extranet.storage import store, sweep


class OneWay(io.RawIOBase):
    """A stream that cannot go back, like a socket."""

    def __init__(self, content: bytes) -> None:
        self.left = io.BytesIO(content)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        return self.left.readinto(buffer)


def test_a_file_is_found_under_its_hash(kept):
    stored = store.put(io.BytesIO(b"moi"))
    assert stored == store.Stored(hashlib.sha256(b"moi").hexdigest(), 3)
    assert store.exists(stored.sha256)
    assert b"".join(store.open_range(stored.sha256)) == b"moi"


def test_parts_of_a_large_file(kept):
    content = bytes(range(256)) * 80_000  # 20 MB, several parts
    stored = store.put(io.BytesIO(content))
    assert stored.size == len(content)
    assert b"".join(store.open_range(stored.sha256, 5, 300)) == content[5:300]
    assert b"".join(store.open_range(stored.sha256, len(content) - 3)) == content[-3:]
    assert hashlib.sha256(b"".join(store.open_range(stored.sha256))).hexdigest() == stored.sha256


def test_a_stream_that_cannot_go_back(kept):
    stored = store.put(OneWay(b"y" * 700_000))
    assert b"".join(store.open_range(stored.sha256)) == b"y" * 700_000


def test_the_same_content_twice_is_one_file(kept):
    first, second = store.put(io.BytesIO(b"sama")), store.put(io.BytesIO(b"sama"))
    assert first == second
    assert [file.sha256 for file in store.list_files()] == [first.sha256]


def test_a_deleted_file_is_gone(kept):
    stored = store.put(io.BytesIO(b"pois"))
    store.delete(stored.sha256)
    store.delete(stored.sha256)
    assert not store.exists(stored.sha256)
    with pytest.raises(store.StoreDown):
        store.open_range(stored.sha256)


def test_the_sweep_takes_old_files_that_nobody_names(kept, monkeypatch):
    named, litter = store.put(io.BytesIO(b"nimetty")), store.put(io.BytesIO(b"roska"))
    monkeypatch.setattr(sweep, "_keepers", [sweep.Keeper("x", lambda among: {named.sha256}, list)])
    monkeypatch.setattr(sweep, "let_go", lambda: None)
    assert sweep.sweep() == 0, "a file is there before its row"
    with time_machine.travel(clock.now() + sweep.GRACE * 2, tick=False):
        assert sweep.sweep() == 1
    assert store.exists(named.sha256)
    assert not store.exists(litter.sha256)
    assert [file.sha256 for file in store.list_files()] == [named.sha256]


def test_without_anybody_to_ask_nothing_is_swept(kept, monkeypatch):
    store.put(io.BytesIO(b"roska"))
    monkeypatch.setattr(sweep, "_keepers", [])
    with time_machine.travel(clock.now() + sweep.GRACE * 2, tick=False):
        assert sweep.sweep() == 0
