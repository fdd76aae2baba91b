import pytest

from tests.access import Row, check

ACCESS = [Row("inbox.index", "GET", "/inbox/", "302 403 403 403 403 403 403 403 403 200 403")]


@pytest.mark.parametrize("row", ACCESS, ids=lambda r: f"{r.method} {r.endpoint}")
def test_access(stage, row, monkeypatch):
    check(stage, row, monkeypatch)
