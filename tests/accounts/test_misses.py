"""Wrong links of all kinds: counted by network address, each kind by itself, for a while."""

import time_machine

from extranet.accounts.misses import MISSES
from extranet.accounts.models import LinkMiss
from extranet.accounts.tasks import sweep
from extranet.core import clock
from extranet.core.db import db
from tests.accounts.conftest import at

LINKS = {"sharing": "/shared/guess", "pilots": "/pilots/review/guess", "calendars": "/calendars/feed/guess.ics"}


def test_each_kind_of_link_is_counted_by_itself(browser, rows):
    visitor = browser("visitor", "fi")
    for kind, link in LINKS.items():
        assert 429 not in [visitor.get(link).status for _ in range(MISSES)]
        page = visitor.get(link)
        assert page.status == 429 and page.text("h1") == "Liian monta yritystä" and 0 < int(page.headers["Retry-After"]) <= 901
        assert "noindex" in page.headers["X-Robots-Tag"]
        assert len(rows(LinkMiss, LinkMiss.kind == kind)) == MISSES


def test_an_ipv6_customer_is_one_address(browser):
    for host in range(MISSES):
        assert at(browser("visitor"), f"2001:db8:7:7::{host:x}").get(LINKS["sharing"]).status == 410
    assert at(browser("visitor"), "2001:db8:7:7:ffff::1").get(LINKS["sharing"]).status == 429
    assert at(browser("visitor"), "2001:db8:7:8::1").get(LINKS["sharing"]).status == 410


def test_they_are_forgotten_after_a_day(app, browser, rows):
    browser("visitor").get(LINKS["pilots"])
    for days, left in ((0, 1), (2, 0)):
        with time_machine.travel(clock.days_ago(-days), tick=False), app.app_context():
            sweep()
            db.session.commit()
        assert len(rows(LinkMiss)) == left
