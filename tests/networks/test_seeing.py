"""Who knows that a network exists, and what its head tells."""

import pytest
from sqlalchemy import select

from extranet.core.db import db
from extranet.core.errors import NotFound
from extranet.networks import policy
from extranet.networks.models import Network
from extranet.networks.queries import get_head, get_network

EVERYBODY = (
    "visitor", "newcomer", "member", "staff", "contact", "deputy", "orgadmin", "moderator", "expert", "admin", "dpo",
    "medlem", "external", "helsinki", "pori",
)  # fmt: skip


def test_the_rules_in_python_and_in_sql_agree_for_everybody_and_every_network(app, viewer):
    viewers = {name: viewer(name) for name in EVERYBODY}
    with app.app_context():
        networks = list(db.session.scalars(select(Network)))
        for name, who in viewers.items():
            seen = set(db.session.scalars(select(Network.id).where(policy.visible_to(who))))
            assert seen == {n.id for n in networks if policy.can_see(who, n)}, name
            read = set(db.session.scalars(select(Network.id).where(policy.readable_in(who, Network.id))))
            assert read == {n.id for n in networks if policy.can_read(who, n)}, name


def test_a_secret_network_is_found_by_its_members_and_administrators_only(app, viewer):
    for name in EVERYBODY:
        who = viewer(name)
        with app.app_context():
            if name in ("expert", "pori", "admin"):
                assert get_network(who, "hr-advisory-board").slug == "hr-advisory-board"
            else:
                with pytest.raises(NotFound):
                    get_network(who, "hr-advisory-board")


def test_the_head_counts_and_knows_the_viewers_place(app, viewer, count_queries):
    who = viewer("member")
    with app.app_context():
        hr = get_network(who, "hr")
        head = get_head(who, hr)
        assert (head.members, head.organisations, head.state, head.role, head.parent) == (3, 3, "active", "member", None)
        assert count_queries(lambda: get_head(who, hr)) == 1
        rewarding = get_head(who, get_network(who, "rewarding"))
        assert rewarding.state is None and rewarding.parent is not None and rewarding.parent.path == "/networks/hr/"
