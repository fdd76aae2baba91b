"""Asking for an account, and the answer."""

import time_machine

from extranet.accounts.models import Side, User, UserState
from extranet.accounts.tasks import sweep
from extranet.audit.models import AuditEvent
from extranet.core.db import db
from tests.accounts.conftest import at, link_in

WHO = {"email": "Pyytaja@kunta.example", "first_name": "Pirkko", "last_name": "Pyytäjä", "organisation": "Kunnan kunta"}


def ask(guest, **data):
    return guest.submit(guest.get("/request-account"), "main form", follow=False, **(WHO | data))


def asked(rows):
    return rows(User, User.email == "pyytaja@kunta.example")[0]


def test_a_request_is_approved_and_the_person_comes_in(browser, letters, rows):
    assert ask(browser("visitor", "sv"), message="HR-verkosto kiinnostaa.").location == "/request-account/sent"
    user = asked(rows)
    assert (user.state, user.language, user.request_note) == (UserState.REQUESTED, "sv", "Kunnan kunta\n\nHR-verkosto kiinnostaa.")
    (letter,) = letters()
    assert (letter.to, letter.subject) == ("admin@extranet.example", "Pirkko Pyytäjä pyytää tunnuksia")
    here = browser("admin")
    page = here.get(f"/admin/people/{user.id}/")
    assert "Kunnan kunta HR-verkosto kiinnostaa." in page.text("section[aria-labelledby=request]")
    here.submit(page, "form[action$='/approve']", side="employer")
    assert (asked(rows).state, asked(rows).side, asked(rows).request_note) == (UserState.INVITED, Side.EMPLOYER, "")
    assert browser().get(link_in(letters()[-1])).status == 200
    assert here.post(f"/admin/people/{user.id}/approve", side="employer", organisation="").status == 422
    assert [e.name for e in rows(AuditEvent)] == ["accounts.request_account", "accounts.approve"]


def test_a_request_is_declined_with_a_reason(browser, letters, rows):
    ask(browser())
    here = browser("admin")
    page = here.get(f"/admin/people/{asked(rows).id}/")
    assert here.submit(page, "form[action$='/decline']", reason="").status == 422
    here.submit(page, "form[action$='/decline']", reason="Palvelu on vain työnantajille.")
    assert asked(rows).state == UserState.DECLINED
    letter = letters()[-1]
    assert letter.to == "pyytaja@kunta.example" and "Palvelu on vain työnantajille." in letter.text
    ask(browser(), first_name="Pirkko-Liisa")
    assert (asked(rows).state, asked(rows).first_name) == (UserState.REQUESTED, "Pirkko-Liisa")


def test_who_has_an_account_gets_a_letter_to_get_in_and_the_page_does_not_tell(browser, letters, cast, rows):
    guest = browser()
    page = ask(guest, email="member@extranet.example", first_name="Joku")
    assert page.location == "/request-account/sent"
    assert link_in(letters()[0]).startswith("/sign-in/link/")
    assert rows(User, User.id == cast["member"])[0].first_name == "Milla"


def test_what_is_missing_is_pointed_out(browser, rows):
    page = browser().post("/request-account", email="x", first_name="", last_name="", organisation="")
    assert page.status == 422
    assert [a["href"] for a in page.soup.select("[data-errors] a")] == ["#email", "#first_name", "#last_name", "#organisation"]


def test_requests_do_not_come_by_the_hundred(browser):
    guest = at(browser(), "203.0.113.9")
    codes = [guest.client.post("/request-account", data=WHO | {"email": f"a{n}@kunta.example"}).status_code for n in range(31)]
    assert codes == [303] * 30 + [429]


def test_a_declined_request_is_forgotten(app, browser, rows):
    ask(browser())
    browser("admin").post(f"/admin/people/{asked(rows).id}/decline", reason="Unknown.")
    with app.app_context():
        sweep()
        db.session.commit()
    assert asked(rows).state == UserState.DECLINED
    with time_machine.travel("2027-06-01 08:00Z"), app.app_context():
        sweep()
        db.session.commit()
    assert rows(User, User.email == "pyytaja@kunta.example") == []
