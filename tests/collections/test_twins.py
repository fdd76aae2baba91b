"""Who sees and who changes which collection: in Python and in SQL, by every person, in every network and its every state."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from extranet.collections.models import Collection
from extranet.collections.policy import can_edit, can_see, editable_by, visible_to
from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.core.viewer import NOBODY
from extranet.networks.access import viewer_for
from extranet.networks.models import Network, NetworkState


@pytest.mark.parametrize("state", list(NetworkState))
def test_every_person_and_every_network(stage, app, cast, state):
    with app.app_context():
        everybody = {name: viewer_for(i) for name, i in stage.ids.items() if i} | {"visitor": NOBODY}
        owners = [cast[name] for name in ("member", "contact", "staff", "expert", "newcomer")]
        for place, network in enumerate(db.session.scalars(select(Network))):
            network.state = state
            for owner_id in (owners[place % 5], owners[(place + 1) % 5]):
                db.session.add(Collection(title=LocalText(fi="Kokoelma"), owner_id=owner_id, network_id=network.id))
        db.session.flush()
        collections = list(db.session.scalars(select(Collection).options(joinedload(Collection.network))))
        for name, viewer in everybody.items():
            for rule, clause in ((can_see, visible_to), (can_edit, editable_by)):
                in_python = {collection.id for collection in collections if rule(viewer, collection)}
                in_sql = set(db.session.scalars(select(Collection.id).where(clause(viewer))))
                assert in_python == in_sql, (name, rule)
