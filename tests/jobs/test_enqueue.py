"""A job exists if the transaction that asked for it commits."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from extranet.core import clock
from extranet.core.db import db
from extranet.jobs.models import Job
from extranet.jobs.queue import enqueue, every, wake


def test_a_job_is_part_of_the_transaction(app, rows):
    with app.app_context():
        enqueue("x.y", thing_id=5)
        db.session.rollback()
        enqueue("x.z", thing_id=6)
        db.session.commit()
    assert [(job.name, job.kwargs) for job in rows(Job)] == [("x.z", {"thing_id": 6})]


def test_one_key_waits_once_and_the_earlier_time_holds(app, rows):
    soon, later = clock.now(), clock.now() + timedelta(hours=1)
    with app.app_context():
        enqueue("x.y", run_at=later, dedupe="x.y:5", thing_id=5)
        enqueue("x.y", run_at=soon, dedupe="x.y:5", thing_id=5)
        enqueue("x.y", run_at=later, dedupe="x.y:5", thing_id=5)
        enqueue("x.y", run_at=later, dedupe="x.y:6", thing_id=6)
        db.session.commit()
    assert [(job.dedupe, job.run_at) for job in rows(Job)] == [("x.y:5", soon), ("x.y:6", later)]


def test_a_key_is_free_again_once_its_job_has_begun(app, rows):
    with app.app_context():
        enqueue("x.y", dedupe="x.y:5")
        db.session.commit()
        job = db.session.scalars(select(Job)).one()
        job.dedupe = None
        enqueue("x.y", dedupe="x.y:5")
        db.session.commit()
    assert len(rows(Job)) == 2


def test_a_worker_in_this_process_wakes_at_the_commit_and_not_before(app):
    with app.app_context():
        wake.clear()
        enqueue("x.y")
        db.session.flush()
        assert not wake.is_set()
        db.session.rollback()
        db.session.execute(select(1))
        db.session.commit()
        assert not wake.is_set()
        enqueue("x.y")
        db.session.commit()
        assert wake.is_set()


def test_a_schedule_has_one_rule():
    with pytest.raises(ValueError):
        every("x.y")
    with pytest.raises(ValueError):
        every("x.y", at="03:00", minutes=5)
