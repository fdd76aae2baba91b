"""The register of people: administrators only, and for all others there is nothing there."""

import pytest

from tests.access import Row, check

# visitor newcomer member staff contact deputy orgadmin moderator expert admin dpo
ADMINS = "302 404 404 404 404 404 404 404 404 {} 404".format

ACCESS = [
    Row("admin.people", "GET", "/admin/people/", ADMINS(200)),
    Row("admin.invite", "GET", "/admin/people/invite", ADMINS(200)),
    Row(
        "admin.invite", "POST", "/admin/people/invite", ADMINS(303),
        {"email": "a@b.example", "first_name": "A", "last_name": "B", "side": "none", "language": "fi", "organisation": ""},
    ),
    Row("admin.person", "GET", "/admin/people/{member}/", ADMINS(200)),
    Row("admin.reinvite", "POST", "/admin/people/{member}/reinvite", ADMINS(422)),
    Row("admin.approve", "POST", "/admin/people/{member}/approve", ADMINS(422), {"organisation": "", "side": "none"}),
    Row("admin.decline", "POST", "/admin/people/{member}/decline", ADMINS(422), {"reason": "Unknown."}),
    Row("admin.suspend", "POST", "/admin/people/{member}/suspend", ADMINS(303), {"reason": "Left."}),
    Row("admin.restore", "POST", "/admin/people/{member}/restore", ADMINS(422)),
    Row("admin.end_sessions", "POST", "/admin/people/{contact}/end-sessions", ADMINS(303)),
    Row("admin.grant", "POST", "/admin/people/{member}/grant", ADMINS(303), {"role": "expert", "organisation": ""}),
    Row("admin.revoke", "POST", "/admin/people/{expert}/revoke", ADMINS(303), {"role": "expert", "organisation": ""}),
]  # fmt: skip


@pytest.mark.parametrize("row", ACCESS, ids=lambda r: f"{r.method} {r.endpoint}")
def test_access(stage, row, monkeypatch):
    check(stage, row, monkeypatch)
