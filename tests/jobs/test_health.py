"""T47: without a worker for two minutes, /healthz says so and administrators see a banner."""

from datetime import timedelta

import pytest
import time_machine

from extranet.app import create_app
from extranet.core import clock, config
from extranet.core.db import db
from extranet.jobs import health
from extranet.jobs.models import Job, Worker
from extranet.jobs.queue import enqueue
from tests.jobs.work import work_off
from tests.mail.server import free_port


@pytest.fixture
def now(app, monkeypatch):
    """A process that started long ago, and time that stands still until it is shifted."""
    with time_machine.travel(clock.now(), tick=False) as traveller:
        monkeypatch.setattr(health, "started_at", clock.now() - timedelta(days=1))
        monkeypatch.setattr(health, "_known", (clock.now() - timedelta(days=1), False))
        yield traveller


def beat(app):
    with app.app_context():
        db.session.merge(Worker(id="one", started_at=clock.now(), beat_at=clock.now()))
        db.session.commit()


def test_a_working_installation_is_well(app, browser, now):
    beat(app)
    now.shift(timedelta(seconds=119))
    answer = browser().get("/healthz")
    assert (answer.status, answer.response.text) == (200, "ok\n")


def test_a_silent_worker_is_a_503_with_the_reason(app, browser, now):
    beat(app)
    now.shift(timedelta(seconds=121))
    answer = browser().get("/healthz")
    assert (answer.status, answer.response.text) == (503, "no worker has reported for two minutes\n")
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_fresh_start_has_two_minutes_to_find_its_worker(app, browser, now, monkeypatch):
    monkeypatch.setattr(health, "started_at", clock.now())
    assert browser().get("/healthz").status == 200
    now.shift(timedelta(seconds=121))
    assert browser().get("/healthz").status == 503


def test_a_database_without_our_tables_is_a_503(app, browser, now, stage):
    with app.app_context():
        db.session.execute(db.text("ALTER TABLE worker RENAME TO worker_gone"))
        db.session.commit()
    answer = browser().get("/healthz")
    assert (answer.status, answer.response.text) == (503, "the database does not answer\n")


def test_a_database_server_that_is_away_is_a_503(tmp_path):
    environ = {"EXTRANET_DATA": str(tmp_path), "DATABASE_URL": f"postgresql://nobody@127.0.0.1:{free_port()}/nothing"}
    answer = create_app(config.load(environ)).test_client().get("/healthz")
    assert (answer.status_code, answer.text) == (503, "the database does not answer\n")


def test_health_asks_one_small_question(browser, count_queries):
    visitor = browser()
    assert count_queries(lambda: visitor.get("/healthz")) == 1


def test_administrators_see_a_banner_and_nobody_else(app, browser, now):
    beat(app)
    assert "Sähköposti ja taustatyöt seisovat" not in browser("admin").get("/notifications/").html
    now.shift(timedelta(seconds=121))
    assert "Sähköposti ja taustatyöt seisovat" in browser("admin").get("/notifications/").html
    assert "Sähköposti ja taustatyöt seisovat" not in browser("member").get("/notifications/").html


def test_the_banner_costs_a_query_at_most_every_ten_seconds(app, browser, now, count_queries):
    beat(app)
    admin = browser("admin")
    admin.get("/notifications/")
    warm = count_queries(lambda: admin.get("/notifications/"))
    now.shift(timedelta(seconds=11))
    assert count_queries(lambda: admin.get("/notifications/")) == warm + 1


def test_old_jobs_and_workers_are_swept(app, now, rows):
    with app.app_context():
        enqueue("test.note")
        db.session.add(Job(name="a", done_at=clock.now()))
        db.session.add(Job(name="b", dead_at=clock.now()))
        db.session.add(Worker(id="old"))
        db.session.commit()
    now.shift(timedelta(days=8))
    with app.app_context():
        enqueue("jobs.sweep")
        db.session.commit()
    work_off(app)
    assert {job.name for job in rows(Job)} >= {"b", "test.note", "jobs.sweep"}
    assert "a" not in {job.name for job in rows(Job)}
    assert rows(Worker) == []
