"""What the clock does with an event that comes near: remind those who have a place."""

from sqlalchemy import func, select

from extranet.audit.log import action
from extranet.core import clock
from extranet.core.db import db
from extranet.core.i18n import N_
from extranet.core.viewer import Viewer
from extranet.events import places, policy, reminders
from extranet.events.kinds import SignupState
from extranet.events.models import Event, Signup


@action(policy.can_remind)
def remind(viewer: Viewer, event: Event) -> None:
    """Tell those with a certain place, once for each of the two moments; nobody who waits, was offered a place or cancelled (T41)."""
    places.lock(event)
    stage = reminders.due(event)
    if stage is None or event.starts_at is None:
        return
    reminders.settle(event, stage)
    got_place_at = func.coalesce(Signup.promoted_at, Signup.created_at)
    people = select(Signup).where(
        Signup.event_id == event.id, Signup.state == SignupState.CONFIRMED, got_place_at <= clock.now() - stage.just_told
    )  # fmt: skip
    signups = list(db.session.scalars(people.order_by(Signup.id)))
    places.tell(viewer, event, signups, stage, N_("You take part on %(day)s: %(title)s"), day=clock.local(event.starts_at).date())
