"""The only source of now. The database keeps UTC; people live in Europe/Helsinki."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The day it is in Helsinki."""
    return now().astimezone(HELSINKI).date()


def local(moment: datetime) -> datetime:
    """The same moment on a clock in Helsinki."""
    return moment.astimezone(HELSINKI)


def from_local(day: date, at: time) -> datetime:
    """The UTC moment when clocks in Helsinki show `day` and `at`.

    On the night when the clock goes forward, a time that does not exist becomes the hour after;
    when it goes back, the first of the two is meant.
    """
    wall = datetime.combine(day, at.replace(tzinfo=None), HELSINKI)
    return wall.astimezone(UTC)


def days_ago(days: int) -> datetime:
    """The moment `days` times 24 hours before now, in UTC."""
    return now() - timedelta(days=days)


def seconds_until(moment: datetime) -> int:
    """Whole seconds to wait, at least one: for the header Retry-After."""
    return max(1, int((moment - now()).total_seconds()) + 1)
