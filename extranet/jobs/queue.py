"""The public face of jobs: `enqueue` adds one, `@task` says what it does, `every` brings it back."""

import importlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import case, event
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from extranet.core import clock
from extranet.core.db import db
from extranet.core.paths import PACKAGE
from extranet.jobs.models import Job
from extranet.jobs.slots import Daily, Minutes, Rule

Handler = TypeVar("Handler", bound=Callable[..., None])

MAX_ATTEMPTS = 8


@dataclass(frozen=True)
class Task:
    """What the jobs of one name do, how often they are tried, whether they work outside the database and let others go first."""

    name: str
    run: Callable[..., None]
    max_attempts: int = MAX_ATTEMPTS
    outside: bool = False
    patient: bool = False


tasks: dict[str, Task] = {}
schedules: dict[str, Rule] = {}
wake = threading.Event()


def task(name: str, max_attempts: int = MAX_ATTEMPTS, outside: bool = False, patient: bool = False) -> Callable[[Handler], Handler]:
    """Make a function the handler of the jobs called `name`.

    What it writes and the note that it is done are one transaction: it happens once. A handler that works `outside` the
    database (sends, uploads, runs a program) is called without one: it writes in short ones, `with db.session.begin():`,
    and must bear to be run again. A `patient` one lets all others go first: hundreds of it may come at once, each slow.
    """

    def register(run: Handler) -> Handler:
        tasks[name] = Task(name, run, max_attempts, outside, patient)
        return run

    return register


def every(name: str, at: str | None = None, minutes: int | None = None) -> None:
    """Declare that job `name` comes back: daily `at` a time in Helsinki ("03:15"), or every so many minutes."""
    if (at is None) == (minutes is None):
        raise ValueError("a schedule has either at or minutes")
    schedules[name] = Daily(at) if at is not None else Minutes(minutes or 0)


def enqueue(name: str, run_at: datetime | None = None, dedupe: str | None = None, **kwargs: Any) -> None:
    """Add a job to the current transaction: it exists if and when that commits. `kwargs` are JSON, ids rather than data.

    dedupe: where a job with this key still waits, no second one is added; the earlier `run_at` holds.
    """
    row: dict[str, Any] = {"name": name, "kwargs": kwargs, "run_at": run_at or clock.now()}
    if dedupe is None:
        db.session.add(Job(**row))
    else:
        _add_unless_waiting(row | {"dedupe": dedupe, "attempts": 0, "last_error": "", "created_at": clock.now()})
    wake_after_commit()


def wake_after_commit() -> None:
    """Have a worker of this process look for work as soon as the current transaction has committed."""
    db.session.info["has_jobs"] = True


def insert(model: Any) -> Any:
    """An INSERT that knows `on_conflict_…`, for the database in use."""
    return (postgresql_insert if db.engine.dialect.name == "postgresql" else sqlite_insert)(model)


def _add_unless_waiting(row: dict[str, Any]) -> None:
    added = insert(Job).values(**row)
    earlier = case((added.excluded.run_at < Job.run_at, added.excluded.run_at), else_=Job.run_at)
    db.session.execute(added.on_conflict_do_update(index_elements=[Job.dedupe], set_={"run_at": earlier}))


@event.listens_for(db.session, "after_commit")
def _wake_worker(session: Session) -> None:
    if session.info.pop("has_jobs", False):
        wake.set()


@event.listens_for(db.session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop("has_jobs", None)


@cache
def load_tasks() -> None:
    """Import `<package>.tasks` of every package, once: handlers, schedules and the rights of notifications are declared there."""
    for file in sorted(PACKAGE.glob("*/tasks.py")):
        importlib.import_module(f"{PACKAGE.name}.{Path(file).parent.name}.tasks")
