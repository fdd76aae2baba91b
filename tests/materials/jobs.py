"""Does what the package and the notifications have to do later; the previews, which take a process each, are left waiting."""

from typing import Any

from flask import Flask
from sqlalchemy import select

from extranet.core.db import db
from extranet.jobs.models import Job
from extranet.jobs.queue import load_tasks, tasks

OURS = ("materials.", "notifications.")


def do_jobs(app: Flask) -> None:
    """Run the jobs that wait, in their order, and those that they leave behind."""
    load_tasks()
    with app.app_context():
        while job := _next():
            name, kwargs = job.name, job.kwargs
            db.session.delete(job)
            tasks[name].run(**kwargs)
            db.session.commit()


def _next() -> Any:
    waiting = db.session.scalars(select(Job).order_by(Job.id))
    return next((job for job in waiting if job.name.startswith(OURS)), None)
