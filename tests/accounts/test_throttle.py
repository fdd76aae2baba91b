"""Guessing is slow; the person herself gets in."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from sqlalchemy import func, select

from extranet.accounts import devices, throttle
from extranet.accounts.models import AttemptKind, SignInAttempt
from extranet.accounts.tasks import sweep
from extranet.core.db import db
from extranet.mail.models import Letter
from tests.accounts.conftest import at, guess, link_in, sign_in


def test_an_attacked_person_signs_in_at_her_own_browser(browser, rows):
    hers = at(browser(), "192.0.2.1")
    sign_in(hers, "member")
    hers.post("/sign-out")
    attacker = at(browser(), "203.0.113.9")
    codes = [guess(attacker, "member", f"guess {n}") for n in range(100)]
    assert codes == [422] * 5 + [429] * 95
    assert sign_in(attacker, "member").status == 429
    assert sign_in(at(browser(), "203.0.113.9"), "member").status == 429
    assert sign_in(hers, "member").status == 303


def test_the_answer_says_when_to_try_again(browser):
    with time_machine.travel("2026-11-23 08:00Z", tick=False) as moment:
        guest = browser()
        for _ in range(5):
            guess(guest, "member")
        moment.shift(60)
        page = sign_in(guest, "member", "guess")
        assert page.status == 429
        assert 14 * 60 <= int(page.headers["Retry-After"]) <= 14 * 60 + 1
        assert page.text("[data-errors]") == (
            "Liian monta yritystä Yritä uudelleen tänään klo 10.15. Kirjautumislinkki sähköpostitse toimii heti ."
        )
        moment.shift(14 * 60 + 1)
        assert sign_in(guest, "member").status == 303


def test_throttled_tries_do_not_prolong_the_wait(browser):
    with time_machine.travel("2026-11-23 08:00Z", tick=False) as moment:
        guest = browser()
        for _ in range(5):
            guess(guest, "member")
        for _ in range(5):
            moment.shift(120)
            assert guess(guest, "member") == 429
        moment.shift(301)
        assert sign_in(guest, "member").status == 303


def test_many_addresses_together_wear_out_an_account_but_not_her_browser(app, browser):
    hers = at(browser(), "192.0.2.1")
    sign_in(hers, "member")
    hers.post("/sign-out")
    with app.app_context():
        for n in range(20):
            account = devices.hash_address("member@extranet.example")
            assert throttle.begin(throttle.Try(AttemptKind.PASSWORD, f"203.0.113.{n}", account)).attempt_id
    assert sign_in(at(browser(), "198.51.100.7"), "member", "guess").status == 429
    assert sign_in(at(browser(), "198.51.100.7"), "contact").status == 303
    assert sign_in(hers, "member").status == 303


def test_one_address_cannot_try_one_password_on_everybody(browser, app):
    with app.app_context():
        for n in range(50):
            assert throttle.begin(throttle.Try(AttemptKind.PASSWORD, "203.0.113.9", f"{n:064}")).attempt_id
    assert sign_in(at(browser(), "203.0.113.9"), "member").status == 429
    assert sign_in(at(browser(), "203.0.113.10"), "member").status == 303


def test_a_known_browser_has_its_own_limit(browser):
    hers = browser()
    sign_in(hers, "member")
    hers.post("/sign-out")
    assert [guess(hers, "member") for _ in range(11)] == [422] * 10 + [429]


def test_a_right_password_takes_the_mistakes_back(browser, rows):
    guest = browser()
    for _ in range(4):
        guess(guest, "member")
    assert sign_in(guest, "member").status == 303
    assert rows(SignInAttempt) == []


def test_a_forged_mark_makes_no_browser_known(browser):
    guest = browser()
    for _ in range(5):
        guess(guest, "member")
    guest.client.set_cookie("device", "eyJpZCI6IngiLCJhY2NvdW50cyI6W119.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb")
    assert sign_in(guest, "member").status == 429


def test_the_mark_of_one_account_is_no_use_at_another(browser):
    attacker = browser()
    sign_in(attacker, "newcomer")
    attacker.post("/sign-out")
    assert [guess(attacker, "member") for _ in range(6)] == [422] * 5 + [429]


def test_the_mark_is_out_of_reach_of_scripts(browser):
    cookie = next(c for c in sign_in(browser(), "member").headers.getlist("Set-Cookie") if c.startswith("device="))
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Max-Age=31536000" in cookie


def test_a_link_by_letter_works_while_the_password_is_throttled(browser, letters):
    attacker = at(browser(), "203.0.113.9")
    for _ in range(6):
        guess(attacker, "member")
    hers = at(browser(), "192.0.2.1")
    hers.post("/sign-in/link", email="member@extranet.example")
    assert hers.post(link_in(letters()[-1])).status == 303


def test_letters_are_not_sent_by_the_dozen(browser, letters):
    attacker = at(browser(), "203.0.113.9")
    codes = [attacker.post("/sign-in/link", email="member@extranet.example").status for _ in range(5)]
    assert codes == [303, 303, 303, 429, 429]
    assert len(letters()) == 3
    assert at(browser(), "192.0.2.1").post("/sign-in/link", email="member@extranet.example").status == 303


@pytest.mark.parametrize(
    ("ip", "counted"), [("2001:db8:1:2:3::4", "2001:db8:1:2::"), ("192.0.2.1", "192.0.2.1"), ("", ""), ("unix:", "unix:")]
)
def test_an_ipv6_customer_is_one_address(ip, counted):
    assert throttle.network_of(ip) == counted


def test_old_tries_are_swept(app, rows):
    with time_machine.travel("2026-11-22 08:00Z", tick=False) as moment, app.app_context():
        throttle.begin(throttle.Try(AttemptKind.PASSWORD, "192.0.2.1", "a" * 64))
        moment.shift(23 * 3600)
        throttle.begin(throttle.Try(AttemptKind.PASSWORD, "192.0.2.1", "b" * 64))
        moment.shift(2 * 3600)
        sweep()
        db.session.commit()
        assert db.session.scalar(select(func.count()).select_from(SignInAttempt)) == 1
    assert rows(Letter) == []


def test_twenty_at_once_gain_nothing(app):
    """As twenty requests on several machines: the count is in the database, and each try is counted before it is made."""

    def begin(_n):
        with app.app_context():
            return throttle.begin(throttle.Try(AttemptKind.PASSWORD, "203.0.113.9", "c" * 64)).attempt_id

    with ThreadPoolExecutor(8) as pool:
        tickets = list(pool.map(begin, range(20)))
    assert len([ticket for ticket in tickets if ticket]) == 5
