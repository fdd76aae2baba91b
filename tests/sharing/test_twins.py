"""Who may pass what on, and whose share is whose: in Python and in SQL, by every person."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from extranet.core.db import db
from extranet.core.viewer import NOBODY, SYSTEM
from extranet.materials.models import Material, Sharing
from extranet.networks.access import viewer_for
from extranet.sharing.models import Share
from extranet.sharing.policy import can_forward, can_see, forwardable_by, visible_to


@pytest.fixture
def everybody(stage, app):
    with app.app_context():
        yield {name: viewer_for(i) for name, i in stage.ids.items() if i} | {"visitor": NOBODY, "system": SYSTEM}


@pytest.mark.parametrize("sharing", list(Sharing))
def test_what_may_be_passed_on(everybody, sharing):
    materials = list(db.session.scalars(select(Material).options(joinedload(Material.network))))
    for material in materials:
        material.sharing = sharing
    db.session.flush()
    for name, viewer in everybody.items():
        in_sql = set(db.session.scalars(select(Material.id).where(forwardable_by(viewer))))
        assert in_sql == {m.id for m in materials if can_forward(viewer, m)}, name


@pytest.fixture
def two_shares(forward):
    forward("contact")
    forward("member")


def test_whose_shares(two_shares, everybody):
    shares = list(db.session.scalars(select(Share)))
    for name, viewer in everybody.items():
        in_sql = set(db.session.scalars(select(Share.id).where(visible_to(viewer))))
        assert in_sql == {s.id for s in shares if can_see(viewer, s)}, name


def test_the_lists_ask_a_constant_number_of_questions(browser, forward, cast, count_queries):
    path = forward("contact", cast["hr_material"], cast["public_material"])
    contact, moderator, visitor = browser("contact"), browser("moderator"), browser("visitor")
    pages = {"/sharing/": contact, f"/sharing/of/{cast['hr_material']}": moderator, path: visitor}
    before = {url: count_queries(lambda someone=someone, url=url: someone.get(url)) for url, someone in pages.items()}
    for _ in range(4):
        forward("contact")
    after = {url: count_queries(lambda someone=someone, url=url: someone.get(url)) for url, someone in pages.items()}
    assert after == before and max(after.values()) <= 8
