"""Who may pass materials on: every address and every role."""

import pytest

from tests.access import Row, check

FORWARD = {"greeting": "Hei", "language": "fi", "days": "30", "addresses": ""}
OUTSIDE = {"name": "Olli Ulkopuoli", "email": "olli@muualla.example", "days": "7", "language": "fi", "reason": "Tilaisuuden puhuja"}

# visitor newcomer member staff contact deputy orgadmin moderator expert admin dpo
MINE = "302 200 200 200 200 200 200 200 200 200 200"
READERS = "302 404 200 404 200 200 404 200 200 200 404"
KEEPERS = "302 404 403 404 403 403 404 200 200 200 404"
NOBODYS = "302 404 404 404 404 404 404 404 404 404 404"
GONE = "410 410 410 410 410 410 410 410 410 410 410"
ACCESS = [
    Row("sharing.index", "GET", "/sharing/", MINE),
    Row("sharing.new", "GET", "/sharing/new", MINE),
    Row("sharing.new", "GET", "/sharing/new?material={hr_material}", READERS),
    Row("sharing.new", "GET", "/sharing/new?material={public_material}", MINE),
    Row("sharing.new", "GET", "/sharing/new?material={core_material}", "302 404 404 404 403 403 404 404 403 403 404"),
    Row("sharing.new", "GET", "/sharing/new?material={hr_material}&material={advisory_material}", "302 404 404 404 404 404 404 404 200 200 404"),
    Row("sharing.forward", "POST", "/sharing/new?material={public_material}", "302 422 422 422 422 422 422 422 422 422 422", FORWARD),
    Row("sharing.share", "GET", "/sharing/999999/", NOBODYS),
    Row("sharing.of_material", "GET", "/sharing/of/{hr_material}", KEEPERS),
    Row("sharing.new_outside", "GET", "/sharing/outside?material={hr_material}", KEEPERS),
    Row("sharing.new_outside", "GET", "/sharing/outside?material={advisory_material}", "302 404 404 404 404 404 404 404 200 200 404"),
    Row("sharing.send_outside", "POST", "/sharing/outside?material={hr_material}", KEEPERS.replace("200", "303"), OUTSIDE),
    Row("sharing.revoke", "POST", "/sharing/999999/revoke", NOBODYS),
    Row("sharing.shared", "GET", "/shared/nothing", GONE),
    Row("sharing.shared_file", "GET", "/shared/nothing/{hr_material}/file", GONE),
]  # fmt: skip


@pytest.mark.parametrize("row", ACCESS, ids=lambda r: f"{r.method} {r.endpoint}")
def test_access(stage, row, monkeypatch):
    check(stage, row, monkeypatch)
