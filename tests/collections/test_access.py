"""Who may do what with collections: every address and every role."""

import pytest

from tests.access import Row, check

TITLED = {"title_fi": "Kokoelma", "network": "me"}

# visitor newcomer member staff contact deputy orgadmin moderator expert admin dpo
MINE = "302 200 200 200 200 200 200 200 200 200 200"
READERS = "302 404 200 404 200 200 404 200 200 200 404"
EDITORS = "302 404 403 404 403 403 404 303 303 303 404"
ITEM = "/collections/{hr_collection}/items/{hr_material}/"
ACCESS = [
    Row("collections.index", "GET", "/collections/", MINE),
    Row("collections.index", "GET", "/collections/?network=hr-advisory-board", "302 404 404 404 404 404 404 404 200 200 404"),
    Row("collections.beginning", "GET", "/collections/new", MINE),
    Row("collections.create", "POST", "/collections/new", MINE.replace("200", "303"), TITLED),
    Row("collections.adding", "GET", "/collections/add?material={hr_material}", READERS.replace("404", "422")),
    Row(
        "collections.add",
        "POST",
        "/collections/add?material={hr_material}",
        READERS.replace("404", "422").replace("200", "303"),
        {"collection": "new", "title": "Uusi"},
    ),
    Row("collections.collection", "GET", "/collections/{hr_collection}/", READERS),
    Row("collections.collection", "GET", "/collections/{own_collection}/", "302 404 200 404 404 404 404 404 404 404 404"),
    Row("collections.archive", "GET", "/collections/{hr_collection}/zip", READERS),
    Row("collections.archive", "GET", "/collections/{own_collection}/zip", "302 404 200 404 404 404 404 404 404 404 404"),
    Row("collections.editing", "GET", "/collections/{hr_collection}/edit", EDITORS.replace("303", "200")),
    Row("collections.edit", "POST", "/collections/{hr_collection}/edit", EDITORS, {"title_fi": "Toinen", "network": "me"}),
    Row("collections.deleting", "GET", "/collections/{hr_collection}/delete", EDITORS.replace("303", "200")),
    Row("collections.delete", "POST", "/collections/{hr_collection}/delete", EDITORS),
    Row("collections.remove", "POST", ITEM + "remove", EDITORS),
    Row("collections.remove", "POST", "/collections/{own_collection}/items/{public_material}/remove", "302 404 303 404 404 404 404 404 404 404 404"),
    Row("collections.move", "POST", ITEM + "move", EDITORS, {"direction": "down"}),
    Row("collections.annotating", "GET", ITEM + "note", EDITORS.replace("303", "200")),
    Row("collections.annotate", "POST", ITEM + "note", EDITORS, {"note": "Lue ensin."}),
]  # fmt: skip


@pytest.mark.parametrize("row", ACCESS, ids=lambda r: f"{r.method} {r.endpoint}")
def test_access(stage, row, monkeypatch):
    check(stage, row, monkeypatch)
