"""What a worker does with jobs that work, fail, die or take long."""

import threading
from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, text, update

from extranet.audit.log import record
from extranet.audit.models import AuditEvent
from extranet.core import clock
from extranet.core.db import db
from extranet.core.viewer import SYSTEM
from extranet.jobs import claims
from extranet.jobs import worker as worker_module
from extranet.jobs.models import Job, Worker
from extranet.jobs.queue import enqueue, task
from extranet.jobs.worker import Runner, start_in_thread
from tests.waiting import until


@task("test.note")
def note(n: int = 0) -> None:
    record(SYSTEM, "test.note", n=n)


@task("test.break", max_attempts=3)
def break_down() -> None:
    record(SYSTEM, "test.break")
    db.session.flush()
    raise ValueError("no seat for 'Milla Lahdenpohja' <milla@koski.example>, tel. +358 40 123 4567\nin row 7")


@task("test.own_transactions", outside=True)
def own_transactions() -> None:
    with db.session.begin():
        record(SYSTEM, "test.claimed")
    with db.session.begin():
        record(SYSTEM, "test.marked")


gate = threading.Event()
is_running = threading.Event()


@task("test.wait")
def wait() -> None:
    is_running.set()
    assert gate.wait(20)
    record(SYSTEM, "test.waited")


@pytest.fixture
def put(app):
    def do(name, **kwargs):
        with app.app_context():
            enqueue(name, **kwargs)
            db.session.commit()

    return do


@pytest.fixture
def runner(app):
    return Runner(app, threading.Event())


def events(rows):
    return [event.name for event in rows(AuditEvent)]


def test_what_a_job_does_and_that_it_is_done_are_one(put, runner, rows):
    put("test.note", n=1)
    assert runner.step() is True
    assert runner.step() is False
    (job,) = rows(Job)
    assert job.done_at is not None and job.attempts == 1 and job.lease_until is None
    assert events(rows) == ["test.note"]


def test_a_job_that_fails_leaves_nothing_and_comes_back_later(put, runner, rows):
    put("test.break")
    before = clock.now()
    assert runner.step() is True
    (job,) = rows(Job)
    assert events(rows) == []
    assert job.done_at is None and job.dead_at is None and job.attempts == 1
    assert timedelta(seconds=11) < job.run_at - before < timedelta(seconds=25)
    assert runner.step() is False


def test_waits_grow_and_have_an_end():
    waits = [claims.wait_after(n).total_seconds() for n in (1, 3, 5, 20, 500)]
    for wait, middle in zip(waits, (15, 60, 240, 3600, 3600), strict=True):
        assert 0.75 * middle <= wait <= 1.25 * middle


def test_after_its_last_attempt_a_job_is_dead_with_a_reason_that_names_nobody(put, runner, rows, caplog):
    put("test.break")
    with time_machine.travel(clock.now(), tick=False) as now:
        for _attempt in range(5):
            runner.step()
            now.shift(timedelta(hours=2))
    (job,) = rows(Job)
    assert job.dead_at is not None and job.attempts == 3
    assert job.last_error.startswith("ValueError: no seat for … <…>, tel. +…")
    said = job.last_error + caplog.text
    for secret in ("Milla", "koski", "4567", "row 7"):
        assert secret not in said
    assert f"job {job.id} test.break failed at attempt 3 and is given up" in caplog.text


def test_a_job_that_nobody_knows_is_not_lost(put, runner, rows):
    put("test.of_a_newer_version")
    runner.step()
    assert rows(Job)[0].last_error.startswith("LookupError: no task of this name in this version")
    assert rows(Job)[0].dead_at is None


def test_outside_work_has_its_own_transactions(put, runner, rows):
    put("test.own_transactions")
    runner.step()
    assert events(rows) == ["test.claimed", "test.marked"]
    assert rows(Job)[0].done_at is not None


def test_the_job_of_a_vanished_worker_is_taken_over_when_its_lease_ends(app, put, rows):
    put("test.note", n=1)
    with time_machine.travel(clock.now(), tick=False) as now, app.app_context():
        lost = claims.claim("vanished")
        db.session.commit()
        assert claims.claim("second") is None
        now.shift(timedelta(seconds=61))
        taken = claims.claim("second")
        assert taken is not None and lost is not None and taken.id == lost.id and taken.attempts == 2
        db.session.commit()
        with pytest.raises(claims.LeaseLost):
            claims.finish(lost)
        db.session.rollback()


def test_who_has_lost_the_lease_leaves_nothing(app, put, runner, rows, monkeypatch):
    @task("test.overtaken")
    def overtaken() -> None:
        record(SYSTEM, "test.note")
        db.session.execute(update(Job).values(owner="somebody else"))

    put("test.overtaken")
    runner.step()
    assert events(rows) == []
    assert rows(Job)[0].done_at is None


def test_a_renewed_lease_keeps_the_job(app, put):
    put("test.note")
    with app.app_context(), time_machine.travel(clock.now(), tick=False) as now:
        held = claims.claim("first")
        assert held is not None
        now.shift(timedelta(seconds=50))
        claims.renew(held)
        now.shift(timedelta(seconds=50))
        assert claims.claim("second") is None
        db.session.rollback()


def test_a_job_that_kills_its_workers_is_given_up(app, put, runner, rows):
    put("test.break")
    with time_machine.travel(clock.now(), tick=False) as now:
        for _life in range(3):
            with app.app_context():
                assert claims.claim("doomed") is not None
                db.session.commit()
            now.shift(timedelta(seconds=61))
        runner.step()
    (job,) = rows(Job)
    assert job.dead_at is not None
    assert job.last_error.startswith("RuntimeError: each attempt ended with the end of its worker")


def test_four_workers_do_sixty_jobs_once_each(app, rows):
    with app.app_context():
        for n in range(60):
            enqueue("test.note", n=n)
        db.session.commit()

    def work_until_idle() -> None:
        runner = Runner(app, threading.Event())
        idle = 0
        while idle < 3:
            idle = 0 if runner.step() else idle + 1

    threads = [threading.Thread(target=work_until_idle) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    done = Counter(event.detail["n"] for event in rows(AuditEvent))
    assert done == Counter(range(60))
    assert all(job.done_at and job.attempts == 1 for job in rows(Job))


def test_a_worker_wakes_works_and_finishes_the_job_in_hand_before_it_stops(app, put, rows):
    gate.clear()
    is_running.clear()
    worker = start_in_thread(app)
    put("test.wait")
    assert is_running.wait(20)
    worker.ask_to_stop()
    assert not worker.wait(0.05)
    put("test.note")
    gate.set()
    assert worker.wait(20)
    assert "test.waited" in events(rows)
    assert "test.note" not in events(rows)
    (row,) = rows(Worker)
    assert row.stopped_at is not None and row.beat_at >= row.started_at


def test_a_worker_outlives_a_database_that_is_away(app, put, rows, monkeypatch, caplog):
    monkeypatch.setattr(worker_module, "REST_SECONDS", 0.05)
    put("test.note")
    rename(app, "job", "job_away")
    worker = start_in_thread(app)
    until(lambda: "could not go on" in caplog.text)
    rename(app, "job_away", "job")
    until(lambda: events(rows) == ["test.note"])
    worker.stop()
    assert rows(Job)[0].done_at is not None


def rename(app, old, new):
    with app.app_context():
        db.session.execute(text(f"ALTER TABLE {old} RENAME TO {new}"))
        db.session.commit()


def test_a_long_wait_in_the_past_goes_first(app, put, rows):
    with app.app_context():
        enqueue("test.note", n=2)
        enqueue("test.note", run_at=clock.now() - timedelta(hours=1), n=1)
        db.session.commit()
        first = claims.claim("w")
        assert first is not None and first.kwargs == {"n": 1}
        assert db.session.scalar(select(Job.owner).where(Job.id == first.id)) == "w"
        db.session.rollback()
