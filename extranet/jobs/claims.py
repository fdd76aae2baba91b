"""Who does which job: claimed with a lease, done or failed by whoever still holds it. Each function is part of a transaction."""

import random
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import CursorResult, or_, select, update

from extranet.core import clock
from extranet.core.db import db
from extranet.jobs.models import Job
from extranet.jobs.queue import MAX_ATTEMPTS, tasks

LEASE = timedelta(seconds=60)
FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(hours=1)


@dataclass(frozen=True)
class Claim:
    """A job in a worker's hands."""

    id: int
    name: str
    kwargs: dict[str, Any]
    owner: str
    attempts: int


class LeaseLost(Exception):
    """The job took longer than its lease and somebody else may have it: what was done must be rolled back."""


def claim(owner: str, lease: timedelta = LEASE) -> Claim | None:
    """Take the job that has waited longest, for as long as the lease lasts or is renewed; patient ones only if nothing else waits."""
    now = clock.now()
    patient = Job.name.in_([name for name, task in tasks.items() if task.patient])
    free = or_(Job.lease_until.is_(None), Job.lease_until < now)
    due = select(Job.id).where(Job.done_at.is_(None), Job.dead_at.is_(None), Job.run_at <= now, free)
    job_id = db.session.scalar(due.order_by(patient, Job.run_at, Job.id).limit(1).with_for_update(skip_locked=True))
    if job_id is None:
        return None
    row = db.session.execute(
        update(Job)
        .where(Job.id == job_id)
        .values(owner=owner, lease_until=now + lease, attempts=Job.attempts + 1, dedupe=None)
        .returning(Job.id, Job.name, Job.kwargs, Job.attempts)
    ).one()
    return Claim(row.id, row.name, row.kwargs, owner, row.attempts)


def renew(held: Claim, lease: timedelta = LEASE) -> None:
    """Keep a job that takes its time."""
    db.session.execute(update(Job).where(*_still_mine(held)).values(lease_until=clock.now() + lease))


def finish(held: Claim) -> None:
    """Note that the job is done, in the transaction of what it did. LeaseLost where it is no longer ours."""
    done = db.session.execute(update(Job).where(*_still_mine(held)).values(done_at=clock.now(), lease_until=None, last_error=""))
    if not _touched(done):
        raise LeaseLost


def fail(held: Claim, why: str) -> bool:
    """Put the job back for later, or give it up after its last attempt. Returns whether it was given up."""
    is_last = held.attempts >= max_attempts(held.name)
    values = {"dead_at": clock.now()} if is_last else {"run_at": clock.now() + wait_after(held.attempts)}
    db.session.execute(update(Job).where(*_still_mine(held)).values(lease_until=None, last_error=why[:500], **values))
    return is_last


def max_attempts(name: str) -> int:
    return tasks[name].max_attempts if name in tasks else MAX_ATTEMPTS


def wait_after(attempts: int) -> timedelta:
    """Twice as long after each attempt, at most an hour, and never the same for all who failed together."""
    wait = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(attempts - 1, 20))
    return wait * random.uniform(0.75, 1.25)  # noqa: S311  spreads load, keeps no secret


def _still_mine(held: Claim) -> tuple[Any, ...]:
    return Job.id == held.id, Job.owner == held.owner, Job.attempts == held.attempts, Job.done_at.is_(None), Job.dead_at.is_(None)


def _touched(result: Any) -> bool:
    assert isinstance(result, CursorResult)  # noqa: S101
    return result.rowcount == 1
