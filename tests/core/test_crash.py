"""When everything fails, a person still gets a page with words, and nobody a stack trace."""

import logging

import pytest
from sqlalchemy.exc import OperationalError

from extranet.core.db import db


@pytest.fixture
def gone(monkeypatch):
    def fail(*_args, **_more):
        raise OperationalError("select", {}, Exception("the database is gone"))

    for name in ("execute", "scalar", "scalars"):
        monkeypatch.setattr(db.session, name, fail)


@pytest.mark.parametrize("target", [None, "main"])
def test_without_a_database_there_is_a_page_in_three_languages(browser, gone, caplog, target):
    with caplog.at_level(logging.CRITICAL):
        page = browser("visitor").get("/networks/", target=target)
    assert page.status == 500
    assert "Traceback" not in page.html
    if target is None:
        assert {"sv", "en"} <= {str(p.get("lang")) for p in page.soup.select("main p")}
        assert "Yritä uudelleen" in page.text()
