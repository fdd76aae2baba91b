"""Every no has words, in three languages, and a door on."""

import pytest
from flask import Flask, abort

from extranet.app import create_app
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import NotAllowed, NotFound, Refused, TooMany
from extranet.core.i18n import gettext as _
from extranet.core.web import public
from tests.page import Browser, Page

HEADINGS = {
    400: ("Pyyntöä ei ymmärretty", "Begäran kunde inte tolkas", "The request was not understood"),
    401: ("Kirjaudu ensin sisään", "Logga in först", "Sign in first"),
    403: ("Tähän ei ole oikeutta", "Du har inte rätt till det här", "This is not open to you"),
    404: ("Tätä sivua ei löytynyt", "Sidan hittades inte", "This page was not found"),
    405: ("Tässä osoitteessa ei ole sivua", "På den här adressen finns ingen sida", "This address is not a page"),
    413: ("Lähetys oli liian suuri", "Det du skickade var för stort", "That was too large"),
    422: ("Tätä ei voitu tehdä", "Det här gick inte att göra", "This could not be done"),
    429: ("Liian monta yritystä", "För många försök", "Too many tries"),
    500: ("Jokin meni vikaan", "Något gick fel", "Something went wrong"),
}


@public
def refuse(status: int) -> str:
    """Break in the way that ends in that status."""
    match status:
        case 403:
            raise NotAllowed("probe.look")
        case 404:
            raise NotFound
        case 422:
            raise Refused(_("The discussion is closed."))
        case 429:
            raise TooMany(clock.now())
        case 500:
            raise RuntimeError("broken on purpose")
    abort(status)


@pytest.fixture
def broken(stage):
    """The app with one more address, which answers with any error."""
    app: Flask = create_app(stage.app.extensions["extranet"], TESTING=True, PROPAGATE_EXCEPTIONS=False, WTF_CSRF_ENABLED=False)
    app.add_url_rule("/probe/<int:status>", view_func=refuse)
    stage.is_dirty = True
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize("status", HEADINGS)
def test_each_error_has_its_page_in_each_language(stage, broken, status, caplog):
    for language, heading in zip(("fi", "sv", "en"), HEADINGS[status], strict=True):
        visitor = Browser(broken, None, language)
        page = visitor.get(f"/probe/{status}")
        assert page.status == status
        assert page.soup.html["lang"] == language
        assert page.text("h1") == heading
        assert page.soup.title.get_text().startswith(heading)
        assert len(page.text(".lead")) > 15
        assert {"/", "/sign-in"} & set(page.links()), "no door on"
        assert not page.has(".main-nav"), "a visitor gets the public header"
    caplog.clear()


@pytest.mark.parametrize("status", HEADINGS)
def test_signed_in_people_keep_their_way_about(stage, broken, status, caplog):
    page = Browser(broken, stage.ids["member"]).get(f"/probe/{status}")
    assert page.status == status
    assert page.has(".main-nav") and "/" in page.links()
    caplog.clear()


def test_a_rule_that_says_no_tells_why(stage, broken):
    page = Browser(broken, stage.ids["member"], "en").get("/probe/422")
    assert page.text(".lead")


def test_a_crash_tells_nothing_about_itself(stage, broken, caplog):
    page = Browser(broken, stage.ids["member"]).get("/probe/500")
    assert "broken on purpose" not in page.html and "Traceback" not in page.html
    caplog.clear()


def test_the_page_that_led_here_is_one_step_away(browser):
    page = browser("member").get("/nowhere", Referer="http://localhost/networks/?page=2")
    assert "/networks/?page=2" in page.links()
    page = browser("member").get("/nowhere", Referer="http://evil.example/networks/")
    assert not [link for link in page.links() if "evil" in link]


@pytest.mark.parametrize(
    ("led_here", "door"),
    [("/events/{hr_event}/", "/events/{hr_event}/"), ("/events/{hr_event}/sign-up", "/events/{hr_event}/")],
)
def test_a_refused_act_leads_back_to_the_page_that_it_belongs_to(browser, cast, led_here, door):
    member, event = browser("member"), cast["hr_event"]
    led_here, door = led_here.format(hr_event=event), door.format(hr_event=event)
    page = Page(member.client.post(f"/events/{event}/accept", headers={"Referer": f"http://localhost{led_here}"}))
    assert page.status in (404, 422)
    assert page.soup.select_one(f'main a.button[href="{door}"]') is not None


def test_a_referrer_that_is_no_address_breaks_nothing(browser):
    answer = browser("member").client.post("/account/edit", data={}, headers={"Referer": "http://["})
    assert answer.status_code == 422
