"""Who gets in: every route of calendars for every role."""

import pytest

from tests.access import Row, check

ALL, SIGNED_IN = "200 " * 11, "302 " + "200 " * 10

# visitor newcomer member staff contact deputy orgadmin moderator expert admin dpo
ACCESS = [
    Row("calendars.event_file", "GET", "/events/{hr_event}/calendar.ics", ALL),
    Row("calendars.event_file", "GET", "/events/{draft_event}/calendar.ics", "404 404 404 404 404 404 404 200 200 200 404"),
    Row("calendars.event_file", "GET", "/events/{advisory_event}/calendar.ics", "404 404 404 404 404 404 404 404 200 200 404"),
    Row("calendars.feed", "GET", "/calendars/feed/{member_feed}.ics", ALL),
    Row("calendars.feed", "GET", "/calendars/feed/nothing.ics", "404 " * 11),
    Row("calendars.month", "GET", "/calendars/month", ALL),
    Row("calendars.month", "GET", "/calendars/month?network=hr-advisory-board&show=all&month=9999-99", ALL),
    Row("calendars.index", "GET", "/calendars/", SIGNED_IN),
    Row("calendars.renew", "POST", "/calendars/renew", "302 " + "303 " * 10),
    Row("calendars.choose", "POST", "/calendars/choose", "302 404 303 404 404 404 404 404 404 404 404", {"holds": "all"}),
    Row("calendars.stop", "POST", "/calendars/stop", "302 404 303 404 404 404 404 404 404 404 404"),
]


@pytest.mark.parametrize("row", ACCESS, ids=lambda r: f"{r.method} {r.endpoint} {r.url}")
def test_access(stage, row, monkeypatch):
    check(stage, row, monkeypatch)
