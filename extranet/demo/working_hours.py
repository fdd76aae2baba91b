"""When people write: on working days, between seven and five."""

from datetime import datetime, timedelta

from extranet.core import clock

BEGINS, ENDS = 7, 17
TRIES = 8


def before(moment: datetime) -> datetime:
    """The moment itself, or one in the working day before it."""
    at = clock.local(moment)
    if at.hour >= ENDS:
        at = at.replace(hour=ENDS - 1)
    elif at.hour < BEGINS:
        at = (at - timedelta(days=1)).replace(hour=ENDS - 2)
    while at.weekday() > 4:
        at -= timedelta(days=1)
    return clock.from_local(at.date(), at.time())


def after(moment: datetime) -> datetime:
    """The moment itself, or one in the morning of the next working day."""
    at = clock.local(moment)
    if at.hour >= ENDS:
        at = (at + timedelta(days=1)).replace(hour=BEGINS + 1)
    elif at.hour < BEGINS:
        at = at.replace(hour=BEGINS)
    while at.weekday() > 4:
        at = (at + timedelta(days=1)).replace(hour=BEGINS + 1)
    return clock.from_local(at.date(), at.time())


def begin(latest: datetime, gaps: list[timedelta]) -> datetime:
    """A moment at or before `latest`, so early that all that follows fits in before now."""
    at = before(latest)
    for _ in range(TRIES):
        end = at
        for gap in gaps:
            end = after(end + gap)
        if end < clock.now():
            break
        at = before(at - (end - clock.now()) - timedelta(minutes=1))
    return at


def follow(start: datetime, gaps: list[timedelta]) -> list[datetime]:
    """One moment after the other, each in working hours; the last ones closer together where the time until now is short."""
    found, at, now = [], start, clock.now()
    for left, gap in zip(range(len(gaps), 0, -1), gaps, strict=True):
        wanted = after(at + gap)
        at = wanted if at < wanted < now else at + (now - at) / (left + 1)
        found.append(at)
    return found
