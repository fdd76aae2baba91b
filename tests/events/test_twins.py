"""The rules in Python and in SQL give the same answer for every person and every event."""

import itertools

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from extranet.core.db import db
from extranet.core.viewer import NOBODY, SYSTEM
from extranet.events import policy
from extranet.events.kinds import Audience, EventState
from extranet.events.models import Event
from extranet.networks.access import viewer_for
from extranet.networks.models import Network, NetworkState


def test_twins(stage, plan):
    for slug, state, audience in itertools.product(stage.networks, (EventState.DRAFT, EventState.OPEN), Audience):
        plan(slug, state=state, audience=audience)
    with stage.app.app_context():
        db.session.get(Network, stage.networks["recruitment"]).state = NetworkState.DRAFT
        db.session.get(Network, stage.networks["hr-data"]).state = NetworkState.ARCHIVED
        db.session.commit()
        events = db.session.scalars(select(Event).options(joinedload(Event.network))).all()
        people = [NOBODY, SYSTEM] + [viewer_for(user_id) for user_id in stage.ids.values() if user_id]
        for viewer in people:
            for python, sql in ((policy.can_see, policy.visible_to), (policy.is_addressed, policy.addressed_to)):
                wanted = {event.id for event in events if python(viewer, event)}
                found = set(db.session.scalars(select(Event.id).where(sql(viewer))))
                assert found == wanted, f"{viewer.name} {python.__name__}: {found ^ wanted}"
