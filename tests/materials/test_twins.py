"""Who sees which material: in Python and in SQL, by every person, in every state and way of sharing."""

import itertools

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from extranet.core.db import db
from extranet.core.viewer import NOBODY, SYSTEM
from extranet.materials.models import Material, MaterialState, Sharing
from extranet.materials.policy import can_renew, can_see, renewable_by, visible_to
from extranet.materials.tally import open_library, to_ids
from extranet.networks.access import viewer_for
from extranet.networks.models import Network, NetworkState


@pytest.fixture
def everybody(stage, app):
    with app.app_context():
        yield {name: viewer_for(i) for name, i in stage.ids.items() if i} | {"visitor": NOBODY, "system": SYSTEM}


def seen_by(viewer, materials):
    in_python = {material.id for material in materials if can_see(viewer, material)}
    in_sql = set(db.session.scalars(select(Material.id).where(visible_to(viewer))))
    return in_python, in_sql


def renewed_by(viewer, materials):
    in_python = {material.id for material in materials if can_renew(viewer, material)}
    return in_python, set(db.session.scalars(select(Material.id).where(renewable_by(viewer))))


def all_materials():
    return list(db.session.scalars(select(Material).options(joinedload(Material.network))))


@pytest.mark.parametrize("state", list(MaterialState))
def test_every_person_and_every_network(everybody, cast, state):
    """A material of each sharing in each network, owned by people who are and are not members there."""
    owners = itertools.cycle((cast["member"], cast["contact"], cast["staff"], cast["expert"], cast["newcomer"]))
    some = db.session.get(Material, cast["hr_material"])
    for network, sharing in itertools.product(db.session.scalars(select(Network)), Sharing):
        db.session.add(
            Material(
                network_id=network.id,
                owner_id=next(owners),
                title=some.title,
                kind=some.kind,
                language=some.language,
                state=state,
                sharing=sharing,
            )
        )
    db.session.flush()
    materials = all_materials()
    for name, viewer in everybody.items():
        in_python, in_sql = seen_by(viewer, materials)
        assert in_python == in_sql, name
        in_python, in_sql = renewed_by(viewer, materials)
        assert in_python == in_sql, f"{name} renews"
    assert seen_by(everybody["system"], materials)[0] == {material.id for material in materials}


@pytest.mark.parametrize("state", list(NetworkState))
def test_every_state_of_the_network(everybody, state):
    for network in db.session.scalars(select(Network)):
        network.state = state
    db.session.flush()
    materials = all_materials()
    for name, viewer in everybody.items():
        in_python, in_sql = seen_by(viewer, materials)
        assert in_python == in_sql, name
        in_python, in_sql = renewed_by(viewer, materials)
        assert in_python == in_sql, f"{name} renews"
    assert seen_by(everybody["admin"], materials)[0]


@pytest.mark.parametrize("state", list(NetworkState))
def test_the_tally_knows_the_same_rule(everybody, cast, state):
    """The third of the three: what counts are made of."""
    some = db.session.get(Material, cast["hr_material"])
    owners = itertools.cycle((cast["member"], cast["contact"], cast["staff"], cast["expert"], cast["newcomer"]))
    for network in list(db.session.scalars(select(Network))):
        network.state = state
        for kept, sharing in itertools.product(MaterialState, Sharing):
            more = {"title": some.title, "kind": some.kind, "language": some.language, "state": kept, "sharing": sharing}
            db.session.add(Material(network_id=network.id, owner_id=next(owners), **more))
    db.session.commit()
    for name, viewer in everybody.items():
        in_sql = set(db.session.scalars(select(Material.id).where(visible_to(viewer))))
        assert set(to_ids(open_library(viewer).visible)) == in_sql, name
