"""Who may see what a notification is about: each package that notifies registers the question for its own things."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from typing import Any

from sqlalchemy import Select, literal, select, union_all

from extranet.core.db import db
from extranet.core.viewer import Viewer
from extranet.jobs.queue import load_tasks
from extranet.networks.access import viewers_for
from extranet.networks.models import Network
from extranet.networks.policy import visible_to

Checker = Callable[[Viewer, Collection[int]], "set[int] | Select[int]"]

ARMS = 50
_checkers: dict[str, Checker] = {}


def subject(table: str) -> Callable[[Checker], Checker]:
    """Register `visible(viewer, ids)` for the rows of `table`: those of the ids that the viewer may open.

    It returns a set, or better a SELECT of ids: selects of several kinds and people are asked in one query.
    Belongs into the package's `tasks.py`, which worker and server both import.
    """

    def register(visible: Checker) -> Checker:
        _checkers[table] = visible
        return visible

    return register


@subject("network")
def _networks(viewer: Viewer, ids: Collection[int]) -> Select[int]:
    return select(Network.id).where(Network.id.in_(ids), visible_to(viewer))


def require_subject(table: str) -> None:
    """LookupError for a kind of thing whose rights nobody answers for."""
    load_tasks()
    if table not in _checkers:
        raise LookupError(f'no @subject("{table}") in any tasks.py: notifications cannot tell who may see it')


def active_viewers(people: Iterable[int]) -> list[Viewer]:
    """The people with their keys; those without an active account are left out."""
    return viewers_for(list(people))


def allowed_people(viewers: Iterable[Viewer], table: str, thing_id: int) -> set[int]:
    """Those of the people who may see this one thing."""
    return {person for person, _, _ in _ask([(viewer, table, [thing_id]) for viewer in viewers])}


def visible_things(viewer: Viewer, things: Iterable[tuple[str, int]]) -> set[tuple[str, int]]:
    """Those of the things (table, id) that the viewer may see; a kind that nobody answers for is hidden."""
    load_tasks()
    by_table: dict[str, set[int]] = defaultdict(set)
    for table, thing_id in things:
        by_table[table].add(thing_id)
    questions = [(viewer, table, sorted(ids)) for table, ids in sorted(by_table.items()) if table in _checkers]
    return {(table, thing_id) for _, table, thing_id in _ask(questions)}


def _ask(questions: list[tuple[Viewer, str, list[int]]]) -> set[tuple[int, str, int]]:
    """Answer (viewer, table, ids) questions as (person, table, id): selects together, in as few queries as may be."""
    answers: set[tuple[int, str, int]] = set()
    arms: list[Select[Any]] = []
    for viewer, table, ids in questions:
        person = viewer.user_id or 0
        visible = _checkers[table](viewer, ids)
        if isinstance(visible, Select):
            arms.append(visible.add_columns(literal(person), literal(table)))
        else:
            answers |= {(person, table, thing_id) for thing_id in visible}
    for start in range(0, len(arms), ARMS):
        some = arms[start : start + ARMS]
        rows = db.session.execute(some[0] if len(some) == 1 else union_all(*some))
        answers |= {(person, table, thing_id) for thing_id, person, table in rows}
    return answers
