"""Who may do what in the course of a material's life: every address and every role."""

import pytest

from extranet.core import clock
from tests.access import Row, check

# visitor newcomer member staff contact deputy orgadmin moderator expert admin dpo
EDITORS = "302 404 403 404 403 403 404 200 200 200 404"
DRAFT = "302 404 200 404 404 404 404 200 200 200 404"
READERS = "302 404 200 404 200 200 404 200 200 200 404"


def in_a_year():
    return clock.today().replace(year=clock.today().year + 1, day=1).isoformat()


def posts(codes):
    return codes.replace("200", "303")


ACCESS = [
    Row("materials.publication", "GET", "/materials/{hr_draft_material}/publish", DRAFT.replace("200 4", "403 4", 1)),
    Row("materials.overdue", "GET", "/materials/overdue", "302 200 200 200 200 200 200 200 200 200 200"),
    Row("materials.readers", "GET", "/materials/{hr_material}/readers", EDITORS),
    Row("materials.readers", "GET", "/materials/{hr_draft_material}/readers?when=published", DRAFT),
    Row("materials.readers", "GET", "/materials/{advisory_material}/readers", "302 404 404 404 404 404 404 404 200 200 404"),
    Row("materials.difference", "GET", "/materials/{hr_material}/changes", READERS),
    Row("materials.difference", "GET", "/materials/{hr_material}/changes?from=1", EDITORS),
    Row("materials.difference", "GET", "/materials/{hr_material}/changes?from=7", READERS.replace("200", "404")),
    Row("materials.renewal", "GET", "/materials/{hr_material}/renew", EDITORS),
    Row("materials.renew", "POST", "/materials/{hr_material}/renew", posts(EDITORS), {"review_due": in_a_year}),
    Row("materials.ownership", "GET", "/materials/{hr_material}/owner", EDITORS),
    Row("materials.ownership", "GET", "/materials/{hr_draft_material}/owner", DRAFT),
    Row("materials.hand_over", "POST", "/materials/{hr_material}/owner", posts(EDITORS), {"owner": "4"}),
    Row("materials.replaced", "GET", "/materials/{hr_material}/replaces", EDITORS),
    Row("materials.replaced", "GET", "/materials/{hr_draft_material}/replaces", DRAFT),
    Row("materials.supersede", "POST", "/materials/{hr_material}/replaces", posts(EDITORS), {"older": "none"}),
]  # fmt: skip


@pytest.mark.parametrize("row", ACCESS, ids=lambda r: f"{r.method} {r.endpoint}")
def test_access(stage, row, monkeypatch):
    check(stage, row, monkeypatch)
