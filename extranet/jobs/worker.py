"""Runs jobs until told to stop: inside the server as a thread, or as a process of its own; any number of them."""

import logging
import os
import secrets
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from flask import Flask
from sqlalchemy import update

from extranet.core import clock
from extranet.core.db import db
from extranet.jobs import calendar, claims
from extranet.jobs.models import Worker
from extranet.jobs.queue import insert, load_tasks, tasks, wake
from extranet.jobs.reasons import reason

log = logging.getLogger(__name__)

BEAT_SECONDS = 15.0
POLL_SECONDS = 1.0
CALENDAR_SECONDS = 5.0
REST_SECONDS = 5.0
FAREWELL_SECONDS = 30.0


@contextmanager
def transaction(app: Flask) -> Iterator[None]:
    """One transaction in a session of its own."""
    with app.app_context():
        try:
            yield
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise


class Runner:
    """One worker: a loop that runs jobs one after another, and a second thread that says it is alive and keeps its lease."""

    def __init__(self, app: Flask, stop: threading.Event, lease: timedelta = claims.LEASE) -> None:
        self.app = app
        self.stop = stop
        self.lease = lease
        self.id = f"{socket.gethostname()[:50]}:{os.getpid()}:{secrets.token_hex(4)}"
        self.held: claims.Claim | None = None
        self._is_over = threading.Event()
        self._look_at_calendar = 0.0

    def run(self) -> None:
        """Work until `stop` is set; the job in hand is finished first."""
        load_tasks()
        while not self.stop.is_set() and not self._bear(self._arrive):
            pass
        log.info("worker %s works", self.id)
        keeper = threading.Thread(target=self._keep, name="worker-keeper", daemon=True)
        keeper.start()
        while not self.stop.is_set():
            wake.clear()
            if not self._bear(self.step):
                wake.wait(POLL_SECONDS)
        self._is_over.set()
        keeper.join()
        self._bear(self._leave)
        log.info("worker %s has stopped", self.id)

    def step(self) -> bool:
        """Bring back what is due and run one job. Returns whether there was one."""
        if time.monotonic() >= self._look_at_calendar:
            with transaction(self.app):
                calendar.bring_back()
            self._look_at_calendar = time.monotonic() + CALENDAR_SECONDS
        with transaction(self.app):
            held = claims.claim(self.id, self.lease)
        if held is None:
            return False
        self.held = held
        try:
            self._do(held)
        finally:
            self.held = None
        return True

    def _do(self, held: claims.Claim) -> None:
        try:
            if held.attempts > claims.max_attempts(held.name):
                raise RuntimeError("each attempt ended with the end of its worker")
            if held.name not in tasks:
                raise LookupError("no task of this name in this version")
            task = tasks[held.name]
            with transaction(self.app):
                if not task.outside:
                    db.session.begin()
                task.run(**held.kwargs)
                claims.finish(held)
        except claims.LeaseLost:
            log.warning("job %s %s was rolled back: its lease had passed to another worker", held.id, held.name)
        except Exception as error:
            why = reason(error)
            with transaction(self.app):
                is_dead = claims.fail(held, why)
            note = (logging.ERROR, "is given up") if is_dead else (logging.WARNING, "will be tried again")
            log.log(note[0], "job %s %s failed at attempt %s and %s: %s", held.id, held.name, held.attempts, note[1], why)

    def _keep(self) -> None:
        pause = min(BEAT_SECONDS, self.lease.total_seconds() / 3)
        while not self._is_over.wait(pause):
            self._bear(self._beat)

    def _beat(self) -> bool:
        """Say that this worker is alive, and keep the job in hand."""
        now = clock.now()
        with transaction(self.app):
            alive = insert(Worker).values(id=self.id, started_at=now, beat_at=now)
            db.session.execute(alive.on_conflict_do_update(index_elements=[Worker.id], set_={"beat_at": now}))
            if held := self.held:
                claims.renew(held, self.lease)
        return True

    def _arrive(self) -> bool:
        with transaction(self.app):
            calendar.declare()
        return self._beat()

    def _leave(self) -> bool:
        with transaction(self.app):
            db.session.execute(update(Worker).where(Worker.id == self.id).values(stopped_at=clock.now()))
        return True

    def _bear(self, do: Callable[[], bool]) -> bool:
        """Outlive what goes wrong around the jobs, such as a database that restarts. Returns False then, after a rest."""
        try:
            return do()
        except Exception as error:
            log.error("worker %s could not go on: %s", self.id, reason(error))
            self.stop.wait(REST_SECONDS)
            return False


class RunningWorker:
    """A worker in a thread of this process."""

    def __init__(self, app: Flask, lease: timedelta = claims.LEASE) -> None:
        self._stop = threading.Event()
        self._thread = threading.Thread(target=Runner(app, self._stop, lease).run, name="worker", daemon=True)
        self._thread.start()

    def ask_to_stop(self) -> None:
        """Take no further job; returns at once, so that a signal may call it."""
        self._stop.set()
        wake.set()

    def stop(self, seconds: float = FAREWELL_SECONDS) -> None:
        """Stop after the job in hand, and wait for that."""
        self.ask_to_stop()
        self.wait(seconds)

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until the worker has ended, at most so long. Returns whether it has."""
        self._thread.join(seconds)
        return not self._thread.is_alive()


def start_in_thread(app: Flask, lease: timedelta = claims.LEASE) -> RunningWorker:
    """Run a worker inside this process; `stop()` of what is returned ends it."""
    return RunningWorker(app, lease)


def run_worker(app: Flask, stop: threading.Event | None = None, lease: timedelta = claims.LEASE) -> None:
    """Run a worker until `stop` is set, or until SIGTERM or Ctrl+C where none is given; the job in hand is finished first."""
    if stop is not None:
        Runner(app, stop, lease).run()
        return
    # The main thread only waits, so that a signal never meets a lock that it would need itself.
    worker = RunningWorker(app, lease)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.ask_to_stop())
    while not worker.wait(0.5):
        pass
