"""The desk: what is to be sent, several at once, and the table to take away."""

import io

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from extranet.audit.models import AuditEvent
from extranet.core.db import db
from extranet.core.viewer import NOBODY
from extranet.mail.models import Letter
from extranet.materials.models import Material
from extranet.networks.access import viewer_for
from extranet.orders.models import PublicationOrder
from extranet.orders.policy import can_see, visible_to


def test_several_are_sent_at_once(browser, order, rows):
    first, second, third = order(), order("member"), order()
    moderator = browser("moderator")
    page = moderator.get("/orders/desk")
    assert len(page.soup.select("input[name=order]")) == 3
    done = moderator.submit(page, "form[action$=send]", order=[first, second])
    assert len(done.soup.select("input[name=order]")) == 1
    assert [o.state for o in rows(PublicationOrder)] == ["sent", "sent", "received"]
    assert [letter.to for letter in rows(Letter)[-2:]] == ["contact@extranet.example", "member@extranet.example"]
    moderator.post("/orders/desk/send", order=[first])
    assert len(rows(Letter)) == 5, "sending twice writes no second letter"
    assert moderator.post(f"/orders/{first}/cancel", reason="Myöhässä").status == 422
    moderator.post(f"/orders/{third}/cancel", reason="Loppui")
    assert moderator.post("/orders/desk/send", order=[third]).status == 422
    assert moderator.post("/orders/desk/send").status == 303


def test_filters(browser, cast, order):
    order()
    moderator = browser("moderator")
    assert not moderator.get("/orders/desk?state=sent").has("table")
    assert not moderator.get(f"/orders/desk?material={cast['public_material']}").has("table")
    assert moderator.get(f"/orders/desk?state=all&material={cast['hr_material']}").has("table")
    assert moderator.get("/orders/desk?state=nonsense&material=x&page=99").status == 200


def test_one_desk_shows_nothing_of_another(app, browser, cast, order):
    """The leader of one network neither sees nor sends what was ordered in another."""
    number = order()
    with app.app_context():
        db.session.execute(update(Material).where(Material.id == cast["hr_material"]).values(network_id=cast["network:work-and-life"]))
        db.session.commit()
    moderator = browser("moderator")
    assert not moderator.get("/orders/desk?state=all").has("table")
    moderator.post("/orders/desk/send", order=[number])
    assert moderator.get(f"/orders/{number}/cancel").status == 404
    assert browser("expert").get("/orders/desk").has("table")


def test_the_table_runs_nothing_and_is_logged(browser, order, rows):
    order(receiver='=HYPERLINK("http://evil.example","x")', note="+1")
    got = browser("moderator").get("/orders/export?state=all")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(got.response.data)).get_sheet_by_index(0).to_python()
    assert len(sheet) == 2 and '=HYPERLINK("http://evil.example","x")' in sheet[1] and "06100" in sheet[1]
    assert b"<f>" not in got.response.data
    event = rows(AuditEvent, AuditEvent.name == "orders.export")[0]
    assert (event.user_id is not None, event.detail) == (True, {"orders": 1, "state": "all"})


@pytest.fixture
def two_orders(order):
    order("contact")
    order("member")


def test_whose_orders(two_orders, stage, app):
    with app.app_context():
        everybody = {name: viewer_for(i) for name, i in stage.ids.items() if i} | {"visitor": NOBODY}
        orders = list(
            db.session.scalars(select(PublicationOrder).options(joinedload(PublicationOrder.material).joinedload(Material.network)))
        )
        for name, viewer in everybody.items():
            in_sql = set(db.session.scalars(select(PublicationOrder.id).where(visible_to(viewer))))
            assert in_sql == {o.id for o in orders if can_see(viewer, o)}, name


def test_the_lists_ask_a_constant_number_of_questions(browser, order, count_queries):
    order()
    contact, moderator = browser("contact"), browser("moderator")
    pages = [(contact, "/orders/"), (moderator, "/orders/desk"), (moderator, "/orders/export")]
    before = [count_queries(lambda someone=someone, url=url: someone.get(url)) for someone, url in pages]
    for _ in range(4):
        order()
    assert [count_queries(lambda someone=someone, url=url: someone.get(url)) for someone, url in pages] == before
    assert max(before) <= 8


def test_editors_set_the_stock(browser, cast, rows):
    moderator = browser("moderator")
    form = moderator.get(f"/orders/stock?material={cast['hr_material']}")
    moderator.submit(form, stock="120")
    assert rows(Material, Material.id == cast["hr_material"])[0].stock == 120
    for wrong in ("-1", "monta", "100001"):
        page = moderator.post(f"/orders/stock?material={cast['hr_material']}", stock=wrong)
        assert page.status == 422 and page.has("#stock-error")
    moderator.submit(form, stock="")
    assert rows(Material, Material.id == cast["hr_material"])[0].stock is None
