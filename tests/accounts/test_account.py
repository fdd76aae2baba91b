"""One's own account: details, sessions, sign-ins, password."""

import pytest

from extranet.accounts.models import AuthSession, User
from extranet.audit.models import AuditEvent
from tests.accounts.conftest import GOOD, PASSWORD, at, sign_in

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1"


def test_details_are_saved(browser, cast, rows):
    here = browser("member")
    page = here.submit(here.get("/account/"), "main form", job_title=" johtaja ", phone="+358 40 123", unit="Hallinto", language="sv")
    assert "Uppgifterna sparades." in page.text("#flash")
    user = rows(User, User.id == cast["member"])[0]
    assert (user.job_title, user.phone, user.unit, user.language) == ("johtaja", "+358 40 123", "Hallinto", "sv")
    assert [e.name for e in rows(AuditEvent)] == ["accounts.edit"]


def test_address_and_organisation_are_not_ones_own_to_change(browser, cast, rows):
    here = browser("member")
    before = rows(User, User.id == cast["member"])[0]
    here.submit(here.get("/account/"), "main form", email="toinen@extranet.example", organisation_id=1, state="closed", side="staff", id=1)
    after = rows(User, User.id == cast["member"])[0]
    assert [(u.email, u.organisation_id, u.state, u.side) for u in (before,)] == [
        (after.email, after.organisation_id, after.state, after.side)
    ]


@pytest.mark.parametrize(
    ("field", "value"), [("first_name", "  "), ("last_name", ""), ("phone", "soita"), ("language", "de"), ("unit", "x" * 161)]
)
def test_wrong_details_are_pointed_out_and_stay(browser, rows, field, value):
    here = browser("member")
    page = here.submit(here.get("/account/"), "main form", **{"job_title": "johtaja", field: value})
    assert page.status == 422
    assert page.soup.select_one("[data-errors] a")["href"].startswith(f"#{field}")
    assert page.soup.select_one("#job_title")["value"] == "johtaja"
    assert rows(AuditEvent) == []


def test_my_details_are_right(browser, cast, rows):
    here = browser("member")
    before = rows(User, User.id == cast["member"])[0].details_confirmed_at
    here.submit(here.get("/account/"), "form[action='/account/confirm-details']")
    assert rows(User, User.id == cast["member"])[0].details_confirmed_at > before
    assert [e.name for e in rows(AuditEvent)] == ["accounts.confirm_details"]


def test_sessions_are_named_in_words(browser):
    for agent in (EDGE, SAFARI):
        other = browser()
        other.client.environ_base["HTTP_USER_AGENT"] = agent
        sign_in(at(other, "192.0.2.7"), "member")
    here = browser()
    here.client.environ_base["HTTP_USER_AGENT"] = FIREFOX
    sign_in(here, "member")
    names = [h.get_text(" ", strip=True) for h in here.get("/account/").soup.select("section[aria-labelledby=sessions] h3")]
    assert names[0] == "Firefox, Linux Tämä laite"
    assert set(names[1:]) == {"Edge, Windows", "Safari, iPhone"}
    assert "192.0.2.7" in here.get("/account/").text("section[aria-labelledby=sessions]")


def test_one_session_is_ended(browser, rows):
    here, lost = browser("member"), browser("member")
    page = here.submit(here.get("/account/"), "form[action^='/account/sessions/'][action$='/end']")
    assert page.status == 200
    assert lost.get("/account/").status == 302 and here.get("/account/").status == 200
    assert [e.name for e in rows(AuditEvent)] == ["accounts.end_session"]


def test_all_others_are_ended(browser):
    here, one, two, stranger = browser("member"), browser("member"), browser("member"), browser("contact")
    here.submit(here.get("/account/"), "form[action='/account/sessions/end-others']")
    assert [b.get("/account/").status for b in (here, one, two, stranger)] == [200, 302, 302, 200]


def test_other_peoples_sessions_do_not_exist(browser, cast, rows):
    browser("contact")
    (theirs,) = rows(AuthSession, AuthSession.user_id == cast["contact"])
    assert browser("member").post(f"/account/sessions/{theirs.id}/end").status == 404
    assert rows(AuthSession, AuthSession.id == theirs.id)[0].ended_at is None


def test_the_latest_sign_ins_are_shown_with_failures(browser):
    attacker = at(browser(), "203.0.113.9")
    sign_in(attacker, "member", "guess")
    sign_in(attacker, "contact", "guess")
    here = browser()
    sign_in(here, "member")
    lines = [li.get_text(" ", strip=True) for li in here.get("/account/").soup.select("section[aria-labelledby=sign-ins] li")]
    assert len(lines) == 2
    assert lines[0].startswith("Kirjauduttiin salasanalla") and "127.0.0.1" in lines[0]
    assert lines[1].startswith("Väärä salasana") and "203.0.113.9" in lines[1]


def test_a_new_password_ends_other_sessions(browser, rows, letters):
    here, other = browser("member"), browser("member")
    page = here.submit(here.get("/account/password"), "main form", current=PASSWORD, password=GOOD)
    assert "Salasana vaihdettiin." in page.text("#flash")
    assert [b.get("/account/").status for b in (here, other)] == [200, 302]
    assert [letter.template for letter in letters()] == ["accounts/mail/password_changed"]
    assert [e.name for e in rows(AuditEvent)] == ["accounts.change_password"]
    assert sign_in(browser(), "member", GOOD).status == 303


@pytest.mark.parametrize(
    ("current", "password", "words"),
    [
        ("wrong", GOOD, "ei ole nykyinen"),
        ("", GOOD, "Kirjoita nykyinen"),
        (PASSWORD, "", "Kirjoita uusi"),
        (PASSWORD, "lahdenpohja 99", "Jätä oma nimi"),
    ],
)
def test_a_password_is_not_changed_without_both(browser, rows, cast, current, password, words):
    before = rows(User, User.id == cast["member"])[0].password_hash
    page = browser("member").post("/account/password", current=current, password=password)
    assert page.status == 422 and words in page.text("[data-errors]")
    assert rows(User, User.id == cast["member"])[0].password_hash == before


def test_the_present_password_is_not_guessed_in_a_left_browser(browser):
    here = browser("member")
    assert [here.client.post("/account/password", data={"current": "guess", "password": GOOD}).status_code for _ in range(6)] == [
        422
    ] * 5 + [429]


def test_the_page_needs_few_queries_however_much_there_is(browser, count_queries):
    here = browser("member")
    here.get("/account/")
    few = count_queries(lambda: here.get("/account/"))
    for _ in range(10):
        browser("member")
    assert count_queries(lambda: here.get("/account/")) == few <= 8
