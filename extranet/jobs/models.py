"""What exists: jobs, schedules, workers."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from extranet.core import clock
from extranet.core.db import Model


class Job(Model):
    """One piece of work. It waits until `run_at`, is held by a worker until `lease_until`, and ends done or dead.

    dedupe: at most one job that has not begun has this key. slot: `name:slot` of a schedule, so that each slot runs once.
    kwargs hold ids, never personal data: administrators see failed jobs.
    """

    __tablename__ = "job"
    __table_args__ = (Index(None, "done_at", "dead_at", "run_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    kwargs: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    dedupe: Mapped[str | None] = mapped_column(String(160), unique=True)
    slot: Mapped[str | None] = mapped_column(String(160), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    run_at: Mapped[datetime] = mapped_column(default=clock.now)
    attempts: Mapped[int] = mapped_column(default=0)
    owner: Mapped[str | None] = mapped_column(String(80))
    lease_until: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    dead_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(String(500), default="")


class Schedule(Model):
    """When a job that comes back runs next; one row per `every(…)`."""

    __tablename__ = "schedule"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    rule: Mapped[str] = mapped_column(String(40))
    next_at: Mapped[datetime]
    last_at: Mapped[datetime | None]


class Worker(Model):
    """A process that runs jobs, and when it was last heard of."""

    __tablename__ = "worker"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    started_at: Mapped[datetime] = mapped_column(default=clock.now)
    beat_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    stopped_at: Mapped[datetime | None]
