"""What you can see of background work: what runs, waits and failed, schedules and workers. For administrators."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from extranet.admin import policy
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import NotFound
from extranet.core.viewer import Viewer
from extranet.jobs.health import SILENCE
from extranet.jobs.models import Job, Schedule, Worker

SHOWN = 50
_OPEN = (Job.done_at.is_(None), Job.dead_at.is_(None))


@dataclass(frozen=True)
class Overview:
    dead: Sequence[Job]
    dead_count: int
    running: Sequence[Job]
    waiting: Sequence[Job]
    waiting_count: int
    schedules: Sequence[Schedule]
    workers: Sequence[Worker]
    alive_since: datetime


def overview(viewer: Viewer) -> Overview:
    """Everything about background work, on one page."""
    if not policy.can_administer(viewer):
        raise NotFound
    now = clock.now()
    is_running = Job.lease_until >= now
    is_waiting = (*_OPEN, (Job.lease_until.is_(None)) | (Job.lease_until < now))
    dead_count, waiting_count = db.session.execute(
        select(
            select(func.count()).select_from(Job).where(Job.dead_at.is_not(None)).scalar_subquery(),
            select(func.count()).select_from(Job).where(*is_waiting).scalar_subquery(),
        )
    ).one()
    return Overview(
        dead=db.session.scalars(select(Job).where(Job.dead_at.is_not(None)).order_by(Job.dead_at.desc(), Job.id).limit(SHOWN)).all(),
        dead_count=dead_count,
        running=db.session.scalars(select(Job).where(*_OPEN, is_running).order_by(Job.id).limit(SHOWN)).all(),
        waiting=db.session.scalars(select(Job).where(*is_waiting).order_by(Job.run_at, Job.id).limit(SHOWN)).all(),
        waiting_count=waiting_count,
        schedules=db.session.scalars(select(Schedule).order_by(Schedule.next_at, Schedule.name)).all(),
        workers=db.session.scalars(
            select(Worker).where(Worker.beat_at > now - timedelta(days=1)).order_by(Worker.beat_at.desc()).limit(SHOWN)
        ).all(),
        alive_since=now - SILENCE,
    )


def get_job(viewer: Viewer, job_id: int) -> Job:
    """One job; NotFound for anybody but administrators."""
    job = db.session.get(Job, job_id) if policy.can_administer(viewer) else None
    if job is None:
        raise NotFound
    return job
