"""Under which name others read what somebody asked without her name (D12): only she herself and the moderators see who.

A post carries it itself, so that it stays unnamed wherever posts are merged, split or moved.
"""

from types import SimpleNamespace
from typing import Any

from sqlalchemy import exists, select

from extranet.core.db import db
from extranet.core.i18n import gettext as _
from extranet.core.text import LocalText
from extranet.core.viewer import Viewer
from extranet.discussions import policy
from extranet.discussions.models import Post, Thread

# For notifications, which are kept in no language.
SOMEBODY = LocalText({"fi": "Verkoston jäsen", "sv": "En medlem i nätverket", "en": "A member of the network"})
_MASKED = {"author_id": None, "job_title": "", "organisation": None, "organisation_id": None}


def somebody() -> str:
    """The name of whoever asks without one."""
    return _("A member of the network")


def is_unnamed(thread: Thread, user_id: int | None) -> bool:
    """Whether what this person writes in the thread goes without her name: all that she writes where she asked without it."""
    return bool(db.session.scalar(select(has_no_name(thread.id, user_id))))


def has_no_name(thread_id: Any, user_id: Any) -> Any:
    """The same as a part of a query, of columns."""
    return exists().where(Post.thread_id == thread_id, Post.author_id == user_id, Post.is_unnamed)


def name_in(thread: Thread, viewer: Viewer) -> str | LocalText:
    """What others are told that the viewer is called, of something that she does in the thread."""
    return SOMEBODY if is_unnamed(thread, viewer.user_id) else viewer.name


def may_know(viewer: Viewer, network_id: int, author_id: int | None) -> bool:
    """Whether the viewer sees who wrote without a name: herself, moderators, an administrator who has entered."""
    return (author_id is not None and author_id == viewer.user_id) or policy.is_keeper(viewer, network_id)


def mask_post(viewer: Viewer, network_id: int, row: Any) -> Any:
    """The row of a post as the viewer may see it."""
    if not row.is_unnamed or row.author_id is None or may_know(viewer, network_id, row.author_id):
        return row
    return _changed(row, _MASKED | {"author": somebody()})


def mask_thread(viewer: Viewer, row: Any) -> Any:
    """The row of a thread as the viewer may see it: who began it, and who wrote last."""
    changes: dict[str, Any] = {}
    if row.is_unnamed and not may_know(viewer, row.network_id, row.author_id):
        changes |= {"author": somebody(), "author_id": None}
    if row.is_last_unnamed and not may_know(viewer, row.network_id, row.last_post_by_id):
        changes |= {"last_by": somebody(), "last_post_by_id": None}
    return _changed(row, changes) if changes else row


def _changed(row: Any, changes: dict[str, Any]) -> Any:
    return SimpleNamespace(**(dict(getattr(row, "_mapping", None) or vars(row)) | changes))
