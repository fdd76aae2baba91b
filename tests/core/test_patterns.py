"""A statement for a kind of viewer, run with one viewer's keys, brings what a statement for that viewer brings."""

import pytest
from sqlalchemy import select

from extranet.core.db import db
from extranet.core.patterns import keys_of, pattern_of
from extranet.core.viewer import NOBODY, Role, Viewer
from extranet.discussions import policy as discussions
from extranet.discussions.models import Thread
from extranet.events import policy as events
from extranet.events.models import Event
from extranet.materials import policy as materials
from extranet.materials.models import Material
from extranet.networks import policy as networks
from extranet.networks.access import viewer_for
from extranet.networks.models import Network
from extranet.pages import policy as pages
from extranet.pages.models import NetworkPage
from extranet.pilots import policy as pilots
from extranet.pilots.models import PilotReview

RULES = [
    (Network, networks.visible_to),
    (NetworkPage, pages.visible_to),
    (Material, materials.visible_to),
    (Material, pilots.readable_by),
    (PilotReview, pilots.reviewed_by),
    (Event, events.visible_to),
    (Event, events.addressed_to),
    (Thread, discussions.visible_to),
]


@pytest.mark.parametrize(("model", "rule"), RULES, ids=lambda it: f"{it.__module__.split('.')[1]}.{it.__name__}")
def test_a_pattern_opens_to_everybody_what_she_may_see(app, stage, model, rule):
    with app.app_context():
        found = set()
        for name, viewer in {"visitor": NOBODY, **{name: viewer_for(i) for name, i in stage.ids.items() if i}}.items():
            own = set(db.session.scalars(select(model.id).where(rule(viewer))))
            assert set(db.session.scalars(select(model.id).where(rule(pattern_of(viewer))), keys_of(viewer))) == own, name
            found |= own
        assert found or model is PilotReview


def test_people_of_one_kind_share_a_pattern():
    one, other = Viewer(1, roles={3: Role.MEMBER}), Viewer(2, roles={4: Role.MEMBER, 5: Role.CORE})
    assert pattern_of(one) is pattern_of(other)
    assert pattern_of(one) is not pattern_of(Viewer(1, roles={3: Role.LEAD}))
    assert pattern_of(one) is not pattern_of(Viewer(1, grants=frozenset({"admin"}), roles={3: Role.MEMBER}))


def test_what_a_pattern_does_not_know_is_not_guessed():
    pattern = pattern_of(Viewer(1, roles={3: Role.MEMBER}))
    with pytest.raises(TypeError):
        pattern.role_in(3)
    with pytest.raises(TypeError):
        pattern.network_ids | {4}
