"""The home of a network: everything for its members, the public part for others."""

import pytest

from extranet.core.db import db
from extranet.networks.models import Network, NetworkState


def test_members_find_everything_in_one_place(browser):
    page = browser("member").get("/networks/hr/")
    for section in ("threads", "materials", "events", "pages", "purpose", "leader"):
        assert page.has(f"section[aria-labelledby={section}]"), section
    assert "/networks/hr/discussions/new" in page.links()
    assert "/networks/hr/pages/aloita-tasta" in page.links()


def test_outsiders_see_what_it_is_for_and_how_to_get_in(browser):
    for name in ("visitor", "newcomer"):
        page = browser(name).get("/networks/hr/")
        assert page.has("section[aria-labelledby=goals]") and page.has("section[aria-labelledby=who]")
        assert page.has("section[aria-labelledby=door]")
        assert not page.has("section[aria-labelledby=threads]") and not page.has("section[aria-labelledby=materials]")
        assert "/networks/hr/pages/aloita-tasta" not in page.links()
    assert "/sign-in?next=/networks/hr/join" in browser("visitor").get("/networks/hr/").links()


def test_a_staff_representative_gets_no_door_that_would_not_open(browser):
    assert not browser("staff").get("/networks/hr/").has("section[aria-labelledby=door]")


def test_contact_persons_get_the_materials_only(browser):
    page = browser("contact").get("/networks/hr/")
    assert page.has("section[aria-labelledby=materials]") and not page.has("section[aria-labelledby=threads]")


def test_an_administrator_does_not_read_the_discussions_by_looking_in(browser):
    auli = browser("admin")
    assert not auli.get("/networks/hr/").has("section[aria-labelledby=threads]")
    auli.post("/networks/hr/enter-discussions", reason="Ilmoitus.")
    assert auli.get("/networks/hr/").has("section[aria-labelledby=threads]")


def test_an_archived_network_says_so_and_offers_no_writing(browser, app, cast):
    with app.app_context():
        db.session.get(Network, cast["network:hr"]).state = NetworkState.ARCHIVED
        db.session.commit()
    page = browser("member").get("/networks/hr/")
    assert page.has("main .callout") and "/networks/hr/discussions/new" not in page.links()
    assert not browser("newcomer").get("/networks/hr/").has("section[aria-labelledby=door]")


@pytest.mark.parametrize("name", ["visitor", "newcomer", "member", "contact", "moderator"])
def test_the_home_needs_few_queries(browser, count_queries, name):
    someone = browser(name)
    someone.get("/networks/hr/")
    assert count_queries(lambda: someone.get("/networks/hr/")) <= 8


def test_the_home_is_never_kept_by_a_cache(browser):
    page = browser("member").get("/networks/hr/")
    assert page.headers["Cache-Control"] == "private, no-store"
    assert {"HX-Request", "HX-Target"} <= set(page.headers["Vary"].replace(" ", "").split(","))
