"""Administrators see letters, but no one-time links, and send after all what was given up."""

import dataclasses

import pytest

from extranet.audit.models import AuditEvent
from extranet.core.db import db
from extranet.jobs.models import Job
from extranet.mail.models import Letter, LetterState
from extranet.mail.outbox import put_letter


@pytest.fixture
def letters(app, cast):
    """An ordinary letter and one with a one-time link."""
    with app.app_context():
        for words, secret in (("Kokous siirtyi <i>", False), ("Kirjautumislinkki", True)):
            put_letter(
                to="member@extranet.example",
                user_id=cast["member"],
                language="fi",
                template="notifications/mail/notice",
                words=lambda words=words: words,
                path="/x",
                secret=secret,
            )
        db.session.commit()


@pytest.fixture
def by_smtp(app, monkeypatch):
    monkeypatch.setitem(app.extensions, "extranet", dataclasses.replace(app.extensions["extranet"], mail_url="smtp://127.0.0.1:9"))


def give_up(app, **values):
    with app.app_context():
        db.session.execute(db.update(Letter).values(state=LetterState.DEAD, attempts=12, last_error="550 no such user", **values))
        db.session.commit()


def test_the_list_newest_first_by_state(browser, letters):
    admin = browser("admin")
    page = admin.get("/admin/mail/")
    assert [a.get_text() for a in page.soup.select(".list__title a")] == ["Kirjautumislinkki", "Kokous siirtyi <i>"]
    assert "member@extranet.example" in page.text()
    assert "Ei viestejä tässä tilassa" in admin.get("/admin/mail/?state=dead").text()
    assert len(admin.get("/admin/mail/?state=queued").soup.select(".list__title a")) == 2
    assert len(admin.get("/admin/mail/?state=nonsense&page=99").soup.select(".list__title a")) == 2


def test_one_letter_with_its_words(browser, letters):
    page = browser("admin").get("/admin/mail/1/")
    assert "http://localhost/x" in page.links()
    assert "Kokous siirtyi <i>" in page.text("section[aria-labelledby=text]")
    assert "Milla Lahdenpohja" in page.text("section[aria-labelledby=course]")


def test_the_html_part_stands_in_a_sandbox(browser, letters):
    page = browser("admin").get("/admin/mail/1/html")
    policy = page.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy and "script" not in policy
    assert "Kokous siirtyi &lt;i&gt;" in page.html


def test_one_time_links_are_their_readers_alone(browser, letters, by_smtp):
    admin = browser("admin")
    page = admin.get("/admin/mail/2/")
    assert "Viestissä on kertakäyttöinen linkki" in page.text()
    assert "http://localhost/x" not in page.html
    assert admin.get("/admin/mail/2/html").status == 404
    assert "http://localhost/x" in admin.get("/admin/mail/1/").html


def test_sending_a_dead_letter_after_all(app, browser, letters, rows):
    give_up(app)
    before = rows(Letter)[0].message_id
    admin = browser("admin")
    page = admin.submit(admin.get("/admin/mail/1/"), "form[action='/admin/mail/1/retry']")
    assert "Viestin lähettämistä yritetään uudelleen." in page.text("#flash")
    letter = rows(Letter)[0]
    assert (letter.state, letter.attempts, letter.message_id) == (LetterState.QUEUED, 0, before)
    assert [job.name for job in rows(Job)] == ["mail.send"]
    assert [(event.name, event.thing) for event in rows(AuditEvent)] == [("admin.retry", "letter")]


def test_only_dead_letters(browser, letters, rows):
    assert browser("admin").post("/admin/mail/1/retry").status == 422
    assert rows(AuditEvent) == []


def test_a_letter_whose_words_are_wiped_cannot_be_sent(app, browser, letters, rows):
    give_up(app, text="", html="")
    answer = browser("admin").post("/admin/mail/2/retry")
    assert answer.status == 422 and "Pyydä henkilöä tilaamaan uusi." in answer.text()
    assert rows(Letter)[1].state == LetterState.DEAD


def test_the_page_of_a_dropped_letter_says_why(app, browser, letters):
    with app.app_context():
        db.session.execute(db.update(Letter).values(state=LetterState.DROPPED, subject="", text="", html=""))
        db.session.commit()
    assert "Vastaanottaja ei enää voinut avata asiaa" in browser("admin").get("/admin/mail/1/").text()
