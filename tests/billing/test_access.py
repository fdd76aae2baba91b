"""Who splits costs, who sees a share, who keeps billing details: every address and every role."""

import pytest

from tests.access import Row, check
from tests.billing.conftest import PROFILE

# visitor newcomer member staff contact deputy orgadmin moderator expert admin dpo
DESK = "302 403 403 403 403 403 403 200 200 200 403"
NOTHING = "302 403 403 403 403 403 403 404 404 404 403"
OWN = "302 403 403 403 200 200 200 403 403 200 403"
ALL = "302 200 200 200 200 200 200 200 200 200 200"
COST = {"kind": "venue", "label": "Sali", "amount": "100", "vat_percent": "25,5"}
ACCESS = [
    Row("billing.costs", "GET", "/events/{hr_event}/costs", DESK),
    Row("billing.add_line", "POST", "/events/{hr_event}/costs/add", DESK.replace("200", "303"), COST),
    Row("billing.remove_line", "POST", "/events/{hr_event}/costs/lines/999999/remove", NOTHING),
    Row("billing.confirm", "GET", "/events/{hr_event}/costs/approve", DESK),
    Row("billing.approve", "POST", "/events/{hr_event}/costs/approve", DESK.replace("200", "422")),
    Row("billing.correct", "POST", "/events/{hr_event}/costs/correct", DESK.replace("200", "422"), {"reason": "Lasku tarkentui"}),
    Row("billing.table", "GET", "/events/{hr_event}/costs/999999/table", NOTHING),
    Row("billing.invoices", "GET", "/events/{hr_event}/costs/999999/invoices", NOTHING),
    Row("billing.index", "GET", "/billing/", ALL),
    Row("billing.profile", "GET", "/billing/profile/638", OWN),
    Row("billing.save_profile", "POST", "/billing/profile/638", OWN.replace("200", "303"), PROFILE),
]


@pytest.mark.parametrize("row", ACCESS, ids=lambda r: f"{r.method} {r.endpoint}")
def test_access(stage, row, monkeypatch):
    check(stage, row, monkeypatch)


def test_an_external_lead_splits_the_costs_of_her_network_only(browser, cast, day, pay, approve):
    event = day({"638": ["attended"], "091": ["attended"]}, network="work-and-life")
    pay(event, name="external")
    assert "1" in approve(event, "external").text("h1 ~ *, main")
    assert browser("external").get(f"/events/{cast['hr_event']}/costs").status in (403, 404)
