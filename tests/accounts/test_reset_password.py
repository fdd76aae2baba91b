"""A lost password."""

import time_machine

from extranet.accounts.models import AuthSession
from extranet.audit.models import AuditEvent
from tests.accounts.conftest import GOOD, PASSWORD, link_in, sign_in


def ask(guest, name="member"):
    return guest.submit(guest.get("/forgot-password"), "main form", email=f"{name}@extranet.example", follow=False)


def test_a_new_password_ends_every_session_and_is_told_by_letter(browser, letters, rows):
    old = browser("member")
    guest = browser()
    assert ask(guest).location == "/sign-in/sent?about=password"
    link = link_in(letters()[0])
    page = browser().get(link)
    assert page.soup.select_one("#password")["autocomplete"] == "new-password"
    page = guest.submit(guest.get(link), "main form", password=GOOD, follow=False)
    assert (page.status, page.location) == (303, "/sign-in")
    assert old.get("/account/").status == 302
    assert all(session.ended_at for session in rows(AuthSession)), "nobody is signed in by a reset"
    assert letters()[-1].template == "accounts/mail/password_changed" and GOOD not in letters()[-1].text
    assert [e.name for e in rows(AuditEvent)] == ["accounts.ask_password_reset", "accounts.reset_password"]
    assert sign_in(browser(), "member", PASSWORD).status == 422
    assert sign_in(browser(), "member", GOOD).status == 303


def test_the_link_is_good_once_and_ends_the_others(browser, letters):
    guest = browser()
    ask(guest), ask(guest), guest.post("/sign-in/link", email="member@extranet.example")
    first, second, sign_in_link = (link_in(letter) for letter in letters())
    assert guest.post(first, password=GOOD).status == 303
    assert guest.post(first, password=GOOD + "!").status == 410
    assert guest.get(second).status == 410
    assert guest.get(sign_in_link).status == 410


def test_an_hour_later_it_is_over(browser, letters):
    with time_machine.travel("2026-11-23 08:00Z", tick=False) as moment:
        guest = browser()
        ask(guest)
        link = link_in(letters()[0])
        moment.shift(3601)
        page = guest.get(link)
        assert page.status == 410 and "/forgot-password" in page.links()


def test_an_unknown_address_gets_the_same_answer(browser, letters):
    assert ask(browser(), "nobody").location == ask(browser()).location
    assert len(letters()) == 1


def test_a_weak_password_does_not_use_the_link_up(browser, letters):
    guest = browser()
    ask(guest)
    link = link_in(letters()[0])
    page = guest.post(link, password="extranet-demo")
    assert page.status == 422 and "arvataan ensimmäisten joukossa" in page.text("[data-errors]")
    assert guest.post(link, password=GOOD).status == 303
