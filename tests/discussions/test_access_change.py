"""Who changes whole threads. One row per route and method."""

import pytest

from tests.access import Row, check

#                                                  vis new mem stf con dep org mod exp adm dpo
GET = "302 404 403 404 404 404 404 200 404 404 404"
POST = GET.replace("200", "303")
REASON = {"reason": "Selkeämpi näin."}
SPLIT = {"title": "Oma aihe", "which": "after", "from": "2"}

ACCESS = [
    Row("discussions.retitle", "GET", "/discussions/{hr_thread}/retitle", GET),
    Row("discussions.retitle", "POST", "/discussions/{hr_thread}/retitle", POST, REASON | {"title": "Uusi otsikko"}),
    Row("discussions.log", "GET", "/discussions/{hr_thread}/log", GET),
    Row("discussions.merge", "GET", "/discussions/{hr_thread}/merge", GET),
    Row("discussions.merge", "POST", "/discussions/{closed_thread}/merge", POST, REASON | {"address": "/discussions/1/"}),
    Row("discussions.split", "GET", "/discussions/{hr_thread}/split", GET),
    Row("discussions.split", "POST", "/discussions/{hr_thread}/split", POST, REASON | SPLIT),
    Row("discussions.hand", "GET", "/discussions/{hr_thread}/hand", GET),
    Row("discussions.hand", "POST", "/discussions/{hr_thread}/hand", GET.replace("200", "422"), {"expert": "999999"}),
    Row("discussions.take_back", "POST", "/discussions/{hr_thread}/take-back", POST),
    Row("discussions.undo", "POST", "/discussions/changes/{hr_change}/undo", POST),
]


@pytest.mark.parametrize("row", ACCESS, ids=lambda row: f"{row.method} {row.url}")
def test_access(stage, row, monkeypatch):
    check(stage, row, monkeypatch)
