"""The counts behind the filters are as fresh as the database, whoever changed it, and exact to a thousand."""

import pytest
from sqlalchemy import select, update

from extranet.core.db import db
from extranet.materials import tally
from extranet.materials.filters import Filters, Shelf
from extranet.materials.finding import find
from extranet.materials.models import Audience, Material, MaterialState
from extranet.materials.stamp_models import MaterialStamp
from extranet.networks.models import Network, Visibility
from tests.materials.test_find import add, titles


def options(page, name):
    """What the filter offers: value and the number beside it."""
    return {
        tag["value"]: tag.find_parent("label").select_one(".count").get_text(strip=True)
        for tag in page.soup.select(f"#filters [name={name}]")
    }


def number(rows):
    return rows(MaterialStamp)[0].number


def test_filters_for_whom_and_for_series(browser, app, cast):
    with app.app_context():
        for n in range(3):
            add(cast, n, series="Hyvät käytännöt", audience=Audience.SUPERVISORS)
        add(cast, 4, series="Hyvät käytännöt")
        add(cast, 5, series="Salainen sarja", network="hr-advisory-board")
        db.session.commit()
    member = browser("member")
    page = member.get("/materials/")
    assert options(page, "series") == {"Hyvät käytännöt": "4"}
    assert options(page, "audience") == {"all": "3", "supervisors": "3"}
    page = member.get("/materials/?audience=supervisors&series=Hyv%C3%A4t+k%C3%A4yt%C3%A4nn%C3%B6t")
    assert len(titles(page)) == 3
    assert options(page, "audience") == {"all": "1", "supervisors": "3"}
    assert not page.has(".series-name")
    assert "Salainen" not in member.get("/materials/?series=Salainen+sarja").text(".list, .empty")


def test_each_of_several_processes_sees_every_change(app, browser, cast, viewer, rows):
    """T15: what one process writes, another one that has counted before counts anew: here one that forgets and one that does not."""
    member = viewer("member")
    with app.app_context():
        before = find(member, Filters()).total
        kept = tally._tallies[db.engine]
        db.session.execute(update(Material).where(Material.id == cast["hr_material"]).values(state=MaterialState.ARCHIVED))
        db.session.commit()
        assert find(member, Filters()).total == before - 1
        tally._tallies[db.engine] = kept
        assert find(member, Filters()).total == before - 1


def test_publishing_archiving_editing_and_replacing_are_counted_at_once(browser, app, cast):
    """T15: through the product's own acts, in the same request cycle."""
    moderator, contact = browser("moderator"), browser("contact")
    assert options(contact.get("/networks/hr/materials/"), "kind") == {"guide": "1", "form": "1"}
    moderator.post(f"/materials/{cast['hr_draft_material']}/publish")
    assert options(contact.get("/networks/hr/materials/"), "kind") == {"guide": "1", "form": "2"}
    page = moderator.get(f"/materials/{cast['hr_draft_material']}/edit")
    moderator.submit(page, kind="minutes", title_fi="Aivan toinen nimi", abstract_fi="")
    page = contact.get("/networks/hr/materials/?q=aivan+toinen")
    assert options(page, "kind") == {"minutes": "1"}
    assert titles(page) == ["Aivan toinen nimi"]
    assert titles(contact.get("/networks/hr/materials/?q=et%C3%A4ty%C3%B6sopimuksen+pieneen")) == []
    moderator.post(f"/materials/{cast['hr_draft_material']}/archive")
    assert options(contact.get("/networks/hr/materials/"), "kind") == {"guide": "1", "form": "1"}


def test_what_was_replaced_leaves_the_list(app, browser, cast):
    """D4: it is found on a shelf of its own, with a badge; the newer one stands in the list, once it is published."""
    with app.app_context():
        newer = db.session.get(Material, cast["hr_draft_material"])
        newer.replaces_id = cast["hr_material"]
        db.session.commit()
    member = browser("member")
    assert "Perehdytyksen muistilista kesätyöntekijälle" in titles(member.get("/materials/"))
    browser("moderator").post(f"/materials/{cast['hr_draft_material']}/publish")
    assert "Perehdytyksen muistilista kesätyöntekijälle" not in titles(member.get("/materials/"))
    assert "Perehdytyksen" not in member.get("/networks/hr/").text()
    page = member.get("/materials/?shelf=replaced")
    assert titles(page) == ["Perehdytyksen muistilista kesätyöntekijälle"]
    assert "Korvattu uudemmalla" in page.text("#results .list")
    browser("moderator").post(f"/materials/{cast['hr_draft_material']}/archive")
    assert "Perehdytyksen muistilista kesätyöntekijälle" in titles(member.get("/materials/"))


def test_a_network_that_closes_takes_its_counts_along(app, browser, cast):
    """T06: and back."""
    assert options(browser("newcomer").get("/materials/"), "kind") == {"form": "1"}
    for visibility, seen in ((Visibility.SECRET, {}), (Visibility.PUBLIC, {"form": "1"})):
        with app.app_context():
            db.session.execute(update(Network).where(Network.id == cast["network:hr"]).values(visibility=visibility))
            db.session.commit()
        page = browser("newcomer").get("/materials/")
        assert options(page, "kind") == seen
        assert ("HR-verkosto" in page.text("#filters")) == bool(seen)


def test_downloads_make_nobody_count_anew(browser, cast, rows):
    before = number(rows)
    browser("member").get(f"/materials/{cast['hr_material']}/file")
    browser("member").get(f"/materials/zip?material={cast['hr_material']}")
    assert number(rows) == before
    browser("moderator").post(f"/materials/{cast['hr_material']}/archive")
    assert number(rows) == before + 1


def test_a_transaction_that_is_taken_back_leaves_no_number(app, cast, rows):
    before = number(rows)
    with app.app_context():
        db.session.get(Material, cast["hr_material"]).series = "Ei tule"
        db.session.flush()
        db.session.rollback()
        db.session.commit()
    assert number(rows) == before


@pytest.mark.parametrize("who", ["member", "contact"])
def test_more_than_a_thousand(browser, app, cast, viewer, who):
    """Counts are exact to a thousand; the list itself is found on an index and not by ids."""
    with app.app_context():
        for n in range(1_010):
            add(cast, n, title=f"Materiaali {n:04}", series="Pitkä sarja" if n % 2 else "")
        db.session.commit()
        person = viewer(who)
        for filters in (
            Filters(),
            Filters(kind=("guide",)),
            Filters(q="materiaali"),
            Filters(network=("hr",), audience=("all",), year=("2026",)),
        ):
            found = find(person, filters)
            assert found.total > 1_000
            assert len(found.lines) == 20
            last = find(person, Filters(**{**filters.__dict__, "page": found.pages}))
            assert len(last.lines) == (found.total - 1) % 20 + 1
        assert set(db.session.scalars(select(Material.id))) >= {line.id for line in found.lines}
    page = browser(who).get("/materials/")
    assert options(page, "kind")["guide"] == "yli 1\u00a0000"
    assert options(page, "series")["Pitkä sarja"] == "505"


def test_the_address_is_short_and_always_the_same():
    from werkzeug.datastructures import MultiDict

    asked = MultiDict(
        [("series", "B"), ("kind", "guide"), ("kind", "guide"), ("q", "  a "), ("sort", "newest"), ("page", "1"), ("shelf", "x")]
    )
    assert Filters.read(asked).address("/materials/") == "/materials/?q=a&kind=guide&series=B"
    assert Filters(shelf=Shelf.REPLACED, page=3).cleared("/m/") == "/m/?shelf=replaced"
