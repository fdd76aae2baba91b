"""Marks of what has been read. No actions: nobody but the reader is concerned, and a log of who read what and when would be."""

from sqlalchemy import update

from extranet.core import clock
from extranet.core.db import db
from extranet.core.viewer import Viewer
from extranet.notifications.models import Notification


def mark_read(notification: Notification) -> None:
    """Note that it has been opened; the first time counts. Get it with `queries.get_notification`, which checks whose it is."""
    notification.read_at = notification.read_at or clock.now()


def mark_all_read(viewer: Viewer) -> None:
    """Note that the viewer has seen all of hers."""
    db.session.execute(
        update(Notification).where(Notification.user_id == viewer.user_id, Notification.read_at.is_(None)).values(read_at=clock.now())
    )
