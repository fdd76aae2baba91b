"""Parallel workshops: only what belongs together can be chosen (I-13, T40). What holds in them at any time: test_invariants.py."""

import pytest
from sqlalchemy import select

from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.events import queries, signup_actions
from extranet.events.details import Details
from extranet.events.kinds import Mode
from extranet.events.programme_models import Choice
from extranet.networks.access import viewer_for


def test_sessions_of_another_event_or_slot_cannot_be_chosen(stage, programme):
    event_id, [mine, *_rest] = programme(1, 1)
    _other, [foreign] = programme(1)
    with stage.app.test_request_context("/", method="POST"):
        member = viewer_for(stage.ids["member"])
        event = queries.get_event(member, event_id)
        for wishes in ({"A": [foreign]}, {"B": [mine]}, {"A": [mine, mine]}):
            with pytest.raises(Refused):
                signup_actions.sign_up(member, event, mode=Mode.ONSITE, details=Details(wishes=wishes))
            db.session.rollback()
        assert db.session.scalar(select(Choice.id).where(Choice.session_id.in_([mine, foreign]))) is None
