"""When people are reminded of an event: a week and a day before, by the clocks of those days.

Nothing is put in a queue beforehand: what is due is asked of the event as it is now, so reminders move with it.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum

from extranet.core import clock
from extranet.events.kinds import EventState
from extranet.events.models import Event


class Stage(StrEnum):
    """Also the name of the letter."""

    WEEK = "week_before"
    DAY = "day_before"

    @property
    def days(self) -> int:
        return 7 if self == Stage.WEEK else 1

    @property
    def just_told(self) -> timedelta:
        """Whoever got a place so shortly before knows of the event without being reminded."""
        return timedelta(days=1) if self == Stage.WEEK else timedelta(hours=6)


AHEAD = timedelta(days=8)
_COLUMNS = {Stage.WEEK: "reminded_week_of", Stage.DAY: "reminded_day_of"}


def due(event: Event) -> Stage | None:
    """The reminder that is in order now, if any; of two that were missed the nearer one."""
    if event.starts_at is None or event.state not in (EventState.OPEN, EventState.CLOSED) or event.has_begun:
        return None
    stage = next((stage for stage in (Stage.DAY, Stage.WEEK) if _has_come(event, stage)), None)
    return stage if stage and getattr(event, _COLUMNS[stage]) != _day(event) else None


def settle(event: Event, stage: Stage) -> None:
    """Note that people have been reminded of the event on that day."""
    setattr(event, _COLUMNS[stage], _day(event))


def settle_moved(event: Event) -> None:
    """A letter that tells a new time or place stands in for the reminders whose moment has passed by then."""
    for stage in Stage:
        if event.starts_at is not None and _has_come(event, stage):
            settle(event, stage)


def _has_come(event: Event, stage: Stage) -> bool:
    begins = clock.local(_start(event))
    return clock.from_local(begins.date() - timedelta(days=stage.days), begins.time()) <= clock.now()


def _day(event: Event) -> date:
    return clock.local(_start(event)).date()


def _start(event: Event) -> datetime:
    assert event.starts_at is not None  # noqa: S101  asked of events with a time only
    return event.starts_at
