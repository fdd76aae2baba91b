"""Who marks, closes, reads feedback, and holds a ticket: every address and every role."""

import pytest

from tests.access import Row, check

# visitor newcomer member staff contact deputy orgadmin moderator expert admin dpo
DESK = "302 403 403 403 403 403 403 200 403 200 403"
MINE = "302 404 200 404 404 404 404 404 404 404 404"
NOBODY = "404 404 404 404 404 404 404 404 404 404 404"
HELD = "/events/{held_event}"
LIST = HELD + "/attendance"
WRONG = "/tickets/1-wrong"
ACCESS = [
    Row("attendance.index", "GET", LIST, DESK),
    Row("attendance.mark", "POST", LIST + "/mark", DESK.replace("200", "404"), {"present": "999999"}),
    Row("attendance.list_marks", "GET", LIST + "/marks", DESK.replace("302", "401")),
    Row("attendance.send_marks", "POST", LIST + "/marks", DESK.replace("302", "401").replace("200", "422")),
    Row("attendance.remote", "GET", LIST + "/remote", DESK),
    Row("attendance.match_names", "POST", LIST + "/remote", DESK, {"names": "Aino Esimerkki"}),
    Row("attendance.mark_remote", "POST", LIST + "/remote/mark", DESK.replace("200", "303")),
    Row("attendance.close", "GET", LIST + "/close", DESK),
    Row("attendance.close", "POST", LIST + "/close", DESK.replace("200", "303"), {"missing": "2"}),
    Row("attendance.reopen", "POST", LIST + "/reopen", DESK.replace("200", "422")),
    Row("attendance.correct", "GET", LIST + "/{held_event_confirmed}/correct", DESK),
    Row(
        "attendance.correct",
        "POST",
        LIST + "/{held_event_confirmed}/correct",
        DESK.replace("200", "422"),
        {"present": "yes", "reason": "Oli"},
    ),
    Row("attendance.certificate_of", "GET", LIST + "/{held_event_confirmed}/certificate", DESK.replace("200", "422")),
    Row("attendance.own_ticket", "GET", HELD + "/ticket", MINE.replace("200", "302")),
    Row("attendance.own_certificate", "GET", HELD + "/certificate", MINE.replace("200", "422")),
    Row("attendance.own_feedback", "GET", HELD + "/feedback", MINE),
    Row("attendance.answer", "POST", HELD + "/feedback", MINE.replace("200", "422")),
    Row("attendance.results", "GET", HELD + "/feedback/results", DESK),
    Row("attendance.ticket", "GET", WRONG, NOBODY),
    Row("attendance.ticket_code", "GET", WRONG + "/qr.png", NOBODY),
    Row("attendance.ticket_certificate", "GET", WRONG + "/certificate", NOBODY),
    Row("attendance.guest_feedback", "GET", WRONG + "/feedback", NOBODY),
    Row("attendance.answer_as_guest", "POST", WRONG + "/feedback", NOBODY),
    Row("attendance.check_certificate", "GET", "/certificates/1-wrong", NOBODY),
]


@pytest.mark.parametrize("row", ACCESS, ids=lambda r: f"{r.method} {r.endpoint}")
def test_access(stage, row, monkeypatch):
    check(stage, row, monkeypatch)


def test_the_expert_whose_own_event_it_is(browser, cast, going_on, place):
    """Matrix §4.7: own events."""
    event = going_on(organiser_id=cast["expert"])
    one = place(event, "member")
    assert browser("expert").post(f"/events/{event}/attendance/mark", present=one).status == 303
    other = going_on()
    assert browser("expert").get(f"/events/{other}/attendance").status == 403


def test_an_archived_network_is_read_only(stage, browser, cast, over, place):
    from extranet.core.db import db
    from extranet.networks.models import Network, NetworkState

    event = over()
    one = place(event, "member")
    with stage.app.app_context():
        db.session.get(Network, stage.networks["hr"]).state = NetworkState.ARCHIVED
        db.session.commit()
    assert browser("moderator").post(f"/events/{event}/attendance/mark", present=one).status == 403
