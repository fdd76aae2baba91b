"""A preview is asked for with its file, made once by a job, and ends in a state whatever the file is."""

import io
from datetime import timedelta
from functools import partial

import pytest
import time_machine

from extranet.core import clock
from extranet.core.db import db
from extranet.demo.files.plain_pdf import make_pdf
from extranet.jobs.models import Job
from extranet.previews import making, sandbox
from extranet.previews.models import Preview, PreviewPage, PreviewState
from extranet.previews.queries import look, request
from extranet.storage import store
from extranet.storage.sweep import sweep
from tests.jobs.work import work_off

PDF = "application/pdf"


@pytest.fixture
def ask(app):
    def do(content, mime=PDF, lose=False):
        with app.app_context():
            stored = store.put(io.BytesIO(content))
            if lose:
                store.delete(stored.sha256)
            request(stored.sha256, mime)
            db.session.commit()
        return stored.sha256

    return do


def jobs(rows):
    return rows(Job, Job.name == "previews.make")


def test_it_is_made_once_and_its_pictures_are_kept(app, ask, rows):
    content = make_pdf("Ohje", ["Ensimmäinen rivi"])
    sha256 = ask(content)
    ask(content)
    assert len(jobs(rows)) == 1
    with app.app_context():
        assert look(sha256).state == PreviewState.PENDING
    work_off(app)
    ask(content)
    assert len(jobs(rows)) == 1 and jobs(rows)[0].done_at
    (preview,) = rows(Preview)
    (page,) = rows(PreviewPage)
    assert preview.state == PreviewState.READY and "Ensimmäinen rivi" in preview.text and preview.facts["language"] == "fi"
    with app.app_context(), time_machine.travel(clock.now() + timedelta(days=3), tick=False):
        sweep()
        assert store.exists(page.sha256)


def test_others_go_first(app, ask, rows):
    """Two hundred new files must not keep a letter waiting."""
    ask(make_pdf("Yksi", []))
    with app.app_context():
        db.session.add(Job(name="jobs.sweep", kwargs={}, run_at=clock.now()))
        db.session.commit()
    work_off(app)
    first, second = sorted(rows(Job), key=lambda job: job.done_at)
    assert (first.name, second.name) == ("jobs.sweep", "previews.make")


def test_a_broken_file_is_an_answer_and_no_dead_job(app, ask, rows):
    ask(b"%PDF-1.4 nothing")
    ask(b"Rivi", "application/x-unknown")
    work_off(app)
    states = {preview.mime: (preview.state, preview.facts) for preview in rows(Preview)}
    assert states == {PDF: (PreviewState.FAILED, {"fault": "broken"}), "application/x-unknown": (PreviewState.NONE, {})}
    assert all(job.done_at for job in jobs(rows))


def test_a_file_that_the_store_has_lost_is_tried_again(app, ask, rows):
    content = make_pdf("Ohje", [])
    ask(content, lose=True)
    work_off(app)
    (job,) = jobs(rows)
    assert job.done_at is None and job.dead_at is None and "StoreDown" in job.last_error
    assert rows(Preview)[0].state == PreviewState.PENDING and rows(Preview)[0].attempts == 0
    with app.app_context():
        store.put(io.BytesIO(content))
    with time_machine.travel(clock.now() + timedelta(hours=1), tick=False):
        work_off(app)
    assert rows(Preview)[0].state == PreviewState.READY


def test_a_file_that_takes_down_whoever_opens_it_is_given_up(app, ask, rows, monkeypatch):
    monkeypatch.setattr(making.sandbox, "run", partial(sandbox.run, module="tests.previews.killed"))
    ask(make_pdf("Ohje", []))
    with time_machine.travel(clock.now(), tick=False) as now:
        for _attempt in range(5):
            work_off(app)
            now.shift(timedelta(hours=2))
    (job,) = jobs(rows)
    assert job.done_at and job.attempts == making.ATTEMPTS + 1
    assert (rows(Preview)[0].state, rows(Preview)[0].facts) == (PreviewState.FAILED, {"fault": "crash"})


def test_of_a_recording_only_both_ends_are_fetched(app, tmp_path, monkeypatch):
    monkeypatch.setattr(making.limits, "HEAD", 100)
    monkeypatch.setattr(making.limits, "TAIL", 50)
    content = bytes(range(256)) * 4
    with app.app_context():
        sha256 = store.put(io.BytesIO(content)).sha256
        assert making._fetch(sha256, "video/mp4", tmp_path / "video")
        assert making._fetch(sha256, PDF, tmp_path / "pdf")
        monkeypatch.setattr(making.limits, "FILE", 1000)
        assert not making._fetch(sha256, PDF, tmp_path / "large")
    assert (tmp_path / "video").read_bytes() == content[:100] + bytes(len(content) - 150) + content[-50:]
    assert (tmp_path / "pdf").read_bytes() == content
