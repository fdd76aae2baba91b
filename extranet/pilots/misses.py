"""Slows down whoever tries links at random. What is counted are the entries in the log that the tries leave anyway."""

from datetime import datetime, timedelta

from sqlalchemy import select

from extranet.audit.log import record_apart
from extranet.audit.models import AuditEvent
from extranet.core import clock
from extranet.core.db import db
from extranet.core.viewer import Viewer

MISSED = "pilots.link_missed"
MOST = 30
WINDOW = timedelta(minutes=15)


def wait_until(viewer: Viewer) -> datetime | None:
    """When this address may try again; None for now. One town hall is one address: thirty wrong links in a quarter of an hour."""
    oldest = db.session.scalar(
        select(AuditEvent.at)
        .where(AuditEvent.name == MISSED, AuditEvent.ip == viewer.ip, AuditEvent.at > clock.now() - WINDOW)
        .order_by(AuditEvent.at.desc())
        .offset(MOST - 1)
        .limit(1)
    )
    return oldest + WINDOW if oldest else None


def note(viewer: Viewer) -> None:
    """Remember a try, after the request."""
    record_apart(viewer, MISSED)
