"""Everybody chooses which letters they get."""

from extranet.audit.models import AuditEvent
from extranet.notifications.models import Letters, NotificationChoice


def test_the_page_shows_the_choice_in_force(browser):
    page = browser("member").get("/notifications/settings")
    assert page.soup.select_one("input[name=letters][checked]")["value"] == "all"


def test_choosing(browser, rows, cast):
    member = browser("member")
    page = member.submit(member.get("/notifications/settings"), letters="direct")
    assert "Valinta tallennettiin." in page.text("#flash")
    assert page.soup.select_one("input[name=letters][checked]")["value"] == "direct"
    member.submit(page, letters="none")
    assert [(choice.user_id, choice.letters) for choice in rows(NotificationChoice)] == [(cast["member"], Letters.NONE)]
    assert [event.name for event in rows(AuditEvent)] == ["notifications.choose_letters"] * 2


def test_no_choice_and_an_unknown_one_come_back_with_words(browser, rows):
    member = browser("member")
    for answer in (member.post("/notifications/settings"), member.post("/notifications/settings", letters="sometimes")):
        assert answer.status == 422
        assert answer.has("main [data-errors]")
    assert rows(NotificationChoice) == []


def test_the_page_speaks_swedish(browser):
    assert "Välj vilka brev du får" in browser("medlem").get("/notifications/settings").text("h1")
