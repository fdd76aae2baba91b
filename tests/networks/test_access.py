"""Every address of the networks, for every role."""

import pytest

from tests.access import Row, check

# visitor newcomer member staff contact deputy orgadmin moderator expert admin dpo
OPEN = "200 200 200 200 200 200 200 200 200 200 200"
SIGNED_IN = "302 200 200 200 200 200 200 200 200 200 200"
INVITE = {"email": "helsinki@extranet.example"}
RULES = {"kind": "hr", "parent_id": "0", "visibility": "public", "join_policy": "request", "employer_only": "y"}
ACCESS = [
    Row("networks.index", "GET", "/networks/", OPEN),
    Row("networks.about", "GET", "/networks/hr/about", OPEN),
    Row("networks.about", "GET", "/networks/rewarding/about", SIGNED_IN.replace("302", "404")),
    Row("networks.about", "GET", "/networks/hr-advisory-board/about", "404 404 404 404 404 404 404 404 200 200 404"),
    Row("networks.door", "GET", "/networks/hr/join", SIGNED_IN),
    Row("networks.door", "GET", "/networks/hr-advisory-board/join", "302 404 404 404 404 404 404 404 200 200 404"),
    # asks; is a member already; stands on the staff's side
    Row("networks.join", "POST", "/networks/hr/join", "302 303 422 422 303 303 303 422 303 303 303", {"declares_employer_side": "y", "accepts_rules": "y"}),
    Row("networks.join", "POST", "/networks/hr-advisory-board/join", "302 404 404 404 404 404 404 404 422 422 404", {"declares_employer_side": "y", "accepts_rules": "y"}),
    Row("networks.accept", "POST", "/networks/hr/accept", "302 403 422 403 403 403 403 422 403 403 403", {"declares_employer_side": "y", "accepts_rules": "y"}),
    Row("networks.decline_invitation", "POST", "/networks/hr/decline-invitation", "302 403 422 403 403 403 403 422 403 403 403"),
    Row("networks.rules", "GET", "/networks/hr/rules", "302 403 200 403 403 403 403 200 403 403 403"),
    Row("networks.accept_rules", "POST", "/networks/hr/accept-rules", "302 403 303 403 403 403 403 303 403 403 403", {"version": "1"}),
    Row("networks.leaving", "GET", "/networks/hr/leave", "302 403 200 403 403 403 403 200 403 403 403"),
    Row("networks.leave", "POST", "/networks/hr/leave", "302 403 303 403 403 403 403 422 403 403 403"),
    Row("networks.members", "GET", "/networks/hr/members", "302 403 200 403 403 403 403 200 200 200 403"),
    Row("networks.members", "GET", "/networks/hr-advisory-board/members", "302 404 404 404 404 404 404 404 200 200 404"),
    Row("networks.invite", "POST", "/networks/hr/members/invite", "302 403 403 403 403 403 403 303 403 303 403", INVITE),
    Row("networks.approve", "POST", "/networks/hr/members/{hr_request}/approve", "302 403 403 403 403 403 403 303 403 303 403"),
    Row("networks.declining", "GET", "/networks/hr/members/{hr_request}/decline", "302 403 403 403 403 403 403 200 403 200 403"),
    Row("networks.decline", "POST", "/networks/hr/members/{hr_request}/decline", "302 403 403 403 403 403 403 303 403 303 403", {"ready": "own", "reason": "No room."}),
    Row("networks.removing", "GET", "/networks/hr/members/{hr_membership}/remove", "302 403 403 403 403 403 403 200 403 200 403"),
    Row("networks.remove", "POST", "/networks/hr/members/{hr_membership}/remove", "302 403 403 403 403 403 403 303 403 303 403", {"reason": "Retired."}),
    Row("networks.set_role", "POST", "/networks/hr/members/{hr_membership}/role", "302 403 403 403 403 403 403 303 403 303 403", {"role": "moderator"}),
    Row("networks.founding", "GET", "/networks/new", "302 403 403 403 403 403 403 403 403 200 403"),
    Row("networks.create", "POST", "/networks/new", "302 403 403 403 403 403 403 403 403 303 403", RULES | {"slug": "fresh", "name_fi": "Uusi"}),
    Row("networks.settings", "GET", "/networks/hr/settings", "302 403 403 403 403 403 403 200 403 200 403"),
    Row("networks.change", "POST", "/networks/hr/change", "302 403 403 403 403 403 403 303 403 303 403", {"purpose_fi": "Uusi"}),
    Row("networks.govern", "POST", "/networks/hr/govern", "302 403 403 403 403 403 403 403 403 303 403", RULES),
    Row("networks.set_state", "POST", "/networks/hr/state", "302 403 403 403 403 403 403 403 403 303 403", {"state": "archived"}),
    Row("networks.organisations", "GET", "/networks/hr/organisations", "302 403 403 403 403 403 403 200 403 200 403"),
    Row("networks.add_organisation", "POST", "/networks/hr/organisations/add", "302 403 403 403 403 403 403 303 403 303 403", {"code": "609"}),
    Row("networks.remove_organisation", "POST", "/networks/work-and-life/organisations/{pori_in_work_and_life}/remove", "302 403 403 403 403 403 403 403 403 303 403"),
    Row("networks.entrance", "GET", "/networks/hr/enter-discussions", "302 403 403 403 403 403 403 403 403 200 403"),
    Row("networks.enter_discussions", "POST", "/networks/hr/enter-discussions", "302 403 403 403 403 403 403 403 403 303 403", {"reason": "A report."}),
]  # fmt: skip


@pytest.mark.parametrize("row", ACCESS, ids=lambda r: f"{r.method} {r.endpoint} {r.url}")
def test_access(stage, row, monkeypatch):
    check(stage, row, monkeypatch)
