"""What happens later: people are reminded of the events in which they have a place."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from extranet.core import clock
from extranet.core.db import db
from extranet.core.viewer import SYSTEM
from extranet.events import reminder_actions, reminders
from extranet.events.kinds import EventState
from extranet.events.models import Event
from extranet.jobs.queue import enqueue, every, task

every("events.remind", minutes=10)


@task("events.remind")
def remind() -> None:
    """Each event that comes near gets a job of its own, so that nobody waits for a long transaction."""
    now = clock.now()
    near = select(Event).where(
        Event.state.in_([EventState.OPEN, EventState.CLOSED]), Event.starts_at > now, Event.starts_at <= now + reminders.AHEAD
    )  # fmt: skip
    for event in db.session.scalars(near.order_by(Event.id)).all():
        if reminders.due(event):
            enqueue("events.remind_of", dedupe=f"event:{event.id}:remind", event_id=event.id)


@task("events.remind_of")
def remind_of(event_id: int) -> None:
    """Remind those who take part in that event, unless it was moved or called off meanwhile."""
    event = db.session.scalar(select(Event).where(Event.id == event_id).options(joinedload(Event.network)))
    if event is not None and reminders.due(event):
        reminder_actions.remind(SYSTEM, event)
