"""When a job that comes back runs: pure functions of a moment, right on the nights when the clock changes."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Protocol

from extranet.core import clock


class Rule(Protocol):
    def __str__(self) -> str: ...

    def after(self, moment: datetime) -> datetime:
        """The first slot later than `moment`."""
        ...

    def key(self, slot: datetime) -> str:
        """The slot's name, the same on every machine."""
        ...


@dataclass(frozen=True)
class Daily:
    """Once a day in Helsinki. A time that the spring night lacks is an hour later; of the two in autumn, the first."""

    at: str

    def __str__(self) -> str:
        return self.at

    def after(self, moment: datetime) -> datetime:
        """The first slot later than `moment`."""
        day = clock.local(moment).date() - timedelta(days=1)
        while True:
            slot = clock.from_local(day, time.fromisoformat(self.at))
            if slot > moment:
                return slot
            day += timedelta(days=1)

    def key(self, slot: datetime) -> str:
        """One slot a day, so its name is the day."""
        return clock.local(slot).date().isoformat()


@dataclass(frozen=True)
class Minutes:
    """Every so many minutes, counted in UTC, so that no night is longer or shorter than another."""

    minutes: int

    def __post_init__(self) -> None:
        if self.minutes < 1:
            raise ValueError("a schedule needs at least one minute between its slots")

    def __str__(self) -> str:
        return f"{self.minutes} min"

    def after(self, moment: datetime) -> datetime:
        """The first slot later than `moment`."""
        seconds = self.minutes * 60
        return datetime.fromtimestamp((int(moment.timestamp()) // seconds + 1) * seconds, UTC)

    def key(self, slot: datetime) -> str:
        return slot.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
