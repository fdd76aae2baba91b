"""What people do with the demo's materials: pilots, orders, favourites, answers, pages and links for others."""

from sqlalchemy import func, select

from extranet.accounts.models import User
from extranet.collections.models import Collection, CollectionItem
from extranet.core import clock
from extranet.materials.favourite_models import Favourite
from extranet.materials.feedback_models import Feedback
from extranet.materials.models import Material
from extranet.orders.models import PublicationOrder
from extranet.pilots.models import Pilot, PilotComment, PilotReview
from extranet.sharing.models import Share, ShareItem


def count(session, model, *where):
    return session.scalar(select(func.count()).select_from(model).where(*where))


def test_publications_are_ordered(demo):
    orders = list(demo.scalars(select(PublicationOrder)))
    assert len(orders) == 12
    assert {order.state.value for order in orders} == {"received", "sent", "cancelled"}
    assert count(demo, PublicationOrder, PublicationOrder.state == "received") == 4
    stocks = dict(demo.execute(select(Material.id, Material.stock).where(Material.stock.is_not(None))).all())
    assert {order.material_id for order in orders} <= set(stocks)
    assert [order for order in orders if order.state == "received" and order.quantity > 50] == []
    assert [order for order in orders if bool(order.wiped_at) != (not order.receiver)] == []


def test_whatever_is_in_a_pilot_has_one(demo):
    open_pilots = set(demo.scalars(select(Pilot.material_id).where(Pilot.state == "open")))
    assert set(demo.scalars(select(Material.id).where(Material.state == "in_pilot"))) == open_pilots
    assert count(demo, Pilot, Pilot.state == "open", Pilot.due < clock.today()) >= 1
    over = set(demo.scalars(select(Pilot.material_id).where(Pilot.state == "closed")))
    assert set(demo.scalars(select(Material.id).where(Material.state == "revised"))) < over
    answered = select(func.count()).select_from(PilotComment).join(PilotReview).join(Pilot)
    assert demo.scalar(answered.where(Pilot.state == "closed", PilotComment.answered_at.is_(None))) == 0
    assert demo.scalar(answered.where(Pilot.state == "open", PilotComment.answered_at.is_(None))) >= 3


def test_answers_are_counted(demo):
    for material in demo.scalars(select(Material).where(Material.useful_count + Material.not_useful_count > 0)):
        answers = [row.is_useful for row in demo.scalars(select(Feedback).where(Feedback.material_id == material.id))]
        assert (answers.count(True), answers.count(False)) == (material.useful_count, material.not_useful_count)
    assert count(demo, Feedback, Feedback.comment != "", Feedback.handled_at.is_(None)) >= 5


def test_networks_and_people_have_collections(demo):
    items = select(Collection.id, Collection.network_id, func.count()).join(CollectionItem, CollectionItem.collection_id == Collection.id)
    rows = demo.execute(items.group_by(Collection.id, Collection.network_id)).all()
    assert len([row for row in rows if row.network_id]) >= 3 and len([row for row in rows if row.network_id is None]) >= 3
    assert len([row for row in rows if row[2] >= 3]) >= 4


def test_named_people_have_favourites(demo):
    mine = select(func.count()).select_from(Favourite).join(User, User.id == Favourite.user_id)
    assert demo.scalar(mine.where(User.email == "member@extranet.example")) == 6
    assert demo.scalar(mine.where(User.email == "contact@extranet.example")) == 7


def test_materials_are_passed_on_only_where_they_may(demo):
    shares = list(demo.scalars(select(Share)))
    assert {share.kind.value for share in shares} == {"forward", "outside"}
    assert len([share for share in shares if share.is_running]) >= 3 and [share for share in shares if share.revoked_at]
    sent = (
        select(Material.sharing, Share.kind)
        .join(ShareItem, ShareItem.material_id == Material.id)
        .join(Share, Share.id == ShareItem.share_id)
    )
    assert {row.sharing for row in demo.execute(sent.where(Share.kind == "forward"))} == {"may_forward"}
    assert [share for share in shares if share.is_outside and not (share.reason and share.receiver_email.endswith(".example"))] == []
