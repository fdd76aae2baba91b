"""What was done in the past goes through the same actions as what is done today; only its dates are put back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update

from extranet.audit.models import AuditEvent
from extranet.core import clock
from extranet.core.db import db
from extranet.jobs.models import Job
from extranet.notifications.models import Notification

READ_AFTER = timedelta(days=5)


@contextmanager
def dated(at: datetime) -> Iterator[None]:
    """Events and notifications of what is done inside are of that moment, old ones are read, and nobody gets a letter of them now."""
    marks = [_last(model.id) for model in (AuditEvent, Notification, Job)]
    yield
    db.session.flush()
    apart = {"synchronize_session": False}
    read_at = at + READ_AFTER if at + READ_AFTER < clock.now() else None
    db.session.execute(update(AuditEvent).where(AuditEvent.id > marks[0]).values(at=at), execution_options=apart)
    told = update(Notification).where(Notification.id > marks[1])
    db.session.execute(told.values(created_at=at, read_at=read_at), execution_options=apart)
    letters = delete(Job).where(Job.id > marks[2], Job.name == "notifications.letters")
    db.session.execute(letters, execution_options=apart)


def _last(column: Any) -> int:
    return db.session.scalar(select(func.max(column))) or 0


def soon_after(moment: datetime, **gap: float) -> datetime:
    """So long after it, but not later than now."""
    return min(moment + timedelta(**gap), clock.now())
