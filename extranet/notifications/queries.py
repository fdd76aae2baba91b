"""What you can see: your own notifications, of things that you may still open (I-29)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from extranet.core.db import db
from extranet.core.errors import NotFound
from extranet.core.viewer import Viewer
from extranet.notifications.models import Letters, Notification, NotificationChoice
from extranet.notifications.rights import visible_things

PAGE = 30
COUNT_TO = 99
CHUNK = 120


@dataclass(frozen=True)
class Page:
    """A page of the list; `before` leads to the next one."""

    rows: list[Any]
    before: int | None


# Every page counts what is unread: built once, because building a statement costs more than running it.
_ALL = (
    select(
        Notification.id,
        Notification.about,
        Notification.about_id,
        Notification.text,
        Notification.params,
        Notification.path,
        Notification.created_at,
        Notification.read_at,
    )
    .where(Notification.user_id == bindparam("viewer_id"))
    .order_by(Notification.id.desc())
    .limit(CHUNK)
)
_UNREAD = _ALL.where(Notification.read_at.is_(None))


def _visible(viewer: Viewer, is_unread: bool = False, before: int | None = None) -> Iterator[Any]:
    """The viewer's notifications, newest first, without those of things that she may not open."""
    while True:
        wanted = _UNREAD if is_unread else _ALL
        if before is not None:
            wanted = wanted.where(Notification.id < before)
        rows = db.session.execute(wanted, {"viewer_id": viewer.user_id}).all()
        things = visible_things(viewer, {(row.about, row.about_id) for row in rows if row.about is not None})
        yield from (row for row in rows if row.about is None or (row.about, row.about_id) in things)
        if len(rows) < CHUNK:
            return
        before = rows[-1].id


def list_notifications(viewer: Viewer, before: int | None = None) -> Page:
    """A page of the viewer's notifications, newest first."""
    rows: list[Any] = []
    for row in _visible(viewer, before=before):
        if len(rows) == PAGE:
            return Page(rows, rows[-1].id)
        rows.append(row)
    return Page(rows, None)


def count_unread(viewer: Viewer) -> int:
    """How many wait unread, up to 99; asked on every page, and one query where there are none."""
    if viewer.user_id is None:
        return 0
    count = 0
    for _row in _visible(viewer, is_unread=True):
        count += 1
        if count == COUNT_TO:
            break
    return count


def get_notification(viewer: Viewer, notification_id: int) -> Notification:
    """One of the viewer's own, if she may still open what it is about; else NotFound."""
    row = db.session.scalar(select(Notification).where(Notification.id == notification_id, Notification.user_id == viewer.user_id))
    if row is None or not may_see(viewer, row):
        raise NotFound
    return row


def may_see(viewer: Viewer, notification: Notification) -> bool:
    """Whether its reader may open the thing at this moment."""
    if notification.about is None or notification.about_id is None:
        return viewer.is_signed_in
    return bool(visible_things(viewer, [(notification.about, notification.about_id)]))


def chosen_letters(viewer: Viewer) -> Letters:
    """Which letters the viewer wants."""
    chosen = db.session.scalar(select(NotificationChoice.letters).where(NotificationChoice.user_id == viewer.user_id))
    return chosen or Letters.ALL
