"""What a link to a page of ours may be called: each content package answers for its own, and only to those who may open it (I-29)."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, Text, cast, literal, select

from extranet.core.text import LocalText
from extranet.core.viewer import Viewer
from extranet.jobs.queue import load_tasks
from extranet.networks.models import Network
from extranet.networks.policy import visible_to

Ask = Callable[[Viewer, Collection[Any]], Any]  # a SELECT of key and title
MOST = 200


@dataclass(frozen=True)
class Kind:
    """How the addresses of one kind of thing look, and who knows their titles."""

    pattern: re.Pattern[str]
    ask: Ask
    key: type[int] | type[str]


_kinds: dict[str, Kind] = {}


def titled(kind: str, pattern: str, key: type[int] | type[str] = int) -> Callable[[Ask], Ask]:
    r"""Register `titles(viewer, keys)` for addresses like `/materials/(\d+)/`: a SELECT of key and title, as text, of those that the
    viewer may open. A LocalText is cast to text. Belongs into the package's `tasks.py`.

    key: `str` where addresses have words instead of numbers; several groups of the pattern come with a slash between them.
    """

    def register(ask: Ask) -> Ask:
        _kinds[kind] = Kind(re.compile(pattern), ask, key)
        return ask

    return register


def sort_out(paths: Iterable[str]) -> dict[tuple[str, str], list[str]]:
    """The things that the addresses name, with the addresses of each."""
    load_tasks()
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path in paths:
        for name, kind in _kinds.items():
            if (match := kind.pattern.fullmatch(path)) and (kind.key is str or len(match[1]) < 10) and len(found) < MOST:
                found[name, "/".join(match.groups())].append(path)
    return found


def arms(viewer: Viewer, things: Iterable[tuple[str, str]]) -> list[Select[Any]]:
    """A SELECT of kind, key and title for each kind among the things, to be put together into one query."""
    keys: dict[str, list[Any]] = defaultdict(list)
    for kind, key in things:
        keys[kind].append(_kinds[kind].key(key))
    asked = {kind: _kinds[kind].ask(viewer, sorted(wanted)).subquery() for kind, wanted in sorted(keys.items())}
    return [
        select(literal(kind).label("kind"), cast(table.c[0], Text).label("key"), table.c[1].label("title")) for kind, table in asked.items()
    ]


def read_title(text: str) -> str | LocalText:
    """A title as an arm gave it: plain, or in several languages as the database keeps them."""
    if text.startswith("{"):
        try:
            return LocalText(json.loads(text))
        except ValueError:
            return text
    return text


@titled("network", r"/networks/([a-z0-9-]+)/", str)
def _networks(viewer: Viewer, slugs: Collection[str]) -> Any:
    return select(Network.slug, cast(Network.name, Text)).where(Network.slug.in_(slugs), visible_to(viewer))
