"""Who gets in. One row per route and method."""

import pytest

from extranet.core import clock
from tests.access import Row, check
from tests.organisations.conftest import wish

#                                                          vis new mem stf con dep org mod exp adm dpo
EVERYBODY = "302 200 200 200 200 200 200 200 200 200 200"
OUTSIDE = "302 {0} {0} {0} {1} {2} {3} {0} {4} {5} {0}".format
ADMIN = OUTSIDE(403, 403, 403, 403, 403, "{}").format
PORVOO = "/organisations/638/"
REASON = {"reason": "Työtehtävä vaihtui."}
FACTS = {"name_fi": "Uusi Oy", "kind": "municipal_company", "languages": "fi", "parent_id": "", "successor_id": ""}

ACCESS = [
    Row("organisations.index", "GET", "/organisations/", EVERYBODY),
    Row("organisations.organisation", "GET", PORVOO, EVERYBODY),
    Row("organisations.organisation", "GET", "/organisations/nobody/", "302" + " 404" * 10),
    Row("organisations.confirm_details", "POST", PORVOO + "confirm-details", OUTSIDE(403, 303, 303, 303, 403, 303)),
    Row("organisations.propose", "GET", PORVOO + "appointments/propose", OUTSIDE(403, 200, 200, 200, 403, 200)),
    Row("organisations.propose", "POST", PORVOO + "appointments/propose", OUTSIDE(403, 303, 303, 303, 403, 303), wish()),
    Row("organisations.confirm", "GET", PORVOO + "appointments/901/confirm", OUTSIDE(404, 403, 403, 403, 200, 200)),
    Row("organisations.confirm", "POST", PORVOO + "appointments/901/confirm", OUTSIDE(404, 403, 403, 403, 303, 303)),
    Row("organisations.reject", "GET", PORVOO + "appointments/901/reject", OUTSIDE(404, 403, 403, 403, 200, 200)),
    Row("organisations.reject", "POST", PORVOO + "appointments/901/reject", OUTSIDE(404, 403, 403, 403, 303, 303), REASON),
    Row("organisations.end", "GET", PORVOO + "appointments/1/end", OUTSIDE(404, 200, 403, 200, 200, 200)),
    Row("organisations.end", "POST", PORVOO + "appointments/1/end", OUTSIDE(404, 303, 403, 303, 303, 303), REASON | {"ends_on": clock.today().isoformat()}),
    Row("organisations.make_lead", "POST", PORVOO + "appointments/1/make-lead", OUTSIDE(404, 403, 403, 303, 303, 303)),
    Row("organisations.add", "GET", "/organisations/add", ADMIN(200)),
    Row("organisations.add", "POST", "/organisations/add", ADMIN(303), FACTS | {"code": "YHTIO1"}),
    Row("organisations.change", "GET", PORVOO + "change", ADMIN(200)),
    Row("organisations.change", "POST", PORVOO + "change", ADMIN(303), FACTS),
    Row("organisations.move", "GET", PORVOO + "people/{contact}/move", ADMIN(200)),
    Row("organisations.move", "POST", PORVOO + "people/{contact}/move", ADMIN(303), {"organisation_id": "1"}),
]  # fmt: skip


@pytest.mark.parametrize("row", ACCESS, ids=lambda r: f"{r.method} {r.endpoint}")
def test_access(stage, row, monkeypatch, proposal):
    check(stage, row, monkeypatch)
