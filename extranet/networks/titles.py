"""What a link to a page of ours may be called: each content package answers for its own, and only to those who may open it (I-29)."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, literal, select

from extranet.core.text import LocalText
from extranet.core.viewer import Viewer
from extranet.jobs.queue import load_tasks

Ask = Callable[[Viewer, Collection[int]], Any]  # a SELECT of id and title
MOST = 200


@dataclass(frozen=True)
class Kind:
    """How the addresses of one kind of thing look, and who knows their titles."""

    pattern: re.Pattern[str]
    ask: Ask


_kinds: dict[str, Kind] = {}


def titled(kind: str, pattern: str) -> Callable[[Ask], Ask]:
    r"""Register `titles(viewer, ids)` for addresses like `/materials/(\d+)/`: a SELECT of id and title, as text, of those that the
    viewer may open. A LocalText is cast to text. Belongs into the package's `tasks.py`.
    """

    def register(ask: Ask) -> Ask:
        _kinds[kind] = Kind(re.compile(pattern), ask)
        return ask

    return register


def sort_out(paths: Iterable[str]) -> dict[tuple[str, int], list[str]]:
    """The things that the addresses name, with the addresses of each."""
    load_tasks()
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for path in paths:
        for name, kind in _kinds.items():
            if (match := kind.pattern.fullmatch(path)) and len(match[1]) < 10 and len(found) < MOST:
                found[name, int(match[1])].append(path)
    return found


def arms(viewer: Viewer, things: Iterable[tuple[str, int]]) -> list[Select[Any]]:
    """A SELECT of kind, id and title for each kind among the things, to be put together into one query."""
    ids: dict[str, list[int]] = defaultdict(list)
    for kind, thing_id in things:
        ids[kind].append(thing_id)
    asked = {kind: _kinds[kind].ask(viewer, sorted(wanted)).subquery() for kind, wanted in sorted(ids.items())}
    return [select(literal(kind).label("kind"), table.c[0].label("id"), table.c[1].label("title")) for kind, table in asked.items()]


def read_title(text: str) -> str | LocalText:
    """A title as an arm gave it: plain, or in several languages as the database keeps them."""
    if text.startswith("{"):
        try:
            return LocalText(json.loads(text))
        except ValueError:
            return text
    return text
