"""Signing in with e-mail and password."""

import pytest
import time_machine
from argon2 import PasswordHasher
from sqlalchemy import update

from extranet.accounts import passwords
from extranet.accounts.models import AuthSession, User, UserState
from extranet.audit.models import AuditEvent
from extranet.core.db import db
from extranet.core.settings import put_setting
from tests.accounts.conftest import PASSWORD, sign_in


def set_state(app, user_id, **columns):
    with app.app_context():
        db.session.execute(update(User).where(User.id == user_id).values(**columns))
        db.session.commit()


def test_the_right_password_lets_in(browser, cast, rows):
    guest = browser()
    page = guest.submit(guest.get("/sign-in"), "main form", email=" Member@Extranet.EXAMPLE ", password=PASSWORD, follow=False)
    assert (page.status, page.location) == (303, "/")
    assert "Milla Lahdenpohja" in guest.get("/account/").text()
    (session,) = rows(AuthSession)
    assert session.user_id == cast["member"] and session.ip == "127.0.0.1"
    (event,) = rows(AuditEvent)
    assert (event.name, event.user_id) == ("accounts.sign_in", cast["member"])
    assert rows(User, User.id == cast["member"])[0].last_login_at is not None


@pytest.mark.parametrize("who", ["wrong", "unknown", "suspended", "invited", "passwordless"])
def test_every_refusal_says_the_same(app, browser, cast, rows, who):
    if who in ("suspended", "invited"):
        set_state(app, cast["member"], state=UserState(who))
    name = {"unknown": "nobody", "passwordless": "pori"}.get(who, "member")
    page = sign_in(browser(), name, "not the password" if who == "wrong" else PASSWORD)
    assert page.status == 422
    assert page.text("[data-errors]") == (
        "Kirjautuminen ei onnistunut Sähköpostiosoite tai salasana ei ole oikein. Tarkista molemmat tai pyydä kirjautumislinkki."
    )
    assert page.soup.select_one("#email")["value"] == f"{name}@extranet.example"
    assert not page.soup.select_one("#password").get("value")
    assert page.soup.title.get_text(strip=True).startswith("Virhe:")
    assert rows(AuthSession) == []


def test_a_failure_is_remembered_without_the_address(browser, cast, rows):
    sign_in(browser(), "member", "not the password")
    (event,) = rows(AuditEvent)
    assert event.name == "accounts.sign_in_failed" and event.user_id is None
    assert len(event.detail["account"]) == 64 and "member" not in str(event.detail)


def test_an_unknown_address_costs_as_much_as_a_wrong_password(browser, monkeypatch):
    checked = []
    original = PasswordHasher.verify
    monkeypatch.setattr(PasswordHasher, "verify", lambda self, stored, given: checked.append(stored) or original(self, stored, given))
    sign_in(browser(), "member", "not the password")
    sign_in(browser(), "nobody", "not the password")
    sign_in(browser(), "pori", "not the password")
    assert len(checked) == 3
    costs = {stored.rsplit("$", 2)[0] for stored in checked}
    assert costs == {"$argon2id$v=19$m=32768,t=3,p=1"}


def test_both_fields_are_asked_for(browser):
    page = browser().post("/sign-in", email="", password="")
    assert page.status == 422
    assert [a["href"] for a in page.soup.select("[data-errors] a")] == ["#email", "#password"]


@pytest.mark.parametrize("nonsense", ["a\x00b@extranet.example", "x" * 255 + "@extranet.example", "'; DROP TABLE user; --@x.example"])
def test_nonsense_is_only_wrong(browser, nonsense):
    assert browser().post("/sign-in", email=nonsense, password="x").status == 422


def test_it_leads_back_to_the_page_that_was_asked_for(browser):
    guest = browser()
    asked = guest.get("/account/")
    assert (asked.status, asked.location) == (302, "/sign-in?next=/account/")
    page = guest.submit(guest.get(asked.location), "main form", email="member@extranet.example", password=PASSWORD, follow=False)
    assert page.location == "/account/"


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)", "/a\r\nX: y"]
)
def test_it_leads_nowhere_else(browser, to):
    page = sign_in(browser(), "member", next=to)
    assert (page.status, page.location) == (303, "/")
    assert browser("member").client.get("/sign-in", query_string={"next": to}).location == "/"


def test_a_planted_session_is_not_taken_over(browser, rows):
    guest = browser()
    with guest.client.session_transaction() as cookie:
        cookie["_user_id"] = "planted-by-somebody-else"
        cookie["asked"] = "planted"
    sign_in(guest, "member")
    with guest.client.session_transaction() as cookie:
        assert cookie["_user_id"] != "planted-by-somebody-else" and "asked" not in cookie


def test_signing_in_again_ends_the_earlier_session_of_the_browser(browser, cast, rows):
    here = browser()
    sign_in(here, "member")
    sign_in(here, "contact")
    first, second = rows(AuthSession)
    assert first.ended_at is not None and second.ended_at is None and second.user_id == cast["contact"]


def test_a_signed_in_person_is_sent_on(browser):
    page = browser("member").get("/sign-in?next=/account/")
    assert (page.status, page.location) == (302, "/account/")


def test_a_session_ends_when_idle_for_twelve_hours(browser):
    with time_machine.travel("2026-11-23 08:00Z", tick=False) as moment:
        here = browser()
        sign_in(here, "member")
        moment.shift(11 * 3600)
        assert here.get("/account/").status == 200
        moment.shift(11 * 3600)
        assert here.get("/account/").status == 200
        moment.shift(12 * 3600 + 1)
        assert here.get("/account/").status == 302


def test_a_session_ends_after_fourteen_days_however_busy(browser):
    with time_machine.travel("2026-11-02 08:00Z", tick=False) as moment:
        here = browser()
        sign_in(here, "member")
        for _ in range(33):
            moment.shift(10 * 3600)
            assert here.client.get("/account/password").status_code == 200
        moment.shift(6 * 3600 + 1)
        assert here.get("/account/").status == 302


def test_a_suspended_person_is_out_at_the_next_request(app, browser, cast):
    here = browser("member")
    assert here.get("/account/").status == 200
    set_state(app, cast["member"], state=UserState.SUSPENDED)
    assert here.get("/account/").status == 302
    assert here.get("/account/", target="sessions").status == 401


def test_a_hash_with_old_costs_is_made_anew(app, browser, cast, rows):
    set_state(app, cast["member"], password_hash=PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash("vanha salasana 123"))
    assert sign_in(browser(), "member", "vanha salasana 123").status == 303
    stored = rows(User, User.id == cast["member"])[0].password_hash
    assert "m=32768" in stored and passwords.matches(stored, "vanha salasana 123")


def test_the_demo_accounts_are_one_click_away(browser, rows, cast):
    guest = browser()
    page = guest.get("/sign-in")
    assert len(page.soup.select("section .list li")) == 11
    assert "Auli Rantakangas Palvelun pääkäyttäjä Palvelun omistaja" in page.text("main section")
    page = guest.submit(page, "section li:nth-of-type(5) form", follow=False)
    assert page.status == 303 and rows(AuthSession)[0].user_id == cast["contact"]


def test_outside_the_demo_there_are_no_demo_accounts(app, browser, rows):
    with app.app_context():
        put_setting("is_demo", False)
        db.session.commit()
    page = browser().get("/sign-in")
    assert not page.has("main section") and "extranet-demo" not in page.html
    assert sign_in(browser(), "member").status == 422
    assert rows(AuthSession) == []


@pytest.mark.parametrize(("language", "words"), [("sv", "Logga in Användarkontot fås"), ("en", "Sign in An account comes by invitation")])
def test_the_page_speaks_the_readers_language(browser, language, words):
    page = browser("visitor", language).get("/sign-in")
    assert page.soup.html["lang"] == language and page.text().startswith(words)


def test_the_token_is_needed(app, browser, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    guest = browser()
    assert sign_in(guest, "member").status == 400
    assert guest.post("/sign-out").status == 400
    assert guest.post("/language", lang="sv").status == 400
    assert guest.post("/sign-in/link", email="member@extranet.example").status == 400
    page = guest.submit(guest.get("/sign-in"), "main form", email="member@extranet.example", password=PASSWORD, follow=False)
    assert page.status == 303
    assert guest.submit(guest.get("/account/"), "form[action='/sign-out']", follow=False).location == "/"
