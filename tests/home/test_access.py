"""The front page and the homes of networks, for every role."""

import pytest

from tests.access import Row, check

# visitor newcomer member staff contact deputy orgadmin moderator expert admin dpo
OPEN = "200 200 200 200 200 200 200 200 200 200 200"
ACCESS = [
    Row("home.front", "GET", "/", OPEN),
    Row("home.network", "GET", "/networks/hr/", OPEN),
    Row("home.network", "GET", "/networks/rewarding/", OPEN.replace("200", "404", 1)),
    Row("home.network", "GET", "/networks/hr-advisory-board/", "404 404 404 404 404 404 404 404 200 200 404"),
    Row("home.related", "GET", "/discussions/{hr_thread}/related", "302 404 200 404 404 404 404 200 404 404 404"),
]


@pytest.mark.parametrize("row", ACCESS, ids=lambda r: f"{r.method} {r.endpoint} {r.url}")
def test_access(stage, row, monkeypatch):
    check(stage, row, monkeypatch)
