"""Who may choose how much they hear. One row per route and method."""

import pytest

from tests.access import Row, check

#                                                          vis new mem stf con dep org mod exp adm dpo
ANYBODY = "404 404 404 404 404 404 404 404 404 404 404"  # without a right secret word
ACCESS = [
    Row("discussions.following", "GET", "/discussions/following", "302 200 200 200 200 200 200 200 200 200 200"),
    Row("discussions.thread_following", "GET", "/discussions/{hr_thread}/follow", "302 404 200 404 404 404 404 200 404 404 404"),
    Row("discussions.follow", "POST", "/discussions/{hr_thread}/follow", "302 404 303 404 404 404 404 303 404 404 404", {"level": "mute"}),
    Row("discussions.network_following", "GET", "/networks/hr/discussions/follow", "302 403 200 403 403 403 403 200 403 403 403"),
    Row("discussions.follow_network", "POST", "/networks/hr/discussions/follow", "302 403 303 403 403 403 403 303 403 403 403", {"level": "watch"}),
    Row("discussions.follow_network", "POST", "/networks/hr-advisory-board/discussions/follow", "302 404 404 404 404 404 404 404 303 403 404", {"level": "watch"}),
    Row("discussions.letter", "GET", "/discussions/letters/1-1-00000000000000000000000000000000", ANYBODY),
    Row("discussions.letter", "POST", "/discussions/letters/1-1-00000000000000000000000000000000", ANYBODY, {"List-Unsubscribe": "One-Click"}),
]  # fmt: skip


@pytest.mark.parametrize("row", ACCESS, ids=lambda row: f"{row.method} {row.url}")
def test_access(stage, row, monkeypatch):
    check(stage, row, monkeypatch)
