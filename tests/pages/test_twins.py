"""The rule in Python and the rule in SQL give the same answer."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from extranet.core.db import db
from extranet.networks.models import Network, NetworkState, Visibility
from extranet.pages import policy
from extranet.pages.models import NetworkPage, PageState
from tests.networks.test_seeing import EVERYBODY


def test_everybody_sees_the_same_pages_both_ways(app, viewer):
    viewers = {name: viewer(name) for name in EVERYBODY}
    with app.app_context():
        _add_every_kind()
        pages = list(db.session.scalars(select(NetworkPage).options(joinedload(NetworkPage.network))))
        assert len(pages) >= 100
        for name, who in viewers.items():
            seen = set(db.session.scalars(select(NetworkPage.id).where(policy.visible_to(who))))
            assert seen == {p.id for p in pages if policy.can_see(who, p)}, name
        db.session.rollback()


def _add_every_kind():
    """A page of each state in each network, and networks of each state and visibility."""
    networks = list(db.session.scalars(select(Network)))
    for number, network in enumerate(networks):
        network.visibility = list(Visibility)[number % 3]
        network.state = list(NetworkState)[number % 4]
        for state in PageState:
            for is_public in (True, False):
                for deleted_at in (None, network.created_at):
                    db.session.add(
                        NetworkPage(
                            network_id=network.id, slug=f"{state}-{is_public}-{deleted_at is None}", title={"fi": "Sivu"},
                            state=state, is_public=is_public, deleted_at=deleted_at,
                        )
                    )  # fmt: skip
    db.session.flush()
