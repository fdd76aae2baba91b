"""When a title of the library came out, what that issue is called, and in which state it is by now."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from extranet.core import clock
from extranet.core.text import LocalText
from extranet.demo.shelf import Rhythm, Title, read_titles
from extranet.materials.models import MaterialKind, MaterialState

MONTHS = {
    "fi": "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu".split(),
    "sv": "januari februari mars april maj juni juli augusti september oktober november december".split(),
}
YEAR, YEARS = 365, 4


@dataclass(frozen=True)
class Issue:
    """The `number`th issue of a title, 0 being the newest; `place` is the title's line on the shelf."""

    title: Title
    place: int
    number: int
    at: datetime

    @property
    def key(self) -> tuple[int, int]:
        """Which of the demo's issues it is, or repeats: those share their files."""
        return self.place, self.number % self.title.issues

    @property
    def is_extra(self) -> bool:
        """Beyond what the demo has of the title: there for measurements only."""
        return self.number >= self.title.issues

    @property
    def year(self) -> int:
        return clock.local(self.at).year

    @property
    def name(self) -> LocalText:
        """The title with the month or year that sets it apart."""
        month = clock.local(self.at).month
        extra = f" ({self.number})" if self.is_extra else ""
        if self.title.rhythm == Rhythm.MONTHLY:
            return LocalText(
                {code: f"{text}, {MONTHS[code][month - 1]} {self.year}{extra}" for code, text in self.title.name.items()},
            )
        is_dated = self.title.rhythm == Rhythm.YEARLY or self.number > 0
        return LocalText({code: f"{text} {self.year}{extra}" if is_dated else text for code, text in self.title.name.items()})

    @property
    def state(self) -> MaterialState:
        """Only the newest can be unfinished; what comes out each year is archived after two."""
        if self.number == 0:
            return self.title.state
        is_old = self.title.rhythm == Rhythm.YEARLY and self.number % 7 >= 2
        return MaterialState.ARCHIVED if is_old or self.title.state == MaterialState.ARCHIVED else MaterialState.PUBLISHED

    @property
    def is_out(self) -> bool:
        return self.state in (MaterialState.PUBLISHED, MaterialState.ARCHIVED)

    @property
    def needs_captions(self) -> bool:
        """A recording that came out; those for measurements have had theirs."""
        return self.is_out and self.title.kind == MaterialKind.RECORDING and not self.is_extra


def list_issues(rng: random.Random, many: int) -> list[Issue]:
    """So many issues: the newest of every title, then the ones before; once the demo's are through, more of them."""
    titles = read_titles()
    first = [title.days if title.days is not None else rng.randint(15, 480) for title in titles]
    found: list[Issue] = []
    for place, number in _places(titles):
        if len(found) == many:
            break
        at = clock.days_ago(_age(titles[place], first[place], number, rng)).replace(hour=6 + rng.randrange(8), minute=rng.randrange(60))
        found.append(Issue(titles[place], place, number, at))
    return found


def _places(titles: tuple[Title, ...]) -> Iterator[tuple[int, int]]:
    most = max(title.issues for title in titles)
    yield from ((place, number) for number in range(most) for place, title in enumerate(titles) if number < title.issues)
    for number in count():
        yield from ((place, title.issues + number) for place, title in enumerate(titles))


def _age(title: Title, first: int, number: int, rng: random.Random) -> int:
    if number >= title.issues:
        return rng.randint(2, YEARS * YEAR)
    if title.rhythm == Rhythm.MONTHLY:
        return first + 30 * number
    return first + (YEAR if title.rhythm == Rhythm.YEARLY else 420) * number


def version_dates(issue: Issue, versions: int, rng: random.Random) -> list[datetime]:
    """When each version came, the last one being the newest thing about the issue."""
    steps = [timedelta(days=rng.randint(25, 110)) for _ in range(versions - 1)]
    return [issue.at - sum(steps[number:], timedelta()) for number in range(versions)]
