"""The door, the audit log, imports and settings: administrators, and the data-protection officer for the log (domain.md §7.9)."""

import io

import pytest

from extranet.admin.models import ImportFile
from extranet.core.db import db
from tests.access import Row, check

#                  vis new mem stf con dep org mod exp adm dpo
ADMINS = "302 404 404 404 404 404 404 404 404 {} 404"
READERS = "302 404 404 404 404 404 404 404 404 200 200"
SETTINGS = {"service_name_fi": "Portaali", "service_email": "palvelu@extranet.example", "languages": ["fi", "sv"]}


def table():
    return io.BytesIO(b"code,name_fi,kind\n049,Espoo,municipality\n"), "kunnat.csv"


ACCESS = [
    Row("admin.index", "GET", "/admin/", ADMINS.format(200)),
    Row("admin.audit", "GET", "/admin/audit/", READERS),
    Row("admin.audit_export", "GET", "/admin/audit/export", READERS),
    Row("admin.settings", "GET", "/admin/settings/", ADMINS.format(200)),
    Row("admin.settings", "POST", "/admin/settings/", ADMINS.format(303), SETTINGS),
    Row("admin.import_files", "GET", "/admin/imports/", ADMINS.format(200)),
    Row("admin.import_files", "POST", "/admin/imports/", ADMINS.format(303), {"kind": "organisations", "file": table}),
    Row("admin.import_file", "GET", "/admin/imports/901/", ADMINS.format(200)),
    Row("admin.apply_import", "POST", "/admin/imports/901/apply", ADMINS.format(303)),
    Row("admin.discard_import", "POST", "/admin/imports/901/discard", ADMINS.format(303)),
]


@pytest.fixture
def waiting(app):
    """A file that has been uploaded."""
    with app.app_context():
        db.session.add(ImportFile(id=901, kind="organisations", name="kunnat.csv", content=b"code,name_fi,kind\n049,Espoo,municipality\n"))
        db.session.commit()


@pytest.mark.parametrize("row", ACCESS, ids=lambda r: f"{r.method} {r.endpoint}")
def test_access(stage, row, monkeypatch, waiting):
    check(stage, row, monkeypatch)


def test_the_way_in_is_shown_to_those_who_may_go(browser):
    assert browser("admin").get("/organisations/").has("a[href='/admin/']")
    dpo = browser("dpo").get("/organisations/")
    assert dpo.has("a[href='/admin/audit/']") and not dpo.has("a[href='/admin/']")
    assert not browser("expert").get("/organisations/").has("a[href^='/admin/']")


def test_every_page_of_the_index_is_there(browser):
    admin = browser("admin")
    links = [a["href"] for a in admin.get("/admin/").soup.select(".card--link a")]
    assert len(links) == 7
    assert {url: admin.get(url).status for url in links} == dict.fromkeys(links, 200)
