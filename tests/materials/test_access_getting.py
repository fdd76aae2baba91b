"""Who may mark a material and who may take several along: every role. And no file goes to anybody who has not signed in (T01)."""

import pytest

from extranet.materials.models import MaterialVersion
from tests.access import Row, check

# visitor newcomer member staff contact deputy orgadmin moderator expert admin dpo
READERS = "302 404 303 404 303 303 404 303 303 303 404"
ACCESS = [
    Row("materials.favourite", "POST", "/materials/{hr_material}/favourite", READERS),
    Row("materials.favourite", "POST", "/materials/{core_material}/favourite", "302 404 404 404 303 303 404 404 303 303 404"),
    Row("materials.unfavourite", "POST", "/materials/{hr_material}/unfavourite", READERS),
    Row("materials.archive_chosen", "GET", "/materials/zip?material={hr_material}", "302 422 200 422 200 200 422 200 200 200 422"),
    Row("materials.archive_chosen", "GET", "/materials/zip?material={public_material}", "302 200 200 200 200 200 200 200 200 200 200"),
]


@pytest.mark.parametrize("row", ACCESS, ids=lambda r: f"{r.method} {r.endpoint}")
def test_access(stage, row, monkeypatch):
    check(stage, row, monkeypatch)


def test_nothing_of_a_private_material_goes_to_visitors(app, browser, cast, rows):
    """T01: every address that has to do with a material, read from the app, so that new ones are asked too."""
    numbers = {"material_id": cast["hr_material"], "collection_id": cast["hr_collection"], "number": 2}
    file_name = rows(MaterialVersion, MaterialVersion.material_id == cast["hr_material"])[0].file_name
    asked = set()
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()) or not rule.arguments & {"material_id", "collection_id"}:
                continue
            values = {name: numbers.get(name, "hr" if name == "slug" else 1) for name in rule.arguments}
            values |= {name: "nothing" for name in rule.arguments & {"token", "language"}}
            asked.add(rule.endpoint)
            got = browser("visitor").get(str(rule.build(values)[1]))
            assert got.status in (302, 404, 410), (rule.rule, got.status)
            assert b"%PDF" not in got.response.data
            assert file_name not in got.response.get_data(as_text=True)
            assert got.status != 302 or got.location.startswith("/sign-in"), (rule.rule, got.location)
    assert asked >= {"materials.file", "materials.version_file", "materials.page_picture", "collections.archive"}
    for address in (f"/materials/zip?material={cast['hr_material']}", "/materials/zip?network=hr"):
        assert browser("visitor").get(address).location.startswith("/sign-in")
