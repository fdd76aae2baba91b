"""What a writer can see: the thread with what she has typed for it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import joinedload

from extranet.core.db import db
from extranet.core.errors import NotFound
from extranet.core.viewer import Viewer
from extranet.discussions import policy
from extranet.discussions.draft_models import Draft
from extranet.discussions.models import Thread
from extranet.discussions.queries import heir_of


@dataclass(frozen=True)
class Opened:
    """A thread as its page needs it, in one query."""

    thread: Thread
    draft: Draft | None


def open_thread(viewer: Viewer, thread_id: int) -> Opened:
    """The thread, or the one that it was merged into, with its network, author and topics, and the viewer's draft of a reply.

    Raises NotFound.
    """
    mine = and_(Draft.thread_id == Thread.id, Draft.user_id == viewer.user_id)
    wanted: Any = select(Thread, Draft).outerjoin(Draft, mine)
    kin = (joinedload(Thread.network), joinedload(Thread.author), joinedload(Thread.topics))
    found = db.session.execute(wanted.options(*kin).where(Thread.id == heir_of(thread_id), policy.visible_to(viewer))).unique().first()
    if found is None:
        raise NotFound
    return Opened(*found)


def find_to_reply(viewer: Viewer, thread_id: int) -> Thread | None:
    """The thread, held until the request ends, so that nobody closes, hides or moves it meanwhile; None where it cannot be opened."""
    wanted = select(Thread).options(joinedload(Thread.network)).where(Thread.id == heir_of(thread_id), policy.visible_to(viewer))
    return db.session.scalar(wanted.with_for_update(of=Thread))
