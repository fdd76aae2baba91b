"""Gathering materials: make, add, put in order, share, delete. Whoever looks sees only what is open to her anyway."""

import io
import zipfile

import pytest

from extranet.audit.models import AuditEvent
from extranet.collections.models import Collection, CollectionItem


def titles(page):
    return [tag.get_text(strip=True) for tag in page.soup.select(".list__title")]


def order(rows, cast):
    items = rows(CollectionItem, CollectionItem.collection_id == cast["hr_collection"])
    return [item.material_id for item in sorted(items, key=lambda item: item.position)]


def test_a_personal_collection_from_a_material(browser, cast, rows):
    contact = browser("contact")
    page = contact.get(f"/collections/add?material={cast['core_material']}")
    page = contact.submit(page, title="Joustot", note="Ensi viikon kokoukseen")
    assert page.response.request.path == f"/materials/{cast['core_material']}/"
    assert "Joustot" in page.text("#flash")
    made = rows(Collection, Collection.owner_id == cast["contact"])[0]
    assert (made.title, made.network_id) == ({"fi": "Joustot"}, None)
    shown = contact.get(made.path)
    assert titles(shown) == ["Joustomallin kokeilun ohje"]
    assert "Ensi viikon kokoukseen" in shown.text("#items")
    assert [event.name for event in rows(AuditEvent, AuditEvent.name.startswith("collections."))] == [
        "collections.create",
        "collections.add",
    ]


def test_several_from_the_list_into_one_that_is_there(browser, cast, rows):
    member = browser("member")
    address = f"/collections/add?material={cast['hr_material']}&material={cast['public_material']}&material={cast['advisory_material']}"
    page = member.get(address)
    assert "1 on jo mukana" in page.text("#collection")
    assert len(page.soup.select(".page-head li li, .page-head details li")) == 2
    page = member.submit(page, collection=str(cast["own_collection"]))
    assert titles(page) == ["Rekrytointi-ilmoituksen malli nimettömään hakuun", "Perehdytyksen muistilista kesätyöntekijälle"]


@pytest.mark.parametrize(
    ("data", "words"),
    [({}, "Valitse kokoelma"), ({"collection": "new"}, "Anna uudelle"), ({"collection": "999"}, "Valitse kokoelma")],
)
def test_an_answer_that_lacks_something(browser, cast, rows, data, words):
    got = browser("member").post(f"/collections/add?material={cast['hr_material']}", **data)
    assert got.status == 422
    assert words in got.text()
    assert len(rows(Collection)) == 2


def test_nobody_adds_to_what_is_not_hers_to_change(browser, cast, rows):
    before = order(rows, cast)
    got = browser("member").post(f"/collections/add?material={cast['hr_material']}", collection=str(cast["hr_collection"]))
    assert got.status == 422
    assert order(rows, cast) == before


def test_each_reader_sees_and_counts_her_own(browser, cast):
    """T13: the core team's material is in the HR network's collection; its members cannot open it."""
    contact, member = browser("contact").get("/collections/"), browser("member").get("/collections/")
    assert "3 materiaalia" in contact.text(".list")
    assert "2 materiaalia" in member.text(".list")
    seen = browser("member").get(f"/collections/{cast['hr_collection']}/")
    assert titles(seen) == ["Perehdytyksen muistilista kesätyöntekijälle", "Rekrytointi-ilmoituksen malli nimettömään hakuun"]
    assert "Aloita tästä." in seen.text("#items")
    assert "Joustomalli" not in seen.html
    assert "3" not in seen.text(".meta")
    assert len(titles(browser("contact").get(f"/collections/{cast['hr_collection']}/"))) == 3


def test_its_archive_holds_what_the_reader_may_open(browser, cast):
    """T04."""
    names = {}
    for who in ("member", "contact"):
        got = browser(who).get(f"/collections/{cast['hr_collection']}/zip")
        assert got.status == 200
        assert "filename*=UTF-8''Uuden%20HR-ammattilaisen%20alkupaketti.zip" in got.headers["Content-Disposition"]
        names[who] = zipfile.ZipFile(io.BytesIO(got.response.data)).namelist()
    assert len(names["contact"]) == 4
    assert set(names["contact"]) - set(names["member"]) == {"Joustomallin luonnos kokeiluun.pdf"}


def test_moving_passes_what_is_hidden_from_the_mover(browser, cast, rows):
    hr, core, public = (cast[f"{name}_material"] for name in ("hr", "core", "public"))
    assert order(rows, cast) == [hr, core, public]
    moderator = browser("moderator")
    page = moderator.get(f"/collections/{cast['hr_collection']}/")
    page = moderator.submit(page, f"#item-{public} form")
    assert titles(page)[0] == "Rekrytointi-ilmoituksen malli nimettömään hakuun"
    assert order(rows, cast) == [public, hr, core]
    got = moderator.post(f"/collections/{cast['hr_collection']}/items/{public}/move", target="items", follow=True, direction="down")
    assert "<html" not in got.html
    assert titles(got)[0] == "Perehdytyksen muistilista kesätyöntekijälle"
    moderator.post(f"/collections/{cast['hr_collection']}/items/{hr}/move", direction="up")
    assert order(rows, cast) == [hr, public, core]
    assert moderator.post(f"/collections/{cast['hr_collection']}/items/{core}/move", direction="up").status == 404


def test_a_note_and_taking_out(browser, cast, rows):
    moderator = browser("moderator")
    page = moderator.get(f"/collections/{cast['hr_collection']}/items/{cast['public_material']}/note")
    assert "Muokkaa pohjaa." in moderator.submit(page, note="Muokkaa pohjaa.").text("#items")
    moderator.post(f"/collections/{cast['hr_collection']}/items/{cast['public_material']}/remove")
    assert order(rows, cast) == [cast["hr_material"], cast["core_material"]]


def test_sharing_with_a_network_and_taking_it_back(browser, cast, rows):
    member = browser("member")
    address = f"/collections/{cast['own_collection']}/"
    page = member.submit(member.get(address + "edit"), title_sv="Egna fynd", network=str(cast["network:hr"]))
    assert "HR-verkosto" in page.text(".page-head")
    assert browser("medlem").get(address).text("h1") == "Egna fynd"
    assert browser("newcomer").get(address).status == 404
    editor = browser("moderator")
    page = editor.get(address + "edit")
    assert not page.has("[name=network]")
    assert editor.submit(page, title_fi="Poiminnat").text("h1") == "Poiminnat"
    assert rows(Collection, Collection.id == cast["own_collection"])[0].network_id == cast["network:hr"]
    member.post(address + "edit", title_fi="Poiminnat", network="me")
    assert editor.get(address).status == 404


def test_a_network_that_is_not_ones_own_cannot_be_chosen(browser, cast, rows):
    got = browser("newcomer").post("/collections/new", title_fi="Vieras", network=str(cast["network:hr"]))
    assert got.status == 422
    assert browser("newcomer").post("/collections/new", title_fi="", network="me").status == 422
    assert len(rows(Collection)) == 2


def test_deleting_leaves_the_materials(browser, cast, rows):
    moderator = browser("moderator")
    page = moderator.submit(moderator.get(f"/collections/{cast['hr_collection']}/delete"))
    assert "Kokoelma poistettiin" in page.text("#flash")
    assert rows(CollectionItem, CollectionItem.collection_id == cast["hr_collection"]) == []
    assert moderator.get(f"/materials/{cast['hr_material']}/").status == 200


def test_empty_ones_say_what_to_do(browser, cast):
    newcomer = browser("newcomer")
    assert "Ei vielä kokoelmia" in newcomer.get("/collections/").text()
    newcomer.post("/collections/new", title_fi="Tyhjä", network="me", follow=True)
    page = newcomer.get("/collections/")
    assert "Kokoelma on vielä tyhjä" in newcomer.get(page.soup.select_one(".list__title a")["href"]).text()


@pytest.mark.parametrize("address", ["/collections/", "/collections/{}/"])
def test_the_number_of_queries(browser, cast, count_queries, address):
    contact = browser("contact")
    url = address.format(cast["hr_collection"])
    contact.get(url)
    assert count_queries(lambda: contact.get(url)) <= 8
