"""The public face of notifications: `notify` tells people, `withdraw` takes it back, `@subject` asks who may see."""

from collections.abc import Iterable
from datetime import date, datetime
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

LETTERS_A_JOB = 5
PEOPLE_AT_ONCE = 60


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

    text: an `N_` sentence with `%(name)s` places for `params`: words, numbers, LocalText, moments, days.
    key: whoever is reached for several reasons hears once (T25). direct: those of `people_ids` whom it concerns personally;
    some want letters of nothing else. letters: False where the package writes letters of its own (T27).
    """
    wanted = sorted({person for person in people_ids if person is not None} - {viewer.user_id})
    if not wanted:
        return
    db.session.flush()
    thing = about.__tablename__ if about is not None else None
    if thing is not None:
        require_subject(thing)
    shared = {
        "kind": kind,
        "about": thing,
        "about_id": about.id if about is not None else None,
        "network_id": about.id if thing == "network" else getattr(about, "network_id", None),
        "text": text,
        "params": {name: _frozen(value) for name, value in params.items()},
        "path": path,
        "key": key,
        "created_at": clock.now().isoformat(),
    }
    concerned = set(direct)
    if len(wanted) <= PEOPLE_AT_ONCE:
        tell(shared, wanted, sorted(concerned), letters)
        return
    # Each group in a transaction of its own: four hundred at once would keep others from writing on SQLite.
    for start in range(0, len(wanted), PEOPLE_AT_ONCE):
        people = wanted[start : start + PEOPLE_AT_ONCE]
        enqueue("notifications.tell", shared=shared, people=people, direct=sorted(concerned.intersection(people)), letters=letters)


def tell(shared: dict[str, Any], people: list[int], direct: list[int], letters: bool) -> None:
    """Add the notification for those of the people who may see what it is about, and ask for the letters that they want."""
    told = _insert(_reachable(people, shared["about"], shared["about_id"]), frozenset(direct), shared)
    writes = _want_letters(told) if letters else []
    for start in range(0, len(writes), LETTERS_A_JOB):
        enqueue("notifications.letters", ids=writes[start : start + LETTERS_A_JOB])


def withdraw(about: str, about_id: int, kind: str | None = None) -> None:
    """Take back everything that was told of a thing: it was deleted, hidden or was a mistake. Letters not yet sent stay here.

    kind: only what was told for this one reason, because it is settled or something newer takes its place.
    """
    told = delete(Notification).where(Notification.about == about, Notification.about_id == about_id)
    db.session.execute(told.where(Notification.kind == kind) if kind else told)


def _reachable(people: list[int], about: str | None, about_id: int | None) -> list[int]:
    """Active people who may see the thing at this moment."""
    viewers = active_viewers(people)
    if about is None or about_id is None:
        return sorted(viewer.user_id for viewer in viewers if viewer.user_id is not None)
    return sorted(allowed_people(viewers, about, about_id))


def _insert(people: list[int], direct: frozenset[int], shared: dict[str, Any]) -> list[tuple[int, int, bool]]:
    """Add a row for each who has none with this key yet. Returns (notification, person, direct) of the new ones."""
    if not people:
        return []
    row = shared | {"created_at": datetime.fromisoformat(shared["created_at"])}
    added = (
        insert(Notification)
        .values([row | {"user_id": person, "is_direct": person in direct} for person in people])
        .on_conflict_do_nothing(index_elements=["user_id", "key"])
        .returning(Notification.id, Notification.user_id, Notification.is_direct)
    )
    return [(new.id, new.user_id, new.is_direct) for new in db.session.execute(added)]


def _frozen(value: Any) -> Any:
    """As JSON keeps it: a text in several languages as it is, a moment or day marked as one, all else as a word or number."""
    if isinstance(value, dict):
        return dict(LocalText(value))
    if isinstance(value, date):  # a moment is one too
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
