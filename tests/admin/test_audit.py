"""The audit log is read, narrowed down and taken away."""

import csv
import io
from datetime import timedelta

import pytest

from extranet.audit.log import event
from extranet.audit.models import AuditEvent
from extranet.core import clock
from extranet.core.db import db
from extranet.core.viewer import SYSTEM, Viewer


@pytest.fixture
def log(app, cast):
    """A few events: by two people and the service, in two networks, of different days."""
    with app.app_context():
        for n, (who, name, network, reason) in enumerate(
            [
                ("moderator", "discussions.close", "hr", "Aihe on käsitelty."),
                ("member", "networks.join", "hr", None),
                ("member", "networks.join", "work-and-life", None),
                ("expert", "organisations.confirm", None, None),
            ]
        ):
            made = event(Viewer(user_id=cast[who], ip="192.0.2.7"), name, None, reason, rank=n)
            made.network_id = cast[f"network:{network}"] if network else None
            made.at = clock.now() - timedelta(days=10 - n)
            made.thing, made.thing_id = ("user", str(cast["contact"])) if n == 3 else ("thread", str(n))
            db.session.add(made)
        db.session.add(event(SYSTEM, "organisations.expire"))
        db.session.commit()


def shown(page):
    return [code.get_text() for code in page.soup.select("code")]


def test_the_latest_is_first_and_says_who_what_when_and_from_where(browser, log):
    page = browser("dpo").get("/admin/audit/")
    assert shown(page) == ["organisations.expire", "organisations.confirm", "networks.join", "networks.join", "discussions.close"]
    second = page.text("#events li:nth-of-type(2)")
    for word in ("Eero Koskivuori", "Kaisa Virtasalo", "192.0.2.7", "rank: 3"):
        assert word in second
    assert "palvelu itse" in page.text("#events li")
    assert "Aihe on käsitelty." in page.text("#events li:last-child") and "HR-verkosto" in page.text("#events li:last-child")


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("event=networks", 2),
        ("event=networks.join", 2),
        ("event=networks.jo", 0),
        ("who=Milla", 2),
        ("who=lahdenpohja+milla", 2),
        ("who=member%40extranet.example", 2),
        ("who=%25", 0),
        ("thing=thread&thing_id=0", 1),
        ("reason=käsitelty", 1),
        ("network={hr}", 2),
        ("organisation=638", 0),
        ("since={nine}&until={eight}", 2),
        ("since=nonsense", 5),
    ],
)
def test_the_filters_narrow_it_down(browser, log, cast, asked, count):
    days = {name: (clock.today() - timedelta(days=n)).isoformat() for name, n in (("nine", 9), ("eight", 8))}
    page = browser("admin").get("/admin/audit/?" + asked.format(hr=cast["network:hr"], **days))
    assert len(shown(page)) == count
    assert page.has("#events .empty") == (count == 0)


def test_old_pages_are_reached_by_key_at_the_same_cost(browser, app, count_queries):
    with app.app_context():
        db.session.add_all(event(SYSTEM, f"test.number_{n}") for n in range(120))
        db.session.commit()
    admin = browser("admin")
    first = admin.get("/admin/audit/?event=test")
    assert len(shown(first)) == 50
    older = first.soup.select_one("#events a[href*='before=']")["href"]
    assert shown(admin.get(older))[0] == "test.number_69"
    assert count_queries(lambda: admin.get("/admin/audit/?event=test")) == count_queries(lambda: admin.get("/admin/audit/?event=none")) <= 8
    part = admin.get(older, target="events")
    assert "<html" not in part.html and len(shown(part)) == 50


def test_the_export_has_what_was_asked_for_and_is_itself_recorded(browser, rows, log, cast, app):
    with app.app_context():
        db.session.add(event(Viewer(user_id=cast["member"]), "networks.leave", None, "=1+1"))
        db.session.commit()
    response = browser("dpo").get("/admin/audit/export?event=networks").response
    lines = list(csv.DictReader(io.StringIO(response.get_data().decode("utf-8-sig"))))
    assert [line["event"] for line in lines] == ["networks.leave", "networks.join", "networks.join"]
    assert lines[0]["reason"] == "'=1+1"
    assert lines[1]["who"] == "Milla Lahdenpohja"
    assert response.headers["Content-Disposition"].startswith("attachment")
    exported = rows(AuditEvent, AuditEvent.name == "admin.export_audit")
    assert [(e.user_id, e.detail["events"]) for e in exported] == [(cast["dpo"], 3)]


def test_reading_changes_nothing(browser, rows, log):
    before = len(rows(AuditEvent))
    browser("admin").get("/admin/audit/")
    assert len(rows(AuditEvent)) == before
