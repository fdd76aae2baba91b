"""Administrators see background work, retry what was given up, or drop it."""

from datetime import timedelta

import pytest

from extranet.audit.models import AuditEvent
from extranet.core import clock
from extranet.core.db import db
from extranet.jobs.models import Job, Schedule, Worker
from extranet.jobs.queue import enqueue


@pytest.fixture
def work(app):
    """One job in each state, a schedule, a worker that works and one that does not."""
    now = clock.now()
    with app.app_context():
        db.session.add_all(
            [
                Job(id=1, name="events.remind", dead_at=now, attempts=8, last_error="ValueError: no seat (events/tasks.py:9)"),
                Job(id=2, name="mail.send", lease_until=now + timedelta(minutes=1), attempts=1, owner="one"),
                Job(id=3, name="search.index", attempts=2, run_at=now + timedelta(minutes=5), last_error="TimeoutError"),
                Job(id=4, name="insight.count", done_at=now),
                Schedule(name="jobs.sweep", rule="03:40", next_at=now + timedelta(hours=5)),
                Schedule(name="mail.send", rule="5 min", next_at=now, last_at=now),
                Worker(id="host:1:aa"),
                Worker(id="host:2:bb", beat_at=now - timedelta(minutes=9)),
                Worker(id="host:3:cc", beat_at=now - timedelta(days=3)),
            ]
        )
        db.session.commit()


def test_the_page_shows_how_everything_stands(browser, work):
    page = browser("admin").get("/admin/jobs/")
    assert "ValueError: no seat (events/tasks.py:9)" in page.text("section[aria-labelledby=dead]")
    waiting = page.text("section[aria-labelledby=waiting]")
    assert "mail.send 2 Käynnissä" in waiting and "search.index 3 Yritetään uudelleen" in waiting and "TimeoutError" in waiting
    assert "insight.count" not in page.html
    schedules = page.text("section[aria-labelledby=schedules]")
    assert "päivittäin klo 3.40" in schedules and "5 minuutin välein" in schedules
    workers = page.text("section[aria-labelledby=workers]")
    assert "host:1:aa Toimii" in workers and "host:2:bb Vaiti" in workers and "host:3:cc" not in workers


def test_an_empty_page_says_so(browser):
    text = browser("admin").get("/admin/jobs/").text()
    assert "Mikään työ ei ole epäonnistunut." in text and "Mikään ei odota." in text


def test_retrying(browser, work, rows):
    admin = browser("admin")
    page = admin.submit(admin.get("/admin/jobs/"), "form[action='/admin/jobs/1/retry']")
    assert "Työtä yritetään uudelleen." in page.text("#flash")
    job = rows(Job, Job.id == 1)[0]
    assert (job.dead_at, job.attempts) == (None, 0)
    assert job.run_at <= clock.now()
    assert [(event.name, event.thing, event.thing_id) for event in rows(AuditEvent)] == [("admin.retry", "job", "1")]


def test_dropping(browser, work, rows):
    admin = browser("admin")
    page = admin.submit(admin.get("/admin/jobs/"), "form[action='/admin/jobs/1/drop']")
    assert "Työ poistettiin." in page.text("#flash")
    assert rows(Job, Job.id == 1) == []
    assert [event.name for event in rows(AuditEvent)] == ["admin.drop"]


@pytest.mark.parametrize("verb", ["retry", "drop"])
@pytest.mark.parametrize("job_id", [2, 3, 4])
def test_only_what_was_given_up(browser, work, rows, verb, job_id):
    answer = browser("admin").post(f"/admin/jobs/{job_id}/{verb}")
    assert answer.status == 422
    assert "Työ ei ole epäonnistunut." in answer.text()
    assert len(rows(Job)) == 4 and rows(AuditEvent) == []


def test_a_job_that_is_not_there(browser):
    assert browser("admin").post("/admin/jobs/77/retry").status == 404


def test_thousands_of_jobs_are_one_short_page(app, browser, count_queries):
    admin = browser("admin")
    admin.get("/admin/jobs/")
    few = count_queries(lambda: admin.get("/admin/jobs/"))
    with app.app_context():
        for n in range(300):
            enqueue("x.y", n=n)
        db.session.commit()
    assert count_queries(lambda: admin.get("/admin/jobs/")) == few <= 12
    page = admin.get("/admin/jobs/")
    assert "Näytetään ensimmäiset 50." in page.text() and page.text("#waiting .count") == "300"
