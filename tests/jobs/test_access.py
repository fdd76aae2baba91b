import pytest

from tests.access import Row, check

ACCESS = [
    Row("jobs.healthz", "GET", "/healthz", "200 200 200 200 200 200 200 200 200 200 200"),
]


@pytest.mark.parametrize("row", ACCESS, ids=lambda r: f"{r.method} {r.endpoint}")
def test_access(stage, row, monkeypatch):
    check(stage, row, monkeypatch)
