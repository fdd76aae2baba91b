"""Moving times to another day as people mean it: by the clock on the wall, also across the days when it is turned."""

from dataclasses import dataclass
from datetime import datetime

from extranet.core import clock


@dataclass(frozen=True)
class Shift:
    """From the one beginning to the other."""

    old: datetime
    new: datetime

    def __call__(self, moment: datetime) -> datetime:
        """The moment that lies as far from the new beginning as this one from the old, counted in days and clock time."""
        moved = _wall(moment) - _wall(self.old) + _wall(self.new)
        return clock.from_local(moved.date(), moved.time())

    def maybe(self, moment: datetime | None) -> datetime | None:
        """The same for a time that may not be set."""
        return None if moment is None else self(moment)


def is_as_long(starts_at: datetime, ends_at: datetime, began: datetime, ended: datetime) -> bool:
    """Whether both spans last as long by the clock on the wall."""
    return _wall(ends_at) - _wall(starts_at) == _wall(ended) - _wall(began)


def same_time_on(day_of: datetime, time_of: datetime) -> datetime:
    """The day of the one and the time of the other."""
    return clock.from_local(clock.local(day_of).date(), clock.local(time_of).time())


def _wall(moment: datetime) -> datetime:
    return clock.local(moment).replace(tzinfo=None)
