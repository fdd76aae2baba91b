"""`editable_by` says in SQL what `can_attach` says in Python, for every person and every event."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from extranet.core.db import db
from extranet.core.viewer import NOBODY
from extranet.events.models import Event
from extranet.networks.access import viewer_for
from extranet.networks.models import Network, NetworkState
from extranet.outputs import policy
from tests.people import ROLES


def test_both_know_the_same_events(app, cast):
    with app.app_context():
        db.session.get(Network, cast["network:work-and-life"]).state = NetworkState.ARCHIVED
        db.session.commit()
        events = db.session.scalars(select(Event).options(joinedload(Event.network))).all()
        for role in ROLES:
            person = viewer_for(cast[role]) if cast[role] else NOBODY
            in_sql = set(db.session.scalars(select(Event.id).where(policy.editable_by(person))))
            in_python = {event.id for event in events if policy.can_attach(person, event)}
            assert in_sql == in_python, role
            assert not in_sql or policy.edits_somewhere(person), role
