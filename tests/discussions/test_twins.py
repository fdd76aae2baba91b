"""Each rule about seeing exists twice, in Python and in SQL. They must agree for every person and every thread."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from extranet.core import clock
from extranet.core.db import db
from extranet.core.viewer import NOBODY, SYSTEM
from extranet.discussions.models import Thread
from extranet.discussions.policy import can_see, visible_to
from extranet.networks.access import viewer_for
from extranet.networks.models import DiscussionEntry


@pytest.mark.parametrize("hide", [False, True])
def test_twins(app, cast, stage, hide):
    with app.app_context():
        if hide:
            for thread in db.session.scalars(select(Thread)):
                thread.hidden_at = clock.now()
            db.session.add(DiscussionEntry(user_id=cast["admin"], network_id=cast["network:hr"], until=clock.now().replace(year=2999)))
            db.session.commit()
        threads = list(db.session.scalars(select(Thread).options(joinedload(Thread.network))))
        viewers = {name: viewer_for(i) for name, i in stage.ids.items() if i} | {"visitor": NOBODY, "system": SYSTEM}
        for name, viewer in viewers.items():
            in_python = {thread.id for thread in threads if can_see(viewer, thread)}
            in_sql = set(db.session.scalars(select(Thread.id).where(visible_to(viewer))))
            assert in_python == in_sql, name
        assert {t.id for t in threads if can_see(viewers["member"], t)}
