"""Coming in for the first time."""

import pytest
import time_machine

from extranet.accounts.models import AuthSession, Side, User, UserState
from extranet.accounts.people_actions import invite, reinvite
from extranet.audit.models import AuditEvent
from extranet.core.db import db
from extranet.core.viewer import SYSTEM
from tests.accounts.conftest import GOOD, link_in


@pytest.fixture
def invited(app, letters):
    """Invite somebody; her link."""
    with app.app_context():
        invite(
            SYSTEM,
            None,
            email="Uusi.Henkilo@porvoo.example",
            first_name="Uusi",
            last_name="Henkilö\r\nBcc: kaikki@porvoo.example",
            organisation_id=None,
            language="sv",
            side=Side.EMPLOYER,
        )
        db.session.commit()
    return link_in(letters()[0])


def accept(guest, link, **data):
    return guest.submit(guest.get(link), "main form", follow=False, **({"password": GOOD} | data))


def test_the_invited_person_comes_in(browser, letters, invited, rows):
    (letter,) = letters()
    assert (letter.to, letter.language) == ("uusi.henkilo@porvoo.example", "sv")
    assert letter.subject == "Inbjudan till tjänsten Nätverksportalen"
    guest = browser()
    page = accept(guest, invited, first_name="Uusi", last_name="Henkilö-Mäki", language="en")
    assert (page.status, page.location) == (303, "/")
    user = rows(User, User.email == "uusi.henkilo@porvoo.example")[0]
    assert (user.state, user.name, user.language) == (UserState.ACTIVE, "Uusi Henkilö-Mäki", "en")
    assert user.email_verified_at and user.details_confirmed_at
    assert "Welcome, Uusi. Your account is ready." in guest.get("/").text("#flash")
    assert guest.get("/account/").soup.html["lang"] == "en"
    assert [e.name for e in rows(AuditEvent)] == ["accounts.invite", "accounts.accept_invitation"]
    assert browser().post("/sign-in", email=user.email, password=GOOD).status == 303


def test_a_line_break_in_a_name_reaches_no_header(invited, rows, letters):
    user = rows(User, User.email == "uusi.henkilo@porvoo.example")[0]
    assert user.last_name == "Henkilö Bcc: kaikki@porvoo.example"
    assert "\n" not in letters()[0].subject + letters()[0].to


def test_the_link_is_good_once(browser, invited, rows):
    assert accept(browser(), invited).status == 303
    assert browser().get(invited).status == 410
    assert browser().post(invited, password=GOOD).status == 410
    assert len(rows(AuthSession)) == 1


def test_two_weeks_later_it_is_over(browser, invited):
    with time_machine.travel("2027-01-01 08:00Z"):
        assert browser().get(invited).status == 410


def test_a_new_letter_ends_the_earlier_link(app, browser, invited, letters, rows):
    with app.app_context():
        reinvite(SYSTEM, db.session.get(User, rows(User, User.state == UserState.INVITED)[0].id))
        db.session.commit()
    assert browser().get(invited).status == 410
    assert browser().get(link_in(letters()[1])).status == 200


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"password": "lyhyt"}, "Använd minst 12 tecken"),
        ({"password": "salasana1234"}, "hör till de första som gissas"),
        ({"password": "uudenaikainen henkilö"}, "Lämna ditt namn"),
        ({"first_name": " "}, "Skriv ditt förnamn"),
        ({"language": "xx"}, ""),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_stays(browser, invited, rows, data, words):
    guest = browser("visitor", "sv")
    page = accept(guest, invited, last_name="Henkilö", **data)
    assert page.status == 422
    assert words in page.text("[data-errors]")
    assert page.soup.select_one("#last_name")["value"] == "Henkilö"
    assert not page.soup.select_one("#password").get("value")
    assert rows(User, User.email == "uusi.henkilo@porvoo.example")[0].state == UserState.INVITED


def test_the_link_lets_nobody_in_before_it_is_accepted(browser, invited):
    guest = browser()
    guest.get(invited)
    assert guest.get("/account/").status == 302
