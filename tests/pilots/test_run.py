"""Looking after a pilot: reminding, more time, somebody else; what the worker does by itself; what is forgotten."""

from datetime import timedelta

import pytest
import time_machine

from extranet.core import clock
from extranet.core.db import db
from extranet.mail.outbox import guards
from extranet.notifications.models import Notification
from extranet.pilots.models import Pilot, PilotComment, PilotLink, PilotReview
from extranet.pilots.tasks import forget, keep_dates
from tests.pilots.conftest import GUEST, choose, link_in, step


@pytest.fixture
def morning(app):
    """Let the worker do its round on the day `days` from the deadline."""

    def go(pilot, days):
        with app.app_context():
            due = db.session.get(Pilot, pilot).due
            with time_machine.travel(clock.now() + (due - clock.today()) + timedelta(days=days), tick=True):
                keep_dates()
                db.session.commit()

    return go


def test_a_reminder_goes_once_a_day_to_those_who_have_not_answered(browser, pilot, cast, rows, letters):
    owner = browser("moderator")
    assert "muistutettiin" in owner.submit(owner.get(pilot), f"form[action='{pilot}remind']").text("#flash")
    assert [n.user_id for n in rows(Notification)] == [cast["medlem"]]
    assert [(x.to, x.template) for x in letters()] == [("esihenkilo@koski.example", "pilots/mail/reminder")]
    assert browser("visitor").get(link_in(letters()[0])).status == 200
    assert owner.post(f"{pilot}remind").status == 422
    with time_machine.travel(clock.days_ago(-1), tick=True):
        assert browser("moderator").post(f"{pilot}remind").status == 303
    assert len(letters()) == 2


def test_an_open_page_stays_good_when_a_newer_letter_comes(browser, pilot, link, letters):
    browser("moderator").post(f"{pilot}remind")
    assert link != link_in(letters()[-1])
    assert browser("visitor").post(link, do="send", verdict="ok").status == 303


def test_more_time(browser, pilot, cast, rows, letters):
    owner = browser("moderator")
    now = rows(Pilot)[0].due
    for bad in (now, now - timedelta(days=1), clock.today(), clock.today() + timedelta(days=200), ""):
        page = owner.post(f"{pilot}extend", due=str(bad))
        assert page.status == 422 and page.has("#due-error")
    later = now + timedelta(days=7)
    assert owner.post(f"{pilot}extend", due=str(later)).status == 303
    assert rows(Pilot)[0].due == later
    assert [n.user_id for n in rows(Notification)] == [cast["medlem"]]
    assert len(letters()) == 1


def test_somebody_else_in_her_place(browser, pilot, cast, rows, reviews, link):
    owner, guest = browser("moderator"), browser("visitor")
    guest.post(link, do="save", section_0="Kesken.")
    page = owner.submit(owner.get(pilot), f"form[action$='/reviews/{cast['hr_pilot_guest']}/withdraw']")
    assert "ei enää pyydetä" in page.text("#flash")
    assert guest.get(link).status == 404 and guest.get(f"{link}/file").status == 404
    assert rows(PilotLink) == []
    page = owner.post(f"{pilot}reviews/{reviews()[cast['medlem']].id}/withdraw")
    assert page.location == f"{pilot}invite", "fewer than two are left"
    assert browser("medlem").get(f"{pilot}review").status == 404
    assert owner.post(f"{pilot}reviews/{reviews()[cast['member']].id}/withdraw").status == 422, "what was sent stays"
    form = owner.get(f"{pilot}invite")
    form = step(owner, form, q="linda")
    form = choose(owner, 0, cast["medlem"], guest=GUEST, page=form)
    form.soup.select_one("main form")["action"] = f"{pilot}invite"
    assert owner.submit(form, "main form", follow=False).status == 303
    assert browser("medlem").get(f"{pilot}review").status == 200
    assert len(rows(PilotReview)) == 4, "who comes back has the same row"


def test_a_letter_to_somebody_who_was_taken_off_does_not_leave(app, browser, pilot, cast, link, letters):
    letter = letters()[-1]
    browser("moderator").post(f"{pilot}reviews/{cast['hr_pilot_guest']}/withdraw")
    with app.app_context():
        assert not guards[letter.guard](letter.guard_id)


def test_reviewers_are_reminded_three_days_before_and_on_the_day(morning, cast, rows, letters):
    pilot = cast["hr_pilot"]
    morning(pilot, -4)
    assert rows(Notification) == [] and letters() == []
    for days in (-3, -3, -2):
        morning(pilot, days)
    assert [n.user_id for n in rows(Notification)] == [cast["medlem"]] and len(letters()) == 1
    for _again in range(2):
        morning(pilot, 0)
    assert len(rows(Notification)) == 2 and len(letters()) == 2
    morning(pilot, 1)
    morning(pilot, 2)
    told = rows(Notification, Notification.kind == "pilots.due")
    assert [(n.user_id, n.params["sent"]) for n in told] == [(cast["moderator"], 1)]
    assert len(letters()) == 2


def test_addresses_are_forgotten_after_ninety_days(app, browser, pilot, cast, rows, link):
    browser("visitor").post(link, do="save", section_0="Kesken.")
    owner = browser("moderator")
    seen = [tag["value"] for tag in owner.get(f"{pilot}close").soup.select("[name=seen]")]
    owner.post(f"{pilot}note-rest", seen=seen)
    assert owner.post(f"{pilot}close").status == 303
    for days, email in ((89, "esihenkilo@koski.example"), (91, None)):
        with app.app_context(), time_machine.travel(clock.days_ago(-days), tick=True):
            forget()
            db.session.commit()
        assert rows(PilotReview, PilotReview.id == cast["hr_pilot_guest"])[0].email == email
    assert rows(PilotLink) == [] and rows(PilotReview, PilotReview.id == cast["hr_pilot_guest"])[0].guest_name == ""
    assert rows(PilotComment, PilotComment.review_id == cast["hr_pilot_guest"]) == []
    assert browser("moderator").get(pilot).status == 200
