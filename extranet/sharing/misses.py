"""Slows down whoever tries addresses at random. People with an old link are not counted: only tokens that never were."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from extranet.accounts.throttle import network_of
from extranet.core import clock
from extranet.core.db import after_transaction, db
from extranet.sharing.models import LinkMiss

MISSES = 30
WINDOW = timedelta(minutes=15)
KEPT = timedelta(days=1)


def wait_until(ip: str) -> datetime | None:
    """When this network address may try again; None for now."""
    since = clock.now() - WINDOW
    oldest = db.session.scalar(
        select(LinkMiss.at)
        .where(LinkMiss.ip == network_of(ip), LinkMiss.at > since)
        .order_by(LinkMiss.at.desc())
        .offset(MISSES - 1)
        .limit(1)
    )
    return oldest + WINDOW if oldest else None


def note(ip: str) -> None:
    """Count one, after the request."""
    row = LinkMiss(ip=network_of(ip), at=clock.now())
    after_transaction(lambda: db.session.add(row))


def sweep() -> None:
    db.session.execute(delete(LinkMiss).where(LinkMiss.at < clock.now() - KEPT))
