"""Who says what it was good for, and who sees use, comments and accessibility: every address and every role."""

import pytest

from tests.access import Row, check

# visitor newcomer member staff contact deputy orgadmin moderator expert admin dpo
KEEPERS = "302 404 403 404 403 403 404 200 200 200 404"
DRAFT = "302 404 200 404 404 404 404 200 200 200 404"
NONE = "302 404 403 404 403 403 404 404 404 404 404"
ACCESS = [
    # its owner, the moderator, does not judge her own
    Row("materials.rate", "POST", "/materials/{hr_material}/rate", "302 404 303 404 303 303 404 403 303 303 404", {"useful": "yes"}),
    Row("materials.rate", "POST", "/materials/{public_material}/rate", "302 303 303 303 303 303 303 403 303 303 303", {"useful": "no"}),
    Row("materials.rate", "POST", "/materials/{hr_draft_material}/rate", "302 404 403 404 404 404 404 403 403 403 404", {"useful": "yes"}),
    Row("materials.feedback", "GET", "/materials/{hr_material}/feedback", KEEPERS),
    Row("materials.feedback", "GET", "/materials/{hr_draft_material}/feedback", DRAFT),
    Row("materials.handle", "POST", "/materials/{hr_material}/feedback/999999/handle", NONE),
    Row("materials.reopen", "POST", "/materials/{hr_material}/feedback/999999/reopen", NONE),
    Row("materials.usage", "GET", "/materials/{hr_material}/usage", KEEPERS),
    Row("materials.usage", "GET", "/materials/{advisory_material}/usage", "302 404 404 404 404 404 404 404 200 200 404"),
    Row("materials.people", "GET", "/materials/{hr_material}/usage/people", "302 404 403 404 403 403 404 403 403 200 404"),
    Row(
        "materials.look_at_people",
        "POST",
        "/materials/{hr_material}/usage/people",
        "302 404 403 404 403 403 404 403 403 200 404",
        {"reason": "Väärä tiedosto"},
    ),
    Row("materials.accessibility", "GET", "/materials/{hr_material}/accessibility", KEEPERS),
    Row("materials.accessibility", "GET", "/materials/{hr_draft_material}/accessibility", DRAFT),
    Row(
        "materials.describe_access",
        "POST",
        "/materials/{hr_material}/accessibility",
        KEEPERS.replace("200", "303"),
        {"accessible": "yes"},
    ),
    Row("materials.network_accessibility", "GET", "/networks/hr/materials/accessibility", "302 403 403 403 403 403 403 200 200 200 403"),
    Row(
        "materials.network_accessibility",
        "GET",
        "/networks/inventive-solutions/materials/accessibility",
        "302 403 403 403 403 403 403 403 200 200 403",
    ),
]


@pytest.mark.parametrize("row", ACCESS, ids=lambda r: f"{r.method} {r.endpoint}")
def test_access(stage, row, monkeypatch):
    check(stage, row, monkeypatch)
