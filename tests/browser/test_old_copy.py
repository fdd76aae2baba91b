""" "You have an old copy" (D5): from the bell to the difference and the new file, with JavaScript and without."""

import io

import pytest
from playwright.sync_api import expect

from extranet.demo.files import make_pdf
from tests.browser.test_every_page import faults, overflow
from tests.jobs.work import work_off
from tests.page import Browser

MATERIAL = "/materials/{hr_material}/"
LINES = ["Tämä on esimerkkiaineistoa.", "Ohje on lyhyt, jotta sen ehtii lukea.", "Uutta: kulkulupa ja lounas."]


@pytest.fixture
def replaced(site):
    """The member has version 2; then the moderator brings version 3, and the worker does the rest."""
    Browser(site.stage.app, site.stage.ids["member"]).get(site.path(f"{MATERIAL}file"))
    moderator, address = Browser(site.stage.app, site.stage.ids["moderator"]), site.path(f"{MATERIAL}replace")
    new = (io.BytesIO(make_pdf("Perehdytyksen muistilista, 3. versio", LINES)), "muistilista 3.pdf")
    form = f"form[action='{address}']"
    assert moderator.submit(moderator.get(address), form, file=new, note="Lounas lisätty", follow=False).status == 303
    work_off(site.stage.app)


@pytest.mark.usefixtures("replaced")
@pytest.mark.parametrize("javascript", [True, False], ids=["with-js", "without-js"])
def test_from_the_notice_to_the_new_file(open_as, site, javascript):
    page = open_as("member", "/notifications/", javascript=javascript)
    page.get_by_role("main").get_by_text("Ladattu kopio on vanha").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mikä muuttui")
    expect(page.locator(".difference ins").filter(has_text="lounas")).to_have_count(1)
    expect(page.locator(".difference del").filter(has_text="ensimmäisen viikon ohjelma")).to_have_count(1)
    expect(page.get_by_role("main")).to_contain_text("Lounas lisätty")
    if javascript:
        assert not faults(page)
        page.set_viewport_size({"width": 320, "height": 900})
        assert not overflow(page)
    with page.expect_download() as download:
        page.locator("a.button[download]").click()
    assert download.value.suggested_filename == "muistilista 3.pdf"
    page.goto(site.path(MATERIAL))
    expect(page.get_by_text("Ladattu kopio on vanha")).to_have_count(0)
