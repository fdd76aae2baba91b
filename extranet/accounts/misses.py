"""Slows down whoever tries secret addresses at random: thirty wrong ones in a quarter of an hour, since one town hall is one address.

Each kind of link (the name of its package) is counted by itself: calendar programs go on asking for an address that was replaced,
and must not close a whole town hall's other links. Whether a right address still answers then is for each view to say: it asks
`check` before it looks, or only when it has found nothing.
"""

from datetime import timedelta

from sqlalchemy import delete, select

from extranet.accounts.models import LinkMiss
from extranet.accounts.throttle import network_of
from extranet.core import clock
from extranet.core.db import after_transaction, db
from extranet.core.errors import TooMany

MISSES = 30
WINDOW = timedelta(minutes=15)
KEPT = timedelta(days=1)


def check(kind: str, ip: str) -> None:
    """Refuse (429, Retry-After) while this network address has tried too many wrong links of the kind."""
    missed = select(LinkMiss.at).where(LinkMiss.ip == network_of(ip), LinkMiss.kind == kind, LinkMiss.at > clock.now() - WINDOW)
    oldest = db.session.scalar(missed.order_by(LinkMiss.at.desc()).offset(MISSES - 1).limit(1))
    if oldest:
        raise TooMany(until=oldest + WINDOW)


def count(kind: str, ip: str) -> None:
    """Count a wrong link, after the request."""
    row = LinkMiss(kind=kind, ip=network_of(ip), at=clock.now())
    after_transaction(lambda: db.session.add(row))


def sweep() -> None:
    """Forget what counts no more."""
    db.session.execute(delete(LinkMiss).where(LinkMiss.at < clock.now() - KEPT))
