"""Slows guessing down without locking anybody out: what is counted, and when the next try may be made.

Tries are counted per account and address, per address, and per account. A browser that has been signed in as the person
before ("known") is counted by itself: whoever attacks the account from elsewhere cannot use up its tries.
A try is counted before its password is checked, and taken back when it was right: many at once gain nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from sqlalchemy import delete, func, select

from extranet.accounts.models import AttemptKind, SignInAttempt
from extranet.core import clock
from extranet.core.db import apart, db

HOUR = timedelta(hours=1)
QUARTER = timedelta(minutes=15)
KEPT = timedelta(hours=24)


@dataclass(frozen=True)
class Limits:
    """How many tries in which time."""

    known: tuple[int, timedelta]
    pair: tuple[int, timedelta]
    ip: tuple[int, timedelta]
    account: tuple[int, timedelta]


# One town hall is one address: its people mistype too.
LIMITS = {
    AttemptKind.PASSWORD: Limits(known=(10, QUARTER), pair=(5, QUARTER), ip=(50, QUARTER), account=(20, HOUR)),
    AttemptKind.LETTER: Limits(known=(5, QUARTER), pair=(3, QUARTER), ip=(30, QUARTER), account=(30, HOUR)),
}


@dataclass(frozen=True)
class Try:
    """Somebody at the door: from where, for which account (hashes), and the browser's mark if it is known to that account."""

    kind: AttemptKind
    ip: str
    account_hash: str
    device_hash: str | None = None


@dataclass(frozen=True)
class Ticket:
    """Leave to try now (`attempt_id`), or the moment to wait for."""

    attempt_id: int | None
    wait_until: datetime | None = None

    @property
    def seconds(self) -> int:
        """For the header Retry-After."""
        return clock.seconds_until(self.wait_until) if self.wait_until else 0


def network_of(ip: str) -> str:
    """The address that is counted: an IPv6 customer has a whole /64."""
    try:
        address = ip_address(ip)
    except ValueError:
        return ip[:45]
    return str(ip_network((address, 64), strict=False).network_address) if isinstance(address, IPv6Address) else ip


def begin(attempt: Try) -> Ticket:
    """Count this try, in a short transaction of its own, or say how long to wait."""
    with apart():
        _queue_up(attempt)
        if until := wait_until(attempt):
            return Ticket(None, until)
        row = SignInAttempt(
            kind=attempt.kind, ip=network_of(attempt.ip), account_hash=attempt.account_hash, device_hash=attempt.device_hash
        )
        db.session.add(row)
        db.session.flush()
        return Ticket(row.id)


def forgive(attempt: Try) -> None:
    """The password was right: forget this browser's earlier mistakes."""
    mine = _same_device(attempt) if attempt.device_hash else _same_pair(attempt)
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.kind == attempt.kind, *mine))


def wait_until(attempt: Try) -> datetime | None:
    """When the next try may be made; None for now."""
    limits = LIMITS[attempt.kind]
    if attempt.device_hash:
        return _full_until(attempt.kind, _same_device(attempt), *limits.known)
    moments = (
        _full_until(attempt.kind, _same_pair(attempt), *limits.pair),
        _full_until(attempt.kind, [*_unknown(), SignInAttempt.ip == network_of(attempt.ip)], *limits.ip),
        _full_until(attempt.kind, [*_unknown(), SignInAttempt.account_hash == attempt.account_hash], *limits.account),
    )
    return max((m for m in moments if m), default=None)


def sweep() -> None:
    """Forget tries that count no more."""
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.at < clock.now() - KEPT))


def _full_until(kind: AttemptKind, where: list[Any], count: int, window: timedelta) -> datetime | None:
    """When the oldest of the last `count` tries falls out of the window, if they all lie inside it."""
    oldest = db.session.scalar(
        select(SignInAttempt.at)
        .where(SignInAttempt.kind == kind, SignInAttempt.at > clock.now() - window, *where)
        .order_by(SignInAttempt.at.desc())
        .offset(count - 1)
        .limit(1)
    )
    return oldest + window if oldest else None


def _same_device(attempt: Try) -> list[Any]:
    return [SignInAttempt.account_hash == attempt.account_hash, SignInAttempt.device_hash == attempt.device_hash]


def _same_pair(attempt: Try) -> list[Any]:
    return [*_unknown(), SignInAttempt.account_hash == attempt.account_hash, SignInAttempt.ip == network_of(attempt.ip)]


def _unknown() -> list[Any]:
    return [SignInAttempt.device_hash.is_(None)]


def _queue_up(attempt: Try) -> None:
    """Tries from one address or at one account go one after the other, on all machines; SQLite does that by itself."""
    if db.engine.dialect.name == "postgresql":
        keys = {int.from_bytes(k.encode()[:7].ljust(7)) for k in (attempt.account_hash, network_of(attempt.ip)[::-1])}
        for key in sorted(keys):
            db.session.execute(select(func.pg_advisory_xact_lock(key)))
