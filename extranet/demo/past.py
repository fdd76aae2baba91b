"""What was done in the past goes through the same actions as what is done today; only its dates are put back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update

from extranet.audit.models import AuditEvent
from extranet.core import clock
from extranet.core.db import db
from extranet.demo import working_hours
from extranet.jobs.models import Job
from extranet.notifications.models import Notification

READ_AFTER = timedelta(days=5)


@contextmanager
def dated(at: datetime) -> Iterator[None]:
    """Events and notifications of what is done inside are of that moment, old ones are read, and nobody gets a letter of them now."""
    began = clock.now()
    yield
    db.session.flush()
    apart = {"synchronize_session": False}
    read_at = at + READ_AFTER if at + READ_AFTER < clock.now() else None
    db.session.execute(update(AuditEvent).where(AuditEvent.at >= began).values(at=at), execution_options=apart)
    told = update(Notification).where(Notification.created_at >= began)
    db.session.execute(told.values(created_at=at, read_at=read_at), execution_options=apart)
    letters = delete(Job).where(Job.created_at >= began, Job.name == "notifications.letters")
    db.session.execute(letters, execution_options=apart)


def put_in_order() -> None:
    """Give the notifications numbers in the order of their dates: lists go by them. Nothing points to them yet."""
    columns = [column for column in Notification.__table__.columns if column.name != "id"]
    rows = [dict(row._mapping) for row in db.session.execute(select(*columns).order_by(Notification.created_at, Notification.id))]
    db.session.execute(delete(Notification), execution_options={"synchronize_session": False})
    if rows:
        db.session.execute(insert(Notification), rows)


def soon_after(moment: datetime, **gap: float) -> datetime:
    """So long after it, or the next morning, but not later than now."""
    return min(working_hours.after(moment + timedelta(**gap)), clock.now())
