"""A thread for paper: all that everybody in the network reads, and nothing else, for paper goes further than a page."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from extranet.core.viewer import NOBODY, Viewer
from extranet.discussions import naming, queries
from extranet.discussions.models import Thread

POSTS_A_PART = 200


@dataclass(frozen=True)
class Printed:
    """One part of a thread, with the accepted answer if that is the first one; `first` and `last` are the numbers of its range."""

    posts: list[Any]
    answer: Any
    part: int
    parts: int
    first: int
    last: int


def list_to_print(viewer: Viewer, thread: Thread, part: int) -> Printed:
    """A part of the thread without what is hidden or removed; who asked without a name has none here, whoever prints. One query."""
    parts = max(1, -(-thread.last_number // POSTS_A_PART))
    part = min(max(part, 1), parts)
    first, last = (part - 1) * POSTS_A_PART + 1, min(part * POSTS_A_PART, thread.last_number)
    rows = [_unnamed(thread, row) for row in queries.list_readable(viewer, thread, first, last, with_answer=part == 1)]
    answer = next((row for row in rows if row.is_accepted), None) if part == 1 else None
    return Printed([row for row in rows if row.number <= last], answer, part, parts, first, last)


def _unnamed(thread: Thread, row: Any) -> Any:
    seen = naming.mask_post(NOBODY, thread.network_id, row)
    return SimpleNamespace(**(dict(getattr(seen, "_mapping", None) or vars(seen)) | {"files": getattr(row, "files", [])}))
