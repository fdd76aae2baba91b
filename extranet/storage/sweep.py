"""Removes files that nothing in the database names any more. Each package that stores files says which ones it keeps."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta

from extranet.core import clock
from extranet.core.db import let_go
from extranet.storage import store

Ask = Callable[[Collection[str]], set[str]]
AskAll = Callable[[], Iterable[str]]


@dataclass(frozen=True)
class Keeper:
    """A package whose rows name stored files. `which`: those of the given ones; `everything`: all of them."""

    package: str
    which: Ask
    everything: AskAll


# A file is there before its row; until a day has passed nobody may take it for litter.
GRACE = timedelta(days=1)
BATCH = 200
_keepers: list[Keeper] = []


def keeper(which: Ask, everything: AskAll) -> None:
    """Register two questions: which of these hashes do your rows name, and which do they name in all? Belongs into the package's `tasks.py`."""
    _keepers.append(Keeper(which.__module__.split(".")[1], which, everything))


def keepers() -> tuple[Keeper, ...]:
    """Every package that has registered."""
    return tuple(_keepers)


def sweep() -> int:
    """Delete unnamed files older than a day; returns how many. Holds no transaction while it deletes."""
    removed, waiting = 0, []
    for file in store.list_files():
        if file.changed_at < clock.now() - GRACE:
            waiting.append(file.sha256)
        if len(waiting) == BATCH:
            removed += _sweep(waiting)
            waiting = []
    return removed + _sweep(waiting)


def _sweep(old: list[str]) -> int:
    if not old or not _keepers:
        return 0
    litter = set(old).difference(*(keeper.which(old) for keeper in _keepers))
    let_go()
    removed = 0
    for sha256 in sorted(litter):
        found = store.find(sha256)
        if found and found.changed_at < clock.now() - GRACE:  # nobody has brought it again meanwhile
            store.delete(sha256)
            removed += 1
    return removed
