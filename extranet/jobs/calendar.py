"""Brings back the jobs that come back: each slot of each schedule becomes one job, on however many machines."""

import logging

from sqlalchemy import delete, select

from extranet.core import clock
from extranet.core.db import db
from extranet.jobs.models import Job, Schedule
from extranet.jobs.queue import insert, schedules

log = logging.getLogger(__name__)


def declare() -> None:
    """Make the rows match what the code declares with `every`; a new or changed schedule begins with its next slot."""
    known = {row.name: row for row in db.session.scalars(select(Schedule))}
    for name, rule in schedules.items():
        row = known.get(name)
        if row is None:
            new = insert(Schedule).values(name=name, rule=str(rule), next_at=rule.after(clock.now()))
            db.session.execute(new.on_conflict_do_nothing())
        elif row.rule != str(rule):
            row.rule, row.next_at = str(rule), rule.after(clock.now())
    db.session.execute(delete(Schedule).where(Schedule.name.not_in(schedules)))


def bring_back() -> int:
    """Add a job for every schedule whose time has come. After a standstill the missed slots are made up for by one job."""
    now = clock.now()
    due = select(Schedule).where(Schedule.next_at <= now, Schedule.name.in_(schedules)).with_for_update(skip_locked=True)
    added = 0
    for row in db.session.scalars(due).all():
        rule = schedules[row.name]
        job = insert(Job).values(
            name=row.name,
            kwargs={},
            slot=f"{row.name}:{rule.key(row.next_at)}",
            dedupe=row.name,
            created_at=now,
            run_at=now,
            attempts=0,
            last_error="",
        )
        # Either key may be there: this slot was brought back by another machine, or the last one has not begun.
        added += db.session.execute(job.on_conflict_do_nothing().returning(Job.id)).scalar() is not None
        row.last_at, row.next_at = now, rule.after(now)
    return added
