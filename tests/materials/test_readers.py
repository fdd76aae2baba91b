""" "Who sees this" is what everybody finds who tries (T19, D10)."""

import itertools

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from extranet.accounts.models import User, UserState
from extranet.core.db import db
from extranet.core.viewer import NOBODY
from extranet.materials import page_queries
from extranet.materials import reader_queries as readers
from extranet.materials.models import Material, MaterialState, Sharing
from extranet.materials.policy import can_see
from extranet.networks.access import viewers_for
from extranet.networks.models import Membership, Network, NetworkState, Visibility


def add_everywhere(cast, state):
    """A material in each network and state of it, with owners who are and are not members there."""
    owners = itertools.cycle((cast["member"], cast["contact"], cast["staff"], cast["expert"], cast["newcomer"], cast["external"]))
    some = db.session.get(Material, cast["hr_material"])
    for network in db.session.scalars(select(Network)).all():
        for _owner in range(2):
            db.session.add(
                Material(
                    network_id=network.id, owner_id=next(owners), title=some.title, kind=some.kind, language=some.language,
                    state=state, sharing=Sharing.MAY_FORWARD,
                )
            )  # fmt: skip
    db.session.flush()


def tried(material, viewers):
    return sorted(viewer.user_id for viewer in viewers if can_see(viewer, material))


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        (MaterialState.DRAFT, None),
        (MaterialState.DRAFT, Visibility.SECRET),
        (MaterialState.PUBLISHED, None),
        (MaterialState.PUBLISHED, NetworkState.DRAFT),
        (MaterialState.PUBLISHED, Visibility.SECRET),
        (MaterialState.PUBLISHED, Visibility.PUBLIC),
    ],
)
def test_the_set_is_what_trying_gives(app, cast, state, kind):
    """Every person of the cast at every material, as the networks are, and with all of them in one state or of one visibility."""
    with app.app_context():
        for network in db.session.scalars(select(Network)).all():
            if isinstance(kind, NetworkState):
                network.state = kind
            elif kind:
                network.visibility = kind
        db.session.scalars(select(User)).first().state = UserState.SUSPENDED
        add_everywhere(cast, state)
        viewers = viewers_for(db.session.scalars(select(User.id)).all())
        everyone = [viewer.user_id for viewer in viewers]
        for material in db.session.scalars(select(Material).options(joinedload(Material.network))).all():
            expected = tried(material, viewers)
            where = f"{material.network.slug}, {material.state}, owner {material.owner_id}"
            if readers.is_for_everybody(material):
                assert expected == everyone and can_see(NOBODY, material), where
                continue
            assert not can_see(NOBODY, material), where
            assert sorted(readers.list_reader_ids(material)) == expected, where
            counted = readers.count_readers(material)
            assert counted.total == len(expected), where
            assert sorted(reader.id for reader in readers.list_readers(material)) == expected, where
            assert sum(crowd.many for crowd in readers.list_crowds(material)) == len(expected), where
            before, material.state = material.state, MaterialState.PUBLISHED
            after = tried(material, viewers)
            material.state = before
            if not readers.is_for_everybody(material, as_published=True):
                assert sorted(readers.list_reader_ids(material, as_published=True)) == after, where
        db.session.rollback()


def test_the_page_counts_once_a_minute_for_a_network(browser, cast, app, monkeypatch):
    """The counting grows with the people; the page that decides on publishing counts anew each time."""

    def told(address):
        return browser("moderator").get(address).text("[aria-labelledby=who]")

    page, publishing = f"/materials/{cast['hr_material']}/", f"/materials/{cast['hr_draft_material']}/publish"
    before = told(page), told(publishing)
    with app.app_context():
        db.session.execute(delete(Membership).where(Membership.user_id == cast["medlem"]))
        db.session.commit()
    assert told(page) == before[0] and told(publishing) != before[1]
    assert "henkilöä" in told(f"/materials/{cast['hr_draft_material']}/")  # another audience, counted by itself
    monkeypatch.setattr(page_queries, "_FRESH_SECONDS", -1.0)
    assert told(page) != before[0]
