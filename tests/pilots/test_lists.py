"""The lists, who sees which pilot in Python and in SQL, and how many queries the pages need."""

import itertools

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from extranet.core import clock
from extranet.core.db import db
from extranet.core.viewer import NOBODY, SYSTEM
from extranet.materials.models import Material, MaterialState
from extranet.networks.access import viewer_for
from extranet.networks.models import Network, NetworkState
from extranet.pilots.list_queries import list_waiting
from extranet.pilots.models import Pilot, PilotReview, PilotState
from extranet.pilots.policy import can_read, can_see, readable_by, visible_to


@pytest.fixture
def everybody(stage, app):
    with app.app_context():
        yield {name: viewer_for(i) for name, i in stage.ids.items() if i} | {"visitor": NOBODY, "system": SYSTEM}


def add_pilot(material, *reviewers):
    pilot = Pilot(material=material, material_id=material.id, version=1, started_by_id=material.owner_id, due=clock.today(), reviews=[])
    db.session.add(pilot)
    pilot.reviews += [PilotReview(user_id=reviewer, withdrawn_at=None) for reviewer in reviewers]
    return pilot


@pytest.mark.parametrize("state", [MaterialState.IN_PILOT, MaterialState.PUBLISHED, MaterialState.ARCHIVED])
@pytest.mark.parametrize("network_state", [NetworkState.ACTIVE, NetworkState.ARCHIVED])
def test_every_person_and_every_network(everybody, cast, state, network_state):
    owners = itertools.cycle((cast["member"], cast["contact"], cast["staff"], cast["newcomer"]))
    some = db.session.get(Material, cast["hr_material"])
    for network in db.session.scalars(select(Network)):
        network.state = network_state
        for withdrawn in (False, True):
            material = Material(
                network=network, owner_id=next(owners), title=some.title, kind=some.kind, language=some.language, state=state
            )
            db.session.add(material)
            db.session.flush()
            pilot = add_pilot(material, cast["medlem"], cast["staff"], cast["contact"], cast["pori"])
            for review in pilot.reviews:
                review.withdrawn_at = clock.now() if withdrawn else None
    db.session.flush()
    db.session.expire_all()
    whole = (joinedload(Pilot.material).joinedload(Material.network), selectinload(Pilot.reviews))
    pilots = list(db.session.scalars(select(Pilot).options(*whole)))
    for name, viewer in everybody.items():
        seen = {pilot.id for pilot in pilots if can_see(viewer, pilot)}
        assert seen == set(db.session.scalars(select(Pilot.id).where(visible_to(viewer)))), name
        readable = {pilot.id for pilot in pilots if can_read(viewer, pilot)}
        in_sql = select(Pilot.id).join(Material, Material.id == Pilot.material_id).where(readable_by(viewer))
        assert readable == set(db.session.scalars(in_sql)), name
    assert {pilot.id for pilot in pilots if can_see(everybody["admin"], pilot)} == {pilot.id for pilot in pilots}


def test_my_pilots(browser, cast):
    page = browser("medlem").get("/pilots/")
    assert "Din åsikt efterfrågas" in page.text("#todo-title")
    assert f"/pilots/{cast['hr_pilot']}/review" in page.links()
    page = browser("member").get("/pilots/")
    assert "Kaipaa muutoksia" in page.text("section[aria-labelledby=done-title]")
    page = browser("moderator").get("/pilots/")
    assert "2 kommenttia odottaa" in page.text("section[aria-labelledby=run-title]") and "1/3" in page.text()
    assert "Ei vielä kokeiluja" in browser("newcomer").get("/pilots/").text()


def test_the_pilots_of_a_material(browser, cast):
    owner = browser("member")
    assert f"/pilots/new?material={cast['hr_draft_material']}" in owner.get(f"/pilots/?material={cast['hr_draft_material']}").links()
    assert owner.get(f"/pilots/?material={cast['pilot_material']}").status == 404
    assert browser("moderator").get(f"/pilots/?material={cast['pilot_material']}").location == f"/pilots/{cast['hr_pilot']}/"
    assert "Inget försök" in browser("medlem").get(f"/pilots/?material={cast['hr_material']}").text()


def test_what_waits_on_the_front_page(app, cast, viewer, count_queries):
    with app.app_context():
        viewers = {name: viewer_for(cast[name]) for name in ("medlem", "member", "moderator")}
        found = {}
        assert count_queries(lambda: found.update({name: list_waiting(v) for name, v in viewers.items()})) == 3
    assert [(row.kind, row.id) for row in found["medlem"]] == [("review", cast["hr_pilot"])]
    assert found["member"] == []
    assert [(row.kind, row.count) for row in found["moderator"]] == [("answer", 2)]


def test_queries_do_not_grow(app, browser, cast, count_queries, pilot, link):
    moderator, medlem, guest = browser("moderator"), browser("medlem"), browser("visitor")
    pages = [
        (moderator, pilot), (moderator, f"{pilot}changes"), (moderator, f"{pilot}close"), (moderator, f"{pilot}invite"),
        (moderator, f"/pilots/new?material={cast['hr_draft_material']}"), (moderator, "/pilots/"), (medlem, "/pilots/"),
        (medlem, f"{pilot}review"), (guest, link),
    ]  # fmt: skip
    for person, address in pages:
        person.get(address)
    before = {address: count_queries(lambda p=person, a=address: p.get(a)) for person, address in pages}
    assert max(before.values()) <= 8, before
    with app.app_context():
        some = db.session.get(Material, cast["pilot_material"])
        for _n in range(5):
            material = Material(
                network_id=some.network_id, owner_id=cast["moderator"], title=some.title, kind=some.kind, language=some.language,
                state=MaterialState.IN_PILOT,
            )  # fmt: skip
            db.session.add(material)
            db.session.flush()
            add_pilot(material, cast["medlem"]).state = PilotState.OPEN
        db.session.commit()
    for person, address in pages:
        assert count_queries(lambda p=person, a=address: p.get(a)) <= before[address], address
