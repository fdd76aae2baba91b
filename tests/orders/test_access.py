"""Who orders and who sends: every address and every role."""

import pytest

from tests.access import Row, check
from tests.orders.conftest import WHERE

# visitor newcomer member staff contact deputy orgadmin moderator expert admin dpo
ALL = "302 200 200 200 200 200 200 200 200 200 200"
READERS = "302 404 200 404 200 200 404 200 200 200 404"
EDITORS = "302 404 403 404 403 403 404 200 200 200 404"
DESK = "302 403 403 403 403 403 403 200 200 200 403"
ACCESS = [
    Row("orders.index", "GET", "/orders/", ALL),
    Row("orders.new", "GET", "/orders/new?material={hr_material}", READERS),
    Row("orders.order", "POST", "/orders/new?material={hr_material}", READERS.replace("200", "303"), WHERE),
    Row("orders.cancel", "GET", "/orders/999999/cancel", "302 404 404 404 404 404 404 404 404 404 404"),
    Row("orders.cancel", "POST", "/orders/999999/cancel", "302 404 404 404 404 404 404 404 404 404 404"),
    Row("orders.desk", "GET", "/orders/desk", DESK),
    Row("orders.send", "POST", "/orders/desk/send", DESK.replace("200", "303")),
    Row("orders.export", "GET", "/orders/export", DESK),
    Row("orders.stock", "GET", "/orders/stock?material={hr_material}", EDITORS),
    Row("orders.set_stock", "POST", "/orders/stock?material={hr_material}", EDITORS.replace("200", "303"), {"stock": "40"}),
]


@pytest.mark.parametrize("row", ACCESS, ids=lambda r: f"{r.method} {r.endpoint}")
def test_access(stage, stock, row, monkeypatch):
    stock(100)
    check(stage, row, monkeypatch)


def test_without_a_stock_nobody_orders(browser, cast):
    for name in ("member", "contact", "admin"):
        assert browser(name).get(f"/orders/new?material={cast['hr_material']}").status == 403
