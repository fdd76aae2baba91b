"""Every address of the pages, for every role."""

import pytest

from tests.access import Row, check

# visitor newcomer member staff contact deputy orgadmin moderator expert admin dpo
TEXT = {"title_fi": "Uusi sivu", "body_fi": "Teksti", "seen": "1"}
OPEN = "200 200 200 200 200 200 200 200 200 200 200"
READERS = "404 404 200 404 404 404 404 200 200 200 404"
EDITORS = "302 404 404 404 404 404 404 200 200 200 404"
START, PUBLIC, DRAFT = "/networks/hr/pages/aloita-tasta", "/networks/hr/pages/kuka-voi-liittya", "/networks/hr/pages/ensi-vuoden-teemat"
WRITE = "302 404 403 404 404 404 404 303 303 303 404"
ACCESS = [
    Row("pages.index", "GET", "/networks/hr/pages/", OPEN),
    Row("pages.index", "GET", "/networks/hr-advisory-board/pages/", "404 404 404 404 404 404 404 404 200 200 404"),
    Row("pages.read", "GET", START, READERS),
    Row("pages.read", "GET", PUBLIC, OPEN),
    Row("pages.read", "GET", DRAFT, "404 404 404 404 404 404 404 200 200 200 404"),
    Row("pages.read", "GET", "/networks/hr-advisory-board/pages/raadin-tyotapa", "404 404 404 404 404 404 404 404 200 200 404"),
    Row("pages.beginning", "GET", "/networks/hr/pages/new", "302 403 403 403 403 403 403 200 200 200 403"),
    Row("pages.create", "POST", "/networks/hr/pages/new", "302 403 403 403 403 403 403 303 303 303 403", TEXT),
    Row("pages.editing", "GET", f"{START}/edit", EDITORS.replace("404 404 404", "404 403 404", 1)),
    Row("pages.edit", "POST", f"{START}/edit", WRITE, TEXT),
    Row("pages.publish", "POST", f"{START}/publish", WRITE),
    Row("pages.unpublish", "POST", f"{START}/unpublish", WRITE),
    Row("pages.move", "POST", f"{START}/move", WRITE, {"direction": "down"}),
    Row("pages.history", "GET", f"{START}/history", EDITORS.replace("404 404 404", "404 403 404", 1)),
    Row("pages.version", "GET", f"{START}/history/1", EDITORS.replace("404 404 404", "404 403 404", 1)),
    Row("pages.restore", "POST", f"{START}/history/1/restore", WRITE),
    Row("pages.deleting", "GET", f"{START}/delete", EDITORS.replace("404 404 404", "404 403 404", 1)),
    Row("pages.delete", "POST", f"{START}/delete", WRITE),
    Row("pages.preview", "POST", "/preview", OPEN.replace("200", "302", 1), {"text": "**Hei**"}),
]


@pytest.mark.parametrize("row", ACCESS, ids=lambda r: f"{r.method} {r.endpoint} {r.url}")
def test_access(stage, row, monkeypatch):
    check(stage, row, monkeypatch)
