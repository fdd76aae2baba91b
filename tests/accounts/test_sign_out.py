"""Going out, and the language of the pages."""

from extranet.accounts.models import AuthSession, User
from extranet.audit.models import AuditEvent
from tests.accounts.conftest import sign_in


def test_nothing_of_members_pages_remains(browser, rows):
    here = browser()
    sign_in(here, "member")
    page = here.get("/account/")
    assert page.headers["Cache-Control"] == "private, no-store"
    left = here.submit(page, "form[action='/sign-out']", follow=False)
    assert (left.status, left.location) == (303, "/")
    assert left.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert here.get("/account/").status == 302
    assert rows(AuthSession)[0].ended_at is not None
    assert [e.name for e in rows(AuditEvent)] == ["accounts.sign_in", "accounts.sign_out"]


def test_a_copied_cookie_is_worthless_afterwards(browser):
    here, thief = browser(), browser()
    sign_in(here, "member")
    thief.client.set_cookie("session", here.client.get_cookie("session").value)
    assert thief.get("/account/").status == 200
    here.post("/sign-out")
    assert thief.get("/account/").status == 302


def test_signing_out_twice_is_no_fault(browser):
    assert browser().post("/sign-out").status == 303


def test_the_language_is_kept_for_a_year(browser):
    guest = browser()
    page = guest.post("/language", lang="sv", next="/sign-in")
    assert (page.status, page.location) == (303, "/sign-in")
    cookie = page.headers["Set-Cookie"]
    assert cookie.startswith("language=sv;") and "Max-Age=31536000" in cookie and "SameSite=Lax" in cookie
    assert guest.get("/sign-in").soup.html["lang"] == "sv"


def test_a_signed_in_persons_profile_takes_the_language(browser, cast, rows):
    here = browser("member")
    here.post("/language", lang="en", next="/account/")
    assert rows(User, User.id == cast["member"])[0].language == "en"
    assert here.get("/account/").soup.html["lang"] == "en"
    (event,) = rows(AuditEvent)
    assert (event.name, event.detail) == ("accounts.choose_language", {"language": "en"})


def test_an_unknown_language_changes_nothing(browser, rows):
    page = browser("member").post("/language", lang="xx", next="https://evil.example/")
    assert (page.status, page.location) == (303, "/")
    assert "Set-Cookie" not in page.headers or "language=" not in page.headers["Set-Cookie"]
    assert rows(AuditEvent) == []
