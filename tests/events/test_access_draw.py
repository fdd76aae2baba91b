"""Who may draw: every address and every role."""

import pytest

from tests.access import Row, check

# visitor newcomer member staff contact deputy orgadmin moderator expert admin dpo
LEADS = "302 403 403 403 403 403 403 200 403 200 403"

ACCESS = [
    Row("events.draw", "GET", "/events/{wishes_event}/draw", LEADS),
    Row("events.draw", "GET", "/events/{hr_event}/draw", "302 404 404 404 404 404 404 404 404 404 404"),
    Row("events.draw", "GET", "/events/{draft_event}/draw", "302 404 404 404 404 404 404 404 404 404 404"),
    Row("events.draw", "POST", "/events/{wishes_event}/draw", LEADS.replace("200", "303")),
    Row("events.draw", "POST", "/events/{drawn_event}/draw", LEADS.replace("200", "422")),
    Row("events.tell_draw", "POST", "/events/{wishes_event}/draw/tell", LEADS.replace("200", "404")),
    Row("events.tell_draw", "POST", "/events/{drawn_event}/draw/tell", LEADS.replace("200", "422")),
]


@pytest.mark.parametrize("row", ACCESS, ids=lambda r: f"{r.method} {r.endpoint} {r.url}")
def test_access(stage, row, monkeypatch):
    check(stage, row, monkeypatch)
