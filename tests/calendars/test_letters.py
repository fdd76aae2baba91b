"""Letters about an own place carry the event: put in, moved, taken out again (T43)."""

from datetime import timedelta

from extranet.core import clock
from extranet.core.text import LocalText
from extranet.events.kinds import Mode
from extranet.events.models import Event
from extranet.mail.models import Letter
from tests.events.test_edit import edit


def test_a_place_comes_with_the_event(browser, plan, files, rows):
    event = plan(address="Kauppatori 1", venue=LocalText(fi="Kunnantalo"))
    browser("member").post(f"/events/{event}/sign-up")
    [(method, entry)] = files("member")
    kept = rows(Event, Event.id == event)[0]

    assert method == "REQUEST" and entry["UID"] == f"event-{event}@localhost" and entry["SEQUENCE"] == 0
    assert entry["SUMMARY"] == "Tapaaminen" and entry["LOCATION"] == "Kunnantalo, Kauppatori 1"
    assert entry.start == kept.starts_at and entry.end == kept.ends_at and str(entry.start.tzinfo) == "Europe/Helsinki"
    assert "liitteenä" in rows(Letter)[-1].text.lower()


def test_whoever_waits_gets_it_when_the_place_is_certain(browser, plan, files):
    event = plan(capacity_onsite=1)
    browser("medlem").post(f"/events/{event}/sign-up")
    browser("member").post(f"/events/{event}/sign-up")
    assert files("member") == []
    browser("medlem").post(f"/events/{event}/cancel")
    assert files("member") == [] and files("medlem")[-1][0] == "CANCEL"
    browser("member").post(f"/events/{event}/accept")
    assert [method for method, _ in files("member")] == ["REQUEST"]


def test_a_new_time_moves_it_and_the_end_takes_it_out(browser, plan, files):
    event = plan()
    browser("member").post(f"/events/{event}/sign-up")
    files("member")
    later = clock.today() + timedelta(days=60)
    assert edit(browser, event, day=later.isoformat(), last_day="", starts="10.00", ends="11.00").status == 303
    files("member")
    browser("moderator").post(f"/events/{event}/cancel-event", reason="Puhuja estynyt")
    got = files("member")

    assert [method for method, _ in got] == ["REQUEST", "REQUEST", "CANCEL"]
    assert len({entry["UID"] for _, entry in got}) == 1 and [entry["SEQUENCE"] for _, entry in got] == [0, 1, 2]
    assert clock.local(got[1][1].start).date() == later
    assert got[2][1]["STATUS"] == "CANCELLED" and "Puhuja estynyt" in got[2][1]["DESCRIPTION"]


def test_coming_back_puts_it_in_again(browser, plan, files):
    event = plan()
    for act in ("sign-up", "cancel", "sign-up"):
        browser("member").post(f"/events/{event}/{act}")
        files("member")
    assert [method for method, _ in files("member")] == ["REQUEST", "CANCEL", "REQUEST"]


def test_taken_off_by_an_organiser(browser, plan, files, signup_of):
    event = plan()
    browser("member").post(f"/events/{event}/sign-up")
    signup = signup_of(event, "member")
    files("member")
    browser("moderator").post(f"/events/{event}/desk/{signup}/remove", reason="Sovittu")
    assert [method for method, _ in files("member")] == ["REQUEST", "CANCEL"]


def test_nobodys_address_and_no_link_stands_in_it(browser, plan, files, rows):
    event = plan(mode=Mode.REMOTE, stream_url="https://video.example/secret", in_hours=2)
    for name in ("member", "medlem"):
        browser(name).post(f"/events/{event}/sign-up")
    [(_, entry)] = files("member")
    text = entry.to_ical().decode()

    assert "ATTENDEE" not in text and "video.example" not in text and "extranet.example" not in text.replace(str(entry["ORGANIZER"]), "")
    assert "Linda" not in text and str(entry["ORGANIZER"]).startswith("mailto:") and "moderator" not in text.lower()


def test_each_in_her_language(browser, plan, files):
    event = plan(mode=Mode.REMOTE)
    for name in ("member", "medlem"):
        browser(name).post(f"/events/{event}/sign-up")
    assert (files("member")[0][1]["SUMMARY"], files("medlem")[0][1]["SUMMARY"]) == ("Tapaaminen", "Träff")
