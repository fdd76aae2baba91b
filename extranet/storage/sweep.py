"""Removes files that nothing in the database names any more. Each package that stores files says which ones it keeps."""

from collections.abc import Callable, Collection
from datetime import timedelta

from extranet.core import clock
from extranet.core.db import let_go
from extranet.storage import store

Keeper = Callable[[Collection[str]], set[str]]

# A file is there before its row; until a day has passed nobody may take it for litter.
GRACE = timedelta(days=1)
BATCH = 200
_keepers: list[Keeper] = []


def keeper(ask: Keeper) -> Keeper:
    """Register the question: which of these hashes do your rows name? Belongs into the package's `tasks.py`."""
    _keepers.append(ask)
    return ask


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
    litter = set(old).difference(*(ask(old) for ask in _keepers))
    let_go()
    removed = 0
    for sha256 in sorted(litter):
        found = store.find(sha256)
        if found and found.changed_at < clock.now() - GRACE:  # nobody has brought it again meanwhile
            store.delete(sha256)
            removed += 1
    return removed
