"""A poll belongs to its discussion, and goes where the messages go."""

from sqlalchemy import update

from extranet.core.db import db
from extranet.discussions.companions import carrier
from extranet.discussions.models import Thread
from extranet.polls.models import Poll


@carrier
def carry(source: Thread, target: Thread) -> None:
    """The poll with its votes and its outcome; that not both have one was asked before."""
    if source.has_poll:
        db.session.execute(update(Poll).where(Poll.thread_id == source.id).values(thread_id=target.id))
        source.has_poll, target.has_poll = False, True
