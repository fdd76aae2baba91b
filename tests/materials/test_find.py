"""Finding: words, filters, counts, order, pages; never more than the person may open."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText, fold
from extranet.materials.filters import Filters
from extranet.materials.finding import find
from extranet.materials.models import Material, MaterialKind, MaterialLanguage, MaterialState, MaterialVersion
from extranet.materials.queries import list_latest, list_latest_for
from extranet.materials.text import sort_key


def titles(page):
    return [tag.get_text(strip=True) for tag in page.soup.select("#results .list__title")]


def add(cast, n, network="hr", **more):
    title = more.pop("title", f"Materiaali {n:03}")
    material = Material(
        **{
            "network_id": cast[f"network:{network}"],
            "owner_id": cast["moderator"],
            "kind": MaterialKind.GUIDE,
            "language": MaterialLanguage.FI,
            "state": MaterialState.PUBLISHED,
            "title": LocalText(fi=title),
            "search_text": fold(title),
            "title_key_fi": sort_key(title),
            "title_key_sv": sort_key(title),
            "updated_at": clock.now() - timedelta(days=400 + n),
        }
        | more
    )
    db.session.add(material)
    db.session.flush()
    db.session.add(
        MaterialVersion(
            material_id=material.id,
            number=1,
            file_name="x.pdf",
            size=1,
            mime="application/pdf",
            sha256="0" * 64,
            uploaded_by_id=cast["moderator"],
        )
    )
    return material


@pytest.fixture
def many(app, cast):
    """Fifty materials in the network instead of the few."""
    with app.app_context():
        db.session.execute(update(Material).values(state=MaterialState.ARCHIVED))
        for n in range(50):
            add(cast, n)
        db.session.commit()


@pytest.mark.parametrize("name", ["visitor", "newcomer", "member", "staff", "contact", "orgadmin", "moderator", "expert", "admin"])
@pytest.mark.parametrize("shelf", ["published", "drafts", "archived"])
def test_the_list_and_every_count_are_what_the_person_may_open(app, viewer, rows, browser, name, shelf):
    """I-29, T13: each filter, alone, leads to as many as it says."""
    someone = viewer(name)
    with app.app_context():
        found = find(someone, Filters(shelf=shelf))
        for facet, options in found.facets.items():
            for option in options:
                assert find(someone, Filters(shelf=shelf, **{facet: (option.value,)})).total == option.count > 0
    page = browser(name).get(f"/materials/?shelf={shelf}")
    assert len(titles(page)) == found.total
    for link in page.soup.select("#results .list__title a"):
        assert browser(name).get(link["href"]).status == 200


def test_each_role_finds_its_own(browser, cast):
    def ids(name):
        return {int(tag["href"].split("/")[2]) for tag in browser(name).get("/materials/").soup.select("#results .list__title a")}

    hr, core, advisory, public = (cast[f"{n}_material"] for n in ("hr", "core", "advisory", "public"))
    assert ids("visitor") == ids("newcomer") == ids("orgadmin") == {public}
    assert ids("member") == {hr, public}
    assert ids("contact") == ids("deputy") == {hr, core, public}
    assert ids("expert") == ids("admin") == {hr, core, advisory, public}


@pytest.mark.parametrize(
    "words", ["perehdytyksen", "PEREHDYTYKSEN kesätyö", "KESÄTYÖNTEKIJÄLLE", "introduktion", "viikolla muistilista", "2.pdf"]
)
def test_words(browser, words):
    assert titles(browser("member").get("/materials/?" + _query(q=words))) == ["Perehdytyksen muistilista kesätyöntekijälle"]


@pytest.mark.parametrize("words", ["kesatyontekija", "%", "_", "raadin", "x' OR '1'='1", "\\"])
def test_words_that_find_nothing(browser, words):
    page = browser("member").get("/materials/?" + _query(q=words))
    assert titles(page) == []
    assert page.has(".empty a[href='/materials/']")


def _query(**fields):
    from urllib.parse import urlencode

    return urlencode(fields)


def test_filters_combine_and_stay_in_the_address(browser):
    member = browser("member")
    assert len(titles(member.get("/materials/?network=hr&language=sv"))) == 1
    assert len(titles(member.get("/materials/?language=sv&language=fi"))) == 2
    assert len(titles(member.get("/materials/?topic=recruitment&kind=form"))) == 1
    assert titles(member.get("/materials/?topic=recruitment&kind=guide")) == []
    page = member.get("/materials/?kind=form&kind=guide&sort=title&q=malli")
    assert {tag["value"] for tag in page.soup.select("[name=kind][checked]")} == {"form", "guide"}
    assert page.soup.select_one("[name=q]")["value"] == "malli"
    assert page.soup.select_one("[name=sort] [selected]")["value"] == "title"
    assert "/materials/?q=malli&kind=guide&sort=title" in page.links()


def test_htmx_gets_only_the_results(browser):
    page = browser("member").get("/materials/?q=malli", target="results")
    assert "<html" not in page.html
    assert page.has("#results-count")
    assert page.has("form[hx-get='/materials/']")


def test_nonsense_in_the_address_is_left_out(browser):
    page = browser("member").get(
        "/materials/?page=123456x&page=x&kind=hat&year=20x6&sort=upwards&shelf=secret&language=en&network=hr-advisory-board"
    )
    assert page.status == 200
    assert titles(page) == []
    assert "asiantuntijaraati" not in page.text().lower()
    for number in ("123456x", "9" * 5000, "0"):
        assert browser("visitor").get(f"/materials/?page={number}").status == 200


def test_pages_are_full_and_the_last_one_is_not_passed(browser, many):
    member = browser("member")
    assert len(titles(member.get("/materials/"))) == 20
    assert len(titles(member.get("/materials/?page=3"))) == 10
    assert titles(member.get("/materials/?page=999")) == titles(member.get("/materials/?page=3"))
    assert "/materials/?sort=title&page=2" in member.get("/materials/?sort=title").links()


def test_order(app, browser, many, cast):
    with app.app_context():
        for n, title in enumerate(("Örebro", "ähtäri", "Åland", "Zäta", "abc")):
            add(cast, 900 + n, title=title, download_count=n)
        db.session.commit()
    member = browser("member")
    by_title = [titles(member.get(f"/materials/?sort=title&page={n}")) for n in (1, 2, 3)]
    assert by_title[0][0] == "abc"
    assert by_title[2][-4:] == ["Zäta", "Åland", "ähtäri", "Örebro"]
    assert titles(member.get("/materials/?sort=downloads"))[:2] == ["abc", "Zäta"]
    assert titles(member.get("/materials/"))[0] == "Materiaali 000"


def test_drafts_are_a_shelf_of_their_own(browser, cast):
    assert not browser("contact").get("/materials/").has("nav.chips")
    page = browser("member").get("/materials/?shelf=drafts")
    assert titles(page) == ["Etätyösopimuksen malli pieneen kuntaan"]
    assert "Luonnos" in page.text("#results .list")


def test_in_a_network_there_is_only_its_own(browser, cast):
    page = browser("expert").get("/networks/work-and-life-core/materials/")
    assert titles(page) == ["Joustomallin kokeilun ohje"]
    assert not page.has("[name=network]")
    assert "/networks/work-and-life-core/materials/new" in page.links()
    outside = browser("newcomer").get("/networks/hr/materials/")
    assert titles(outside) == ["Rekrytointi-ilmoituksen malli nimettömään hakuun"]
    assert "/networks/hr/materials/new" not in outside.links()


def test_the_latest_of_a_network_and_of_ones_own(app, viewer, cast):
    member, newcomer, pori = viewer("member"), viewer("newcomer"), viewer("pori")
    with app.app_context():
        assert [line.id for line in list_latest(member, cast["network:hr"], 5)] == [cast["hr_material"], cast["public_material"]]
        assert [line.id for line in list_latest(newcomer, cast["network:hr"], 5)] == [cast["public_material"]]
        assert [line.id for line in list_latest_for(pori)] == [cast["core_material"], cast["advisory_material"]]
        assert list_latest_for(newcomer) == []


@pytest.mark.parametrize(
    "address", ["/materials/", "/networks/hr/materials/", "/materials/?q=a&kind=guide&topic=ages&year=2026&network=hr"]
)
def test_the_number_of_queries_does_not_grow(browser, app, cast, count_queries, address):
    contact = browser("contact")
    contact.get(address)
    few = count_queries(lambda: contact.get(address))
    with app.app_context():
        for n in range(60):
            add(cast, n)
        db.session.commit()
    assert count_queries(lambda: contact.get(address)) <= few + 1  # reads what has changed
    assert count_queries(lambda: contact.get(address)) == few <= 8


def test_the_queries_of_one_material(browser, cast, count_queries):
    member = browser("member")
    member.get("/materials/")
    assert count_queries(lambda: member.get(f"/materials/{cast['hr_material']}/")) <= 8
    assert count_queries(lambda: member.get(f"/materials/{cast['hr_material']}/file")) <= 10
