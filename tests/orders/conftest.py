"""Printed copies to order."""

import pytest
from sqlalchemy import update

from extranet.core.db import db
from extranet.materials.models import Material

WHERE = {
    "quantity": "2",
    "receiver": "Porvoon kaupunki, HR",
    "street": "Raatihuoneenkatu 9",
    "postcode": "06100",
    "city": "Porvoo",
    "contact_name": "Kaisa Virtasalo",
    "contact_phone": "",
    "note": "",
}


@pytest.fixture
def stock(app, cast):
    """Set how many copies of the HR network's material there are."""

    def put(count, name="hr_material"):
        with app.app_context():
            db.session.execute(update(Material).where(Material.id == cast[name]).values(stock=count))
            db.session.commit()

    return put


@pytest.fixture
def order(browser, cast, stock, rows):
    """Order copies as somebody; answers the order's id."""
    from extranet.orders.models import PublicationOrder

    stock(100)

    def make(name="contact", **fields):
        assert browser(name).post(f"/orders/new?material={cast['hr_material']}", **(WHERE | fields)).status == 303
        return rows(PublicationOrder)[-1].id

    return make
