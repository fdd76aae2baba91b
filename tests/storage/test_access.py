"""The permission table of uploads: your own, and nobody else's (T08)."""

import pytest

from tests.access import Row, check

NOBODYS = "/uploads/00000000000000000000000000000000"
NONE = "401 404 404 404 404 404 404 404 404 404 404"

ACCESS = [
    Row("storage.begin", "POST", "/uploads/", "401 201 201 201 201 201 201 201 201 201 201", {"name": "x.pdf", "size": "10"}),
    Row("storage.state", "GET", NOBODYS, NONE),
    Row("storage.append", "PUT", f"{NOBODYS}?offset=0", NONE),
    Row("storage.finish", "POST", f"{NOBODYS}/finish", NONE),
    Row("storage.cancel", "POST", f"{NOBODYS}/cancel", NONE),
]


@pytest.mark.parametrize("row", ACCESS, ids=lambda r: f"{r.method} {r.endpoint}")
def test_access(stage, row, monkeypatch):
    check(stage, row, monkeypatch)
