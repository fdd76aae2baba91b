"""What calendars read: by icalendar, and once more line by line, also on the days when clocks change (T43)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil import tz

from extranet.core import clock
from extranet.core.text import LocalText
from extranet.events.kinds import EventState, Mode
from tests.calendars.conftest import entries


def lines(content: bytes) -> dict[str, str]:
    """A second reader, as plain as the standard: unfolds, splits; later ones of a name win."""
    text = content.decode()
    assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return dict(line.partition(":")[::2] for line in text.replace("\r\n ", "").split("\r\n"))


def content_of(browser, name, event):
    answer = browser(name).client.get(f"/events/{event}/calendar.ics")
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    return answer.data


@pytest.mark.parametrize(
    ("day", "starts", "ends", "in_utc"),
    [
        (date(2027, 3, 28), time(2, 30), time(4, 30), ("00:30", "01:30")),
        (date(2027, 3, 29), time(9), time(12), ("06:00", "09:00")),
        (date(2027, 10, 31), time(2), time(5), ("23:00", "03:00")),
        (date(2027, 11, 1), time(9), time(12), ("07:00", "10:00")),
    ],
)
def test_the_days_when_clocks_change(browser, plan, day, starts, ends, in_utc):
    event = plan(starts_at=clock.from_local(day, starts), ends_at=clock.from_local(day, ends))
    content = content_of(browser, "member", event)
    entry = entries(content)[0]
    plain = lines(content)

    assert (f"{entry.start.astimezone(UTC):%H:%M}", f"{entry.end.astimezone(UTC):%H:%M}") == in_utc
    assert plain["DTSTART;TZID=Europe/Helsinki"] == f"{datetime.combine(day, starts):%Y%m%dT%H%M%S}"
    assert plain["DTEND;TZID=Europe/Helsinki"] == f"{datetime.combine(day, ends):%Y%m%dT%H%M%S}"


def test_the_rule_of_the_time_zone_says_what_the_world_does(browser, cast, tmp_path):
    """dateutil reads the VTIMEZONE as calendar programs do; it agrees with the tz database on every day of twelve years."""
    file = tmp_path / "zone.ics"
    text = content_of(browser, "member", cast["hr_event"]).decode()
    file.write_text(text[text.index("BEGIN:VTIMEZONE") : text.index("END:VTIMEZONE")] + "END:VTIMEZONE\r\n", newline="")
    ours, theirs = tz.tzical(str(file)).get("Europe/Helsinki"), ZoneInfo("Europe/Helsinki")
    for n in range(12 * 366):
        noon = datetime(2026, 1, 1, 12) + timedelta(days=n)
        assert noon.replace(tzinfo=ours).utcoffset() == noon.replace(tzinfo=theirs).utcoffset(), noon


def test_text_comes_back_as_it_was_written(browser, plan):
    title = "Työ; elämä, ja\\muuta " + "åäö€" * 40
    event = plan(title=LocalText(fi=title), summary=LocalText(fi="Rivi"), venue=LocalText(fi="Sali 2, Porvoo"))
    content = content_of(browser, "member", event)
    entry = icalendar.Calendar.from_ical(content).walk("VEVENT")[0]
    assert entry["SUMMARY"] == title and entry["LOCATION"] == "Sali 2, Porvoo"
    assert lines(content)["SUMMARY"].startswith("Työ\\; elämä\\, ja\\\\muuta") and lines(content)["METHOD"] == "PUBLISH"


def test_a_line_break_in_a_text_makes_no_new_line(browser, plan):
    event = plan(title=LocalText(fi="Kokous\r\nATTENDEE:mailto:x@y.example"))
    assert "ATTENDEE" not in lines(content_of(browser, "member", event))


def test_what_it_tells_of_people(browser, plan):
    event = plan(mode=Mode.REMOTE, stream_url="https://video.example/secret", in_hours=2)
    browser("member").post(f"/events/{event}/sign-up")
    for name in ("visitor", "newcomer", "member", "moderator"):
        text = content_of(browser, name, event).decode()
        assert "video.example" not in text and "mailto" not in text and "Milla" not in text
        assert ("Kallioniemi" in text) == (name in ("member", "moderator"))


def test_an_event_without_a_day_has_no_file(browser, cast, plan):
    assert browser("member").get(f"/events/{cast['announced_event']}/calendar.ics").status == 404
    assert "calendar.ics" not in browser("member").get(f"/events/{cast['announced_event']}/").html
    assert f"/events/{cast['hr_event']}/calendar.ics" in browser("member").get(f"/events/{cast['hr_event']}/").links()


def test_a_cancelled_one_says_so(browser, plan):
    event = plan(state=EventState.CANCELLED, cancelled_reason="Puhuja estynyt")
    assert lines(content_of(browser, "member", event))["STATUS"] == "CANCELLED"
