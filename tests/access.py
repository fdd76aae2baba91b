"""The permission table: one row per route and method, one column per role. Each package has its rows in test_access.py."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from extranet.core.db import db
from tests.conftest import Stage
from tests.page import Browser
from tests.people import ROLES, sign_in_all


@dataclass(frozen=True)
class Row:
    """`codes`: the status for each of tests.people.ROLES, in their order, separated by spaces. `url` takes names of the cast."""

    endpoint: str
    method: str
    url: str
    codes: str
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def expected(self) -> dict[str, int]:
        codes = [int(code) for code in self.codes.split()]
        assert len(codes) == len(ROLES), f"{self.endpoint}: {len(codes)} codes for {len(ROLES)} roles"
        return dict(zip(ROLES, codes, strict=True))


def check(stage: Stage, row: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    """Try the row as every role. Nothing is kept, so that each role meets the same world."""
    url = row.url.format(**{k.replace(":", "_").replace("-", "_"): v for k, v in (stage.ids | stage.things).items()})
    browsers = {role: Browser(stage.app) for role in ROLES}
    sign_in_all({user_id: browsers[role].client for role in ROLES if (user_id := stage.ids[role])}, stage.app)
    monkeypatch.setattr(db.session, "commit", db.session.rollback)
    got = {}
    for role, browser in browsers.items():
        data = {k: v() if callable(v) else v for k, v in row.data.items()}
        got[role] = _status(browser, row.method, url, data)
    wrong = {role: f"{got[role]}, not {code}" for role, code in row.expected.items() if got[role] != code}
    assert not wrong, f"{row.method} {url}: {wrong}"


def _status(browser: Browser, method: str, url: str, data: dict[str, Any]) -> int:
    if method == "GET":
        return browser.get(url).status
    return browser.post(url, **data).status if method == "POST" else browser.client.open(url, method=method).status_code
