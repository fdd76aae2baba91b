"""The link that comes by letter."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from sqlalchemy import update

from extranet.accounts.models import AuthSession, OneTimeToken, User, UserState
from extranet.audit.models import AuditEvent
from extranet.core.db import db
from tests.accounts.conftest import link_in


def ask(guest, name="member"):
    return guest.submit(guest.get("/sign-in/link"), "main form", email=f"{name}@extranet.example", follow=False)


def test_the_link_lets_in_once(browser, letters, cast, rows):
    guest = browser()
    assert ask(guest).location == "/sign-in/sent"
    (letter,) = letters()
    assert (letter.to, letter.language, letter.is_secret) == ("member@extranet.example", "fi", True)
    page = guest.get(link_in(letter))
    assert page.status == 200 and rows(AuthSession) == [], "a mail scanner that follows the link signs nobody in"
    assert guest.submit(page, "main form", follow=False).location == "/"
    assert guest.get("/account/").status == 200
    assert [e.name for e in rows(AuditEvent)] == ["accounts.ask_sign_in_link", "accounts.sign_in_by_link"]
    guest.post("/sign-out")
    assert guest.get(link_in(letter)).status == 410
    assert guest.post(link_in(letter)).status == 410


def test_the_answer_is_the_same_for_an_unknown_address(browser, letters):
    known, unknown = ask(browser()), ask(browser(), "nobody")
    assert (known.status, known.location) == (unknown.status, unknown.location)
    assert [letter.to for letter in letters()] == ["member@extranet.example"]


def test_a_suspended_person_gets_no_letter_and_her_link_ends(app, browser, letters, cast):
    guest = browser()
    ask(guest)
    (letter,) = letters()
    with app.app_context():
        db.session.execute(update(User).where(User.id == cast["member"]).values(state=UserState.SUSPENDED))
        db.session.commit()
    ask(guest)
    assert len(letters()) == 1
    assert guest.post(link_in(letter)).status == 410


def test_an_invited_person_gets_her_invitation_again(app, browser, letters, cast):
    with app.app_context():
        db.session.execute(update(User).where(User.id == cast["pori"]).values(state=UserState.INVITED))
        db.session.commit()
    ask(browser(), "pori")
    assert link_in(letters()[0]).startswith("/invitation/")


def test_another_browser_is_told_what_to_do(browser, letters, rows):
    ask(browser())
    link = link_in(letters()[0])
    other = browser()
    assert "Linkki pyydettiin toisessa selaimessa" in other.get(link).text("h1")
    assert other.post(link).status == 422
    assert rows(AuthSession) == [] and rows(OneTimeToken)[0].used_at is None


def test_ten_minutes_later_it_is_over(browser, letters):
    with time_machine.travel("2026-11-23 08:00Z", tick=False) as moment:
        guest = browser()
        ask(guest)
        link = link_in(letters()[0])
        moment.shift(601)
        page = guest.get(link)
        assert page.status == 410
        assert "/sign-in/link" in page.links()


def test_two_links_of_one_browser_both_work_until_one_is_used(browser, letters):
    guest = browser()
    ask(guest), ask(guest)
    first, second = (link_in(letter) for letter in letters())
    assert guest.get(first).status == 200
    assert guest.post(second).status == 303
    guest.post("/sign-out")
    assert guest.get(first).status == 410


@pytest.mark.parametrize("path", ["/reset/", "/invitation/"])
def test_a_sign_in_link_is_good_for_nothing_else(browser, letters, path):
    guest = browser()
    ask(guest)
    token = link_in(letters()[0]).rpartition("/")[2]
    assert guest.get(path + token).status == 410


def test_a_made_up_link_is_over(browser):
    assert browser().get("/sign-in/link/" + "x" * 43).status == 410


def test_a_wrong_address_is_pointed_out(browser, letters):
    page = browser().post("/sign-in/link", email="member")
    assert page.status == 422
    assert "nimi@organisaatio.example" in page.text("[data-errors]")
    assert letters() == []


def test_only_the_hash_of_a_token_is_kept(browser, letters, rows):
    ask(browser())
    token = link_in(letters()[0]).rpartition("/")[2]
    (row,) = rows(OneTimeToken)
    assert token not in (row.token_hash, row.browser_hash) and len(row.token_hash) == 64


def test_of_two_at_once_one_gets_in(app, browser, letters, cast):
    guest = browser()
    ask(guest)
    link = link_in(letters()[0])
    cookie = guest.client.get_cookie("session").value

    def follow(_n):
        twin = app.test_client()
        twin.set_cookie("session", cookie)
        return twin.post(link).status_code

    with ThreadPoolExecutor(4) as pool:
        codes = sorted(pool.map(follow, range(4)))
    assert codes[0] == 303 and set(codes[1:]) <= {410, 422}
