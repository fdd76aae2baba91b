"""Who may do what with materials: every address and every role (domain.md §4.7)."""

import pytest

from tests.access import Row, check

DESCRIBED = {"title_fi": "Ohje", "kind": "guide", "language": "fi", "audience": "all", "sharing": "own_use"}

# visitor newcomer member staff contact deputy orgadmin moderator expert admin dpo
ALL = "200 200 200 200 200 200 200 200 200 200 200"
HR = "302 404 200 404 200 200 404 200 200 200 404"
EDITORS = "302 404 403 404 403 403 404 303 303 303 404"
ACCESS = [
    Row("materials.index", "GET", "/materials/", ALL),
    Row("materials.network_index", "GET", "/networks/hr/materials/", "302 200 200 200 200 200 200 200 200 200 200"),
    Row("materials.network_index", "GET", "/networks/hr-advisory-board/materials/", "302 404 404 404 404 404 404 404 200 200 404"),
    Row("materials.material", "GET", "/materials/{hr_material}/", HR),
    Row("materials.material", "GET", "/materials/{core_material}/", "302 404 404 404 200 200 404 404 200 200 404"),
    Row("materials.material", "GET", "/materials/{advisory_material}/", "302 404 404 404 404 404 404 404 200 200 404"),
    Row("materials.material", "GET", "/materials/{hr_draft_material}/", "302 404 200 404 404 404 404 200 200 200 404"),
    Row("materials.material", "GET", "/materials/{public_material}/", ALL),
    Row("materials.file", "GET", "/materials/{hr_material}/file", HR),
    Row("materials.file", "GET", "/materials/{advisory_material}/file", "302 404 404 404 404 404 404 404 200 200 404"),
    Row("materials.file", "GET", "/materials/{hr_draft_material}/file", "302 404 200 404 404 404 404 200 200 200 404"),
    Row("materials.file", "GET", "/materials/{public_material}/file", ALL),
    Row("materials.file", "GET", "/materials/999999/file", "302 404 404 404 404 404 404 404 404 404 404"),
    Row("materials.version_file", "GET", "/materials/{hr_material}/versions/2/file", HR),
    Row("materials.version_file", "GET", "/materials/{hr_material}/versions/1/file", "302 404 403 404 403 403 404 200 200 200 404"),
    Row("materials.version_file", "GET", "/materials/{hr_material}/versions/3/file", "302 404 404 404 404 404 404 404 404 404 404"),
    Row("materials.new", "GET", "/networks/hr/materials/new", "302 403 200 403 200 200 403 200 200 200 403"),
    Row("materials.new", "GET", "/networks/inventive-solutions/materials/new", "302 403 403 403 403 403 403 403 403 403 403"),
    # Where nothing may be committed no file is kept: whoever may send the form hears that it needs one.
    Row("materials.upload", "POST", "/networks/hr/materials/new", "302 403 422 403 422 422 403 422 422 422 403"),
    Row("materials.changes", "GET", "/materials/{hr_material}/edit", EDITORS.replace("303", "200")),
    Row("materials.changes", "GET", "/materials/{hr_draft_material}/edit", "302 404 200 404 404 404 404 200 200 200 404"),
    Row("materials.edit", "POST", "/materials/{hr_material}/edit", EDITORS, DESCRIBED | {"lock_version": "1"}),
    Row("materials.publish", "POST", "/materials/{hr_draft_material}/publish", "302 404 403 404 404 404 404 303 303 303 404"),
    Row("materials.archive", "POST", "/materials/{hr_material}/archive", EDITORS),
    Row("materials.unarchive", "POST", "/materials/{hr_material}/unarchive", EDITORS),
    Row("materials.replacement", "GET", "/materials/{hr_material}/replace", EDITORS.replace("303", "200")),
    Row("materials.replace", "POST", "/materials/{hr_material}/replace", EDITORS.replace("303", "422"), {"note": "Uusi", "seen": "2"}),
]


@pytest.mark.parametrize("row", ACCESS, ids=lambda r: f"{r.method} {r.endpoint}")
def test_access(stage, row, monkeypatch):
    check(stage, row, monkeypatch)
