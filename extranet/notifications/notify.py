"""The public face of notifications: `notify` tells people, `withdraw` takes it back, `@subject` asks who may see."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.core.viewer import Viewer
from extranet.jobs.queue import enqueue, insert
from extranet.notifications.models import Letters, Notification, NotificationChoice
from extranet.notifications.rights import active_viewers, allowed_people, require_subject, subject

__all__ = ["notify", "subject", "withdraw"]

LETTERS_A_JOB = 20
ROWS_AT_ONCE = 400


def notify(
    viewer: Viewer,
    people_ids: Iterable[int],
    kind: str,
    *,
    about: Any = None,
    text: str,
    path: str,
    key: str,
    direct: Iterable[int] = (),
    letters: bool = True,
    **params: Any,
) -> None:
    """Tell people, except the viewer who did it, and only those who may see `about` now (I-29, T24).

    text: an `N_` sentence with `%(name)s` places for `params`: words, numbers, LocalText, moments.
    key: whoever is reached for several reasons hears once (T25). direct: those of `people_ids` whom it concerns personally;
    some want letters of nothing else. letters: False where the package writes letters of its own (T27).
    """
    wanted = {person for person in people_ids if person is not None} - {viewer.user_id}
    if not wanted:
        return
    told = _insert(_reachable(wanted, about), frozenset(direct), kind, about, text, path, key, params)
    writes = _want_letters(told) if letters else []
    for start in range(0, len(writes), LETTERS_A_JOB):
        enqueue("notifications.letters", ids=writes[start : start + LETTERS_A_JOB])


def withdraw(about: str, about_id: int) -> None:
    """Take back everything that was told of a thing: it was deleted, hidden or was a mistake. Letters not yet sent stay here."""
    db.session.execute(delete(Notification).where(Notification.about == about, Notification.about_id == about_id))


def _reachable(people: set[int], about: Any) -> list[int]:
    """Active people who may see the thing at this moment."""
    db.session.flush()
    viewers = active_viewers(people)
    if about is None:
        return sorted(viewer.user_id for viewer in viewers if viewer.user_id is not None)
    require_subject(about.__tablename__)
    return sorted(allowed_people(viewers, about.__tablename__, about.id))


def _insert(
    people: list[int], direct: frozenset[int], kind: str, about: Any, text: str, path: str, key: str, params: dict[str, Any]
) -> list[tuple[int, int, bool]]:
    """Add a row for each who has none with this key yet. Returns (notification, person, direct) of the new ones."""
    thing = about.__tablename__ if about is not None else None
    shared = {
        "kind": kind,
        "about": thing,
        "about_id": about.id if about is not None else None,
        "network_id": about.id if thing == "network" else getattr(about, "network_id", None),
        "text": text,
        "params": {name: _frozen(value) for name, value in params.items()},
        "path": path,
        "key": key,
        "created_at": clock.now(),
    }
    told: list[tuple[int, int, bool]] = []
    for start in range(0, len(people), ROWS_AT_ONCE):
        rows = [shared | {"user_id": person, "is_direct": person in direct} for person in people[start : start + ROWS_AT_ONCE]]
        added = insert(Notification).values(rows).on_conflict_do_nothing(index_elements=["user_id", "key"])
        told += [
            (row.id, row.user_id, row.is_direct)
            for row in db.session.execute(added.returning(Notification.id, Notification.user_id, Notification.is_direct))
        ]
    return told


def _frozen(value: Any) -> Any:
    """As JSON keeps it: a text in several languages as it is, a moment marked as one, all else as a word or number."""
    if isinstance(value, dict):
        return dict(LocalText(value))
    if isinstance(value, datetime):
        return {"@": value.isoformat()}
    return value if isinstance(value, int | float | str) else str(value)


def _want_letters(told: list[tuple[int, int, bool]]) -> list[int]:
    """The new notifications whose reader wants a letter of them."""
    people = [person for _, person, _ in told]
    rows = db.session.execute(select(NotificationChoice.user_id, NotificationChoice.letters).where(NotificationChoice.user_id.in_(people)))
    chosen = {person: letters for person, letters in rows}
    return [row for row, person, direct in told if wants_letter(chosen.get(person, Letters.ALL), direct)]


def wants_letter(letters: Letters, direct: bool) -> bool:
    return letters == Letters.ALL or (letters == Letters.DIRECT and direct)
