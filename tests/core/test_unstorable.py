"""What no database takes is refused politely, on both."""

import threading

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from extranet.accounts.models import User
from extranet.core.db import db
from tests.page import Browser


@pytest.mark.parametrize(
    "url", ["/networks/a%00b/", "/networks/hr/members?q=%00", "/networks/hr/pages/%00", f"/discussions/{10**30}/", f"/materials/{10**12}/"]
)
def test_an_odd_address_is_no_crash(browser, url):
    assert browser("moderator").get(url).status in (200, 400, 404)


def test_an_odd_text_is_no_crash(browser):
    maija = browser("moderator")
    assert maija.post("/networks/hr/pages/new", title_fi="a\0b", body_fi="x\0y").status in (303, 400)
    assert maija.post("/networks/hr/members/invite", email="a\0b@extranet.example").status in (400, 422)


def test_of_two_who_add_the_same_at_once_the_second_is_told(stage, cast, rows):
    """PostgreSQL shows neither of them the other's row before it is committed."""
    browsers = [Browser(stage.app, cast["admin"]) for _ in range(4)]
    barrier, answers = threading.Barrier(4), []
    person = {
        "email": "uusi@kunta.example",
        "first_name": "Uuno",
        "last_name": "Uusi",
        "language": "fi",
        "side": "none",
        "organisation": "",
    }

    def go(browser):
        barrier.wait()
        answers.append(browser.post("/admin/people/invite", **person).status)

    threads = [threading.Thread(target=go, args=(browser,)) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [303, 422, 422, 422]
    assert len(rows(User, User.email == "uusi@kunta.example")) == 1


def test_no_log_holds_what_was_to_be_written(app):
    with app.app_context(), pytest.raises(IntegrityError) as broken:
        db.session.execute(insert(User).values(email="member@extranet.example", first_name="A", last_name="B", password_hash="salaisuus"))
    assert "salaisuus" not in str(broken.value)
