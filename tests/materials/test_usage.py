"""Who has it: numbers for its keepers, names for administrators with a reason (D6)."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from extranet.audit.models import AuditEvent
from extranet.core import clock
from extranet.core.db import db
from extranet.materials.models import Download, Material, MaterialVersion
from extranet.materials.usage_tasks import forget_downloads


@pytest.fixture
def address(cast):
    return f"/materials/{cast['hr_material']}/"


@pytest.fixture
def downloads(app, cast, rows):
    """Contact and deputy have the current version, the member an old one, somebody without an account too."""
    versions = rows(MaterialVersion, MaterialVersion.material_id == cast["hr_material"])
    with app.app_context():
        for name, version in (("contact", 1), ("contact", 1), ("deputy", 1), ("member", 0), (None, 1)):
            db.session.add(Download(material_version_id=versions[version].id, user_id=cast[name] if name else None, at=clock.now()))
        db.session.commit()


def test_numbers_per_organisation_version_and_month(browser, address, downloads):
    page = browser("moderator").get(f"{address}usage")
    table = [[cell.get_text(" ", strip=True) for cell in row.select("th, td")][:3] for row in page.soup.select("tbody[role] tr")]
    assert [row[:2] for row in table] == [["Porvoo", "3"], ["Koski Tl", "1"]]
    assert table[0][2] == "2" and table[1][2].startswith("1 ")
    assert [dd.get_text() for dd in page.soup.select(".stats dd")] == ["5", "2", "2", "1"]
    assert page.soup.select("svg.chart .v")[-1].get_text() == "5" and len(page.soup.select("svg.chart .bar")) == 1
    assert [dd.get_text(strip=True)[0] for dd in page.soup.select("[aria-labelledby=by-version] dd")] == ["4", "1"]
    assert "Raasepori" in page.text("[aria-labelledby=lacking]") and "Porvoo" not in page.text("[aria-labelledby=lacking]")
    for name in ("Kaisa", "Virtasalo", "Milla"):
        assert name not in page.text("main"), "no person"


def test_a_contact_person_who_owns_one_does_not_learn_who_is_in_the_network(browser, app, cast, address, downloads):
    """I-09: she reaches the material, not the list of members, nor the organisations that they come from."""
    with app.app_context():
        db.session.execute(update(Material).where(Material.id == cast["hr_material"]).values(owner_id=cast["contact"]))
        db.session.commit()
    page = browser("contact").get(f"{address}usage")
    assert page.status == 200 and "Koski Tl" in page.text("tbody")
    assert not page.has("#lacking") and "Raasepori" not in page.text()


def test_names_only_for_a_reason_that_is_logged(browser, cast, address, downloads, rows):
    admin = browser("admin")
    form = admin.get(f"{address}usage/people")
    page = admin.submit(form, reason="  ")
    assert page.status == 422 and page.has("#reason-error") and "Virtasalo" not in page.html
    assert rows(AuditEvent, AuditEvent.name == "materials.look_at_people") == []
    page = admin.submit(form, reason="Väärä liite julkaistiin")
    assert "Kaisa Virtasalo" in page.text() and "Milla Lahdenpohja" in page.text()
    event = rows(AuditEvent, AuditEvent.name == "materials.look_at_people")[0]
    assert (event.user_id, event.reason, event.thing_id) == (cast["admin"], "Väärä liite julkaistiin", str(cast["hr_material"]))
    assert "Virtasalo" not in admin.get(f"{address}usage/people").html, "the next look asks again"
    for name in ("moderator", "expert", "contact"):
        got = browser(name).post(f"{address}usage/people", reason="Haluan")
        assert got.status == 403 and "Virtasalo" not in got.text("main")


def test_after_two_years_only_the_count_is_left(app, downloads, rows):
    with app.app_context():
        first = rows(Download)[0].id
        db.session.execute(update(Download).where(Download.id == first).values(at=clock.now() - timedelta(days=731)))
        forget_downloads()
        db.session.commit()
    assert len(rows(Download)) == 4


def test_a_constant_number_of_questions(browser, app, address, downloads, cast, rows, count_queries):
    moderator = browser("moderator")
    moderator.get(f"{address}usage")
    before = count_queries(lambda: moderator.get(f"{address}usage"))
    version = rows(MaterialVersion, MaterialVersion.material_id == cast["hr_material"])[0].id
    with app.app_context():
        db.session.add_all(Download(material_version_id=version, user_id=cast[name]) for name in ("expert", "pori", "helsinki", "staff"))
        db.session.commit()
    assert count_queries(lambda: moderator.get(f"{address}usage")) == before <= 8
