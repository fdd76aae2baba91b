"""The rule in Python and in SQL gives the same answer for every person and every feed."""

from sqlalchemy import select

from extranet.calendars import policy
from extranet.calendars.models import Feed
from extranet.core.db import db
from extranet.core.viewer import NOBODY
from extranet.networks.access import viewer_for


def test_twins(stage, cast):
    with stage.app.app_context():
        feeds = list(db.session.scalars(select(Feed)))
        assert {feed.user_id for feed in feeds} == {cast["member"], cast["medlem"]}
        for viewer in [NOBODY] + [viewer_for(user_id) for user_id in stage.ids.values() if user_id]:
            wanted = {feed.id for feed in feeds if policy.can_see(viewer, feed)}
            assert set(db.session.scalars(select(Feed.id).where(policy.visible_to(viewer)))) == wanted, viewer.name
