"""The star: on the page, in the list, on a shelf of one's own."""

from sqlalchemy import update

from extranet.audit.models import AuditEvent
from extranet.core.db import db
from extranet.materials.favourite_models import Favourite
from extranet.materials.models import Material, MaterialState


def pressed(page, selector="#star"):
    return page.soup.select_one(selector)["aria-pressed"]


def test_a_favourite_is_found_again(browser, cast, rows):
    member = browser("member")
    page = member.get(f"/materials/{cast['hr_material']}/")
    assert pressed(page) == "false"
    page = member.submit(page, "#get form")
    assert pressed(page) == "true"
    assert page.text("#flash") == "Materiaali on nyt suosikeissa."
    assert [(row.user_id, row.material_id) for row in rows(Favourite)] == [(cast["member"], cast["hr_material"])]
    assert rows(AuditEvent, AuditEvent.name == "materials.favourite")[0].thing_id == str(cast["hr_material"])
    shelf = member.get("/materials/?shelf=favourites")
    assert [tag["href"] for tag in shelf.soup.select("#results .list__title a")] == [f"/materials/{cast['hr_material']}/"]
    assert shelf.text("nav.chips [aria-current]") == "Omat suosikit 1"
    assert pressed(shelf, f"#star-{cast['hr_material']}") == "true"
    assert pressed(member.submit(page, "#get form")) == "false"
    assert rows(Favourite) == []


def test_the_star_of_the_list_comes_back_to_the_list(browser, cast):
    contact = browser("contact")
    page = contact.get("/materials/?kind=form&sort=title")
    assert page.soup.select_one("#stars [name=next]")["value"] == "/materials/?kind=form&sort=title"
    button = page.soup.select_one(f"#star-{cast['public_material']}")
    assert button["form"] == "stars"
    got = contact.post(button["formaction"], target="results", follow=True, next="/materials/?kind=form&sort=title")
    assert "<html" not in got.html
    assert pressed(got, f"#star-{cast['public_material']}") == "true"


def test_twice_is_once_and_a_visitor_sees_no_star(browser, cast, rows):
    for _ in range(2):
        assert browser("member").post(f"/materials/{cast['hr_material']}/favourite").status == 303
    assert len(rows(Favourite)) == 1
    assert not browser("visitor").get("/materials/").has(".star")
    assert not browser("visitor").get(f"/materials/{cast['public_material']}/").has(".star")


def test_what_may_no_longer_be_seen_is_neither_shown_nor_counted(browser, cast, app):
    member = browser("member")
    for name in ("hr_material", "public_material"):
        member.post(f"/materials/{cast[name]}/favourite")
    assert "Omat suosikit 2" in member.get("/materials/").text("nav.chips")
    with app.app_context():
        db.session.execute(update(Material).where(Material.id == cast["hr_material"]).values(state=MaterialState.ARCHIVED))
        db.session.commit()
    assert "Omat suosikit 1" in member.get("/materials/").text("nav.chips")
    assert len(member.get("/materials/?shelf=favourites").soup.select("#results .list__title")) == 1
