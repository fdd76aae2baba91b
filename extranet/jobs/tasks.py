"""What happens later: jobs that are long done are forgotten."""

from datetime import timedelta

from sqlalchemy import delete

from extranet.core import clock
from extranet.core.db import db
from extranet.jobs.models import Job, Worker
from extranet.jobs.queue import every, task

KEEP_DONE = timedelta(days=3)
KEEP_DEAD = timedelta(days=90)
KEEP_WORKERS = timedelta(days=7)

every("jobs.sweep", at="03:40")


@task("jobs.sweep")
def sweep() -> None:
    """Delete done jobs after three days, dead ones after ninety, workers not heard of for a week."""
    now = clock.now()
    db.session.execute(delete(Job).where(Job.done_at < now - KEEP_DONE))
    db.session.execute(delete(Job).where(Job.dead_at < now - KEEP_DEAD))
    db.session.execute(delete(Worker).where(Worker.beat_at < now - KEEP_WORKERS))
