"""What happens later: a year after it was held, an event goes into the archive."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from extranet.core import clock
from extranet.core.db import db
from extranet.core.viewer import SYSTEM
from extranet.events import archive_actions
from extranet.events.kinds import EventState
from extranet.events.models import Event
from extranet.jobs.queue import every, task

# By then its costs have been split, and the next year's event has been copied from it.
ARCHIVED_AFTER = timedelta(days=365)
AT_ONCE = 100

every("events.archive", at="03:50")


@task("events.archive")
def archive() -> None:
    """A hundred a night."""
    old = select(Event).where(Event.state == EventState.HELD, Event.ends_at < clock.now() - ARCHIVED_AFTER)
    for event in db.session.scalars(old.options(joinedload(Event.network)).order_by(Event.id).limit(AT_ONCE)).all():
        archive_actions.archive(SYSTEM, event)
