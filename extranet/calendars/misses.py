"""Slows down whoever tries addresses at random. A right address always answers: programs of a whole town hall share its network
address, and some of them go on asking for an address that was replaced."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from extranet.accounts.throttle import network_of
from extranet.calendars.models import FeedMiss
from extranet.core import clock
from extranet.core.db import after_transaction, db

MISSES = 30
WINDOW = timedelta(minutes=15)
KEPT = timedelta(days=1)


def wait_until(ip: str) -> datetime | None:
    """When this network address may try again; None for now."""
    missed = select(FeedMiss.at).where(FeedMiss.ip == network_of(ip), FeedMiss.at > clock.now() - WINDOW)
    oldest = db.session.scalar(missed.order_by(FeedMiss.at.desc()).offset(MISSES - 1).limit(1))
    return oldest + WINDOW if oldest else None


def note(ip: str) -> None:
    """Count one, after the request."""
    row = FeedMiss(ip=network_of(ip), at=clock.now())
    after_transaction(lambda: db.session.add(row))


def sweep() -> None:
    db.session.execute(delete(FeedMiss).where(FeedMiss.at < clock.now() - KEPT))
