"""A table is uploaded, looked at, and written or thrown away."""

import fcntl
import io
from datetime import timedelta

import pytest
import sqlalchemy as sa

from extranet.admin.imports import LOCK
from extranet.admin.models import ImportFile
from extranet.admin.tasks import sweep_imports
from extranet.audit.models import AuditEvent
from extranet.core import clock
from extranet.core.db import db
from extranet.organisations.models import Organisation
from tests.admin.imports import csv_of

GOOD = csv_of(("code", "name_fi", "kind"), ["049", "Espoo", "municipality"])
MIXED = csv_of(("code", "name_fi", "kind"), ["049", "Espoo", "municipality"], ["050", "Eura", "circus"])


def upload(admin, content, name="kunnat.csv"):
    return admin.post("/admin/imports/", kind="organisations", file=(io.BytesIO(content), name))


def test_looking_writes_nothing_and_writing_writes_once(browser, rows):
    admin = browser("admin")
    before = len(rows(Organisation))
    shown = admin.get(upload(admin, GOOD).location)
    assert shown.text(".stats") == "uusi 1 muuttunut 0 ennallaan 0 hylätty 0"
    assert len(rows(Organisation)) == before
    done = admin.submit(shown, "form[action$=apply]")
    assert done.has("#flash .callout--ok")
    assert rows(Organisation, Organisation.code == "049") and rows(ImportFile) == []
    assert [e.name for e in rows(AuditEvent)] == ["admin.upload_import", "organisations.add", "admin.import", "admin.apply_import"]


def test_refused_rows_are_shown_with_their_line_and_stop_the_writing(browser, rows):
    admin = browser("admin")
    shown = admin.get(upload(admin, MIXED).location)
    assert shown.text("section[aria-labelledby=refused] tbody th") == "3"
    assert "circus" in shown.text("section[aria-labelledby=refused]")
    assert admin.submit(shown, "form[action$=apply]").status == 422
    assert rows(Organisation, Organisation.code == "049") == []
    assert admin.submit(shown, "form[action$=apply]", skip_refused="y").status == 200
    assert len(rows(Organisation, Organisation.code.in_(["049", "050"]))) == 1


@pytest.mark.parametrize("content", [b"\x00\x00", b"colour\nred\n"])
def test_what_is_no_table_is_refused_at_once(browser, rows, content):
    page = upload(browser("admin"), content)
    assert page.status == 422
    assert page.has("#file-error")
    assert rows(ImportFile) == []


def test_an_empty_form_comes_back(browser):
    page = browser("admin").post("/admin/imports/", kind="people")
    assert page.status == 422 and page.has("#file-error")


def test_a_file_is_thrown_away_or_swept_after_a_day(browser, rows, app):
    admin = browser("admin")
    shown = admin.get(upload(admin, GOOD).location)
    assert admin.submit(shown, "form[action$=discard]").status == 200
    assert rows(ImportFile) == [] and rows(Organisation, Organisation.code == "049") == []
    upload(admin, GOOD)
    with app.app_context():
        sweep_imports()
        assert db.session.scalar(sa.select(sa.func.count()).select_from(ImportFile)) == 1
        db.session.execute(sa.update(ImportFile).values(uploaded_at=clock.now() - timedelta(hours=25)))
        sweep_imports()
        db.session.commit()
    assert rows(ImportFile) == []


def test_two_imports_cannot_be_written_at_once(browser, rows, stage):
    admin = browser("admin")
    shown = admin.get(upload(admin, GOOD).location)
    config = stage.app.extensions["extranet"]
    if config.is_sqlite:
        with (config.data / "import.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            refused = admin.submit(shown, "form[action$=apply]")
    else:
        with stage.app.app_context(), db.engine.connect() as other:
            other.execute(sa.select(sa.func.pg_advisory_lock(LOCK)))
            refused = admin.submit(shown, "form[action$=apply]")
            other.execute(sa.select(sa.func.pg_advisory_unlock(LOCK)))
    assert refused.status == 422
    assert rows(Organisation, Organisation.code == "049") == []
    assert admin.submit(shown, "form[action$=apply]").status == 200
