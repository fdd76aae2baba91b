"""Who gets in: every route of events for every role (domain.md §4.7)."""

import pytest

from tests.access import Row, check

NEW = {"type": "meeting", "title_fi": "Uusi", "date_text_fi": "Keväällä", "mode": "onsite", "audience": "network", "lock_version": "1"}
WHY = {"reason": "Muutos"}
SESSION = {"type": "lecture", "title_fi": "Alustus", "starts": "9.30", "ends": "10.00"}
WORKSHOP = {"type": "workshop", "title_fi": "Paja", "starts": "10.45", "ends": "12.00", "beside": "1", "capacity": "9"}
COPY = {"title_fi": "Uudestaan", "day": "2999-02-01", "starts": "9.00"}

# visitor newcomer member staff contact deputy orgadmin moderator expert admin dpo
ACCESS = [
    Row("events.index", "GET", "/events/", "200 200 200 200 200 200 200 200 200 200 200"),
    Row("events.network_index", "GET", "/networks/hr/events/", "200 200 200 200 200 200 200 200 200 200 200"),
    Row("events.network_index", "GET", "/networks/wellbeing/events/", "404 200 200 200 200 200 200 200 200 200 200"),
    Row("events.network_index", "GET", "/networks/hr-advisory-board/events/", "404 404 404 404 404 404 404 404 200 200 404"),
    Row("events.year", "GET", "/networks/hr/events/year", "302 403 200 403 403 403 403 200 200 200 403"),
    Row("events.year", "GET", "/networks/hr-advisory-board/events/year", "302 404 404 404 404 404 404 404 200 200 404"),
    Row("events.new", "GET", "/networks/hr/events/new", "302 403 403 403 403 403 403 200 200 200 403"),
    Row("events.new", "GET", "/networks/hr-advisory-board/events/new", "302 404 404 404 404 404 404 404 200 200 404"),
    Row("events.create", "POST", "/networks/hr/events/new", "302 403 403 403 403 403 403 303 303 303 403", NEW),
    Row("events.event", "GET", "/events/{hr_event}/", "200 200 200 200 200 200 200 200 200 200 200"),
    Row("events.event", "GET", "/events/{open_event}/", "200 200 200 200 200 200 200 200 200 200 200"),
    Row("events.event", "GET", "/events/{draft_event}/", "404 404 404 404 404 404 404 200 200 200 404"),
    Row("events.event", "GET", "/events/{advisory_event}/", "404 404 404 404 404 404 404 404 200 200 404"),
    Row("events.edit", "GET", "/events/{hr_event}/edit", "302 403 403 403 403 403 403 200 200 200 403"),
    Row("events.edit", "POST", "/events/{draft_event}/edit", "302 404 404 404 404 404 404 303 303 303 404", NEW),
    Row("events.edit", "POST", "/events/{announced_event}/edit", "302 403 403 403 403 403 403 303 303 303 403", NEW),
    Row("events.programme", "GET", "/events/{workshop_event}/programme", "302 403 403 403 403 403 403 200 200 200 403"),
    Row("events.programme", "GET", "/events/{advisory_event}/programme", "302 404 404 404 404 404 404 404 200 200 404"),
    Row("events.add_session", "GET", "/events/{workshop_event}/programme/new", "302 403 403 403 403 403 403 200 200 200 403"),
    Row("events.add_session", "POST", "/events/{draft_event}/programme/new", "302 404 404 404 404 404 404 303 303 303 404", SESSION),
    Row("events.edit_session", "GET", "/events/{workshop_event}/programme/{workshop}/edit", "302 403 403 403 403 403 403 200 200 200 403"),
    Row("events.edit_session", "POST", "/events/{workshop_event}/programme/{workshop}/edit", "302 403 403 403 403 403 403 303 303 303 403", WORKSHOP),
    Row("events.edit_session", "GET", "/events/{draft_event}/programme/{workshop}/edit", "302 404 404 404 404 404 404 404 404 404 404"),
    Row("events.remove_session", "GET", "/events/{workshop_event}/programme/{workshop}/remove", "302 403 403 403 403 403 403 200 200 200 403"),
    Row("events.remove_session", "POST", "/events/{workshop_event}/programme/{workshop}/remove", "302 403 403 403 403 403 403 303 303 303 403"),
    Row("events.copy", "GET", "/events/{held_event}/copy", "302 403 403 403 403 403 403 200 200 200 403"),
    Row("events.copy", "POST", "/events/{held_event}/copy", "302 403 403 403 403 403 403 303 303 303 403", COPY),
    Row("events.copy", "POST", "/events/{draft_event}/copy", "302 404 404 404 404 404 404 303 303 303 404", COPY),
    Row("events.publish", "POST", "/events/{draft_event}/publish", "302 404 404 404 404 404 404 303 303 303 404", {"to": "open"}),
    Row("events.publish", "POST", "/events/{announced_event}/publish", "302 403 403 403 403 403 403 422 422 422 403", {"to": "open"}),
    Row("events.close", "POST", "/events/{hr_event}/close", "302 403 403 403 403 403 403 303 303 303 403"),
    Row("events.reopen", "POST", "/events/{hr_event}/reopen", "302 403 403 403 403 403 403 422 422 422 403"),
    Row("events.cancel_event", "GET", "/events/{hr_event}/cancel-event", "302 403 403 403 403 403 403 200 200 200 403"),
    Row("events.cancel_event", "POST", "/events/{hr_event}/cancel-event", "302 403 403 403 403 403 403 303 303 303 403", WHY),
]  # fmt: skip


@pytest.mark.parametrize("row", ACCESS, ids=lambda r: f"{r.method} {r.endpoint} {r.url}")
def test_access(stage, row, monkeypatch):
    check(stage, row, monkeypatch)
