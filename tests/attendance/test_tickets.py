"""How the ticket reaches people: from the event's page, the confirmation and the reminder."""

from datetime import timedelta

import time_machine

from extranet.core import clock
from extranet.core.db import db
from extranet.events.kinds import Mode, SignupState
from extranet.events.models import Event, Signup
from extranet.jobs.queue import enqueue
from extranet.mail.message import unpack
from extranet.mail.models import Letter


def letters(rows, what):
    return [letter for letter in rows(Letter) if (letter.key or "").split(":")[2:3] == [what]]


def test_the_confirmation_leads_to_it_and_the_reminder_carries_the_code(stage, browser, plan, place, ticket, work, rows):
    event = plan(mode=Mode.HYBRID, in_hours=24 * 3)
    assert browser("member").post(f"/events/{event}/sign-up", mode="onsite").status == 303
    guest = place(event, "vera.vieras@vieras.example")
    far = place(event, "medlem", mode=Mode.REMOTE)
    work()
    assert f"/events/{event}/ticket" in browser("member").get(f"/events/{event}/").links()
    assert f"/events/{event}/ticket" not in browser("medlem").get(f"/events/{event}/").links()
    (confirmed,) = letters(rows, "confirmed")
    assert "/tickets/" in confirmed.text and "/tickets/" in confirmed.html
    with stage.app.app_context():
        begins = db.session.get(Event, event).starts_at
    with time_machine.travel(begins - timedelta(hours=23), tick=False):
        with stage.app.app_context():
            enqueue("events.remind")
            db.session.commit()
        work()
        assert clock.now() < begins
    reminders = {letter.to.partition("@")[0]: letter for letter in letters(rows, "day_before")}
    assert ticket(guest) in reminders["vera.vieras"].text
    (picture,) = (one for one in unpack(reminders["vera.vieras"].attachments) if one.name == "ticket.png")
    assert picture.content.startswith(b"\x89PNG")
    remote = next(letter for letter in reminders.values() if letter.user_id == stage.ids["medlem"])
    assert "/tickets/" not in remote.text and ticket(far) not in remote.html and not unpack(remote.attachments)


def test_whoever_may_not_know_of_the_event_any_more_has_no_ticket_either(stage, browser, plan, place, ticket):
    event = plan("hr-advisory-board")
    outside, inside = place(event, "newcomer"), place(event, "expert")
    assert browser("expert").get(ticket(inside)).status == 200
    newcomer = browser("newcomer")
    for path in (ticket(outside), f"{ticket(outside)}/qr.png", f"/events/{event}/feedback"):
        assert newcomer.get(path).status == 404
    with stage.app.app_context():
        db.session.get_one(Signup, outside).state = SignupState.ATTENDED
        db.session.commit()
    assert newcomer.get(f"{ticket(outside)}/certificate").status == 200, "that she was there stays hers"


def test_names_stand_in_the_order_of_the_alphabet(browser, going_on, place):
    event = going_on()
    place(event, "a.öhman@a.example", "b.åberg@a.example", "c.zidbäck@a.example", "d.äijälä@a.example", "e.aho@a.example")
    page = browser("moderator").get(f"/events/{event}/attendance")
    assert [tag.get_text().split()[0] for tag in page.soup.select(".tick__who strong")] == ["Aho", "Zidbäck", "Åberg", "Äijälä", "Öhman"]
