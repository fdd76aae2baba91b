"""Who may bring what: every address and every role (domain.md §4.7)."""

import pytest

from tests.access import Row, check

LINK = {"title_fi": "Opas", "link_url": "https://opas.example/", "language": "fi", "audience": "all", "sharing": "own_use"}

# visitor newcomer member staff contact deputy orgadmin moderator expert admin dpo
BRING = "302 403 200 403 200 200 403 200 200 200 403"
ACCESS = [
    Row("materials.entry", "GET", "/networks/hr/materials/new/entry?key=f1&name=ohje.pdf", BRING),
    Row(
        "materials.entry",
        "GET",
        "/networks/hr-advisory-board/materials/new/entry?key=f1&name=ohje.pdf",
        "302 404 404 404 404 404 404 404 200 200 404",
    ),
    Row("materials.new_link", "GET", "/networks/hr/materials/link", BRING),
    Row("materials.new_link", "GET", "/networks/hr-advisory-board/materials/link", "302 404 404 404 404 404 404 404 200 200 404"),
    Row("materials.add_link", "POST", "/networks/hr/materials/link", BRING.replace("200", "303"), LINK),
]


@pytest.mark.parametrize("row", ACCESS, ids=lambda r: f"{r.method} {r.endpoint}")
def test_access(stage, row, monkeypatch):
    check(stage, row, monkeypatch)
