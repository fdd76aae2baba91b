"""Finding and getting materials with the mouse, with the keyboard, and without JavaScript."""

import re
import zipfile

import pytest
from playwright.sync_api import expect


def press_and_save(page, name):
    with page.expect_download() as started:
        page.get_by_role("button", name=name).click()
    return zipfile.ZipFile(started.value.path()), started.value.suggested_filename


@pytest.mark.parametrize("javascript", [True, False], ids=["with-js", "without-js"])
def test_ticked_materials_come_as_one_archive(open_as, javascript):
    page = open_as("contact", "/materials/?kind=guide&kind=form&sort=title", javascript=javascript)
    everything = page.get_by_label("Valitse kaikki tältä sivulta")
    if javascript:
        page.get_by_role("button", name=re.compile("^Lataa valitut")).click()
        expect(page.locator("#flash")).to_contain_text("Yhtään materiaalia ei ole valittu")
        everything.check()
        expect(page.locator("[data-chosen]")).to_have_text("3")
        page.locator("[data-choice]").first.uncheck()
        expect(page.locator("[data-chosen]")).to_have_text("2")
    else:
        expect(everything).to_be_hidden()
        for box in (1, 2):
            page.locator("[data-choice]").nth(box).check()
    packed, name = press_and_save(page, re.compile("^Lataa valitut"))
    assert re.fullmatch(r"Materiaalit \d+\.\d+\.\d{4}\.zip", name)
    assert packed.namelist() == ["Sisällys.txt", "Perehdytyksen muistilista kesätyöntekijälle 2.pdf", "Rekryteringsannons, modell åäö.pdf"]
    assert packed.testzip() is None


def test_filters_and_order_change_the_list_and_go_back(open_as):
    page = open_as("contact", "/materials/")
    page.evaluate("window.sameDocument = true")
    everything = page.locator("#results-count").inner_text()
    page.locator("#filter-kind-guide").check()
    expect(page).to_have_url(re.compile(r"/materials/\?kind=guide$"))
    expect(page.locator("#results-count")).to_have_text("2 materiaalia")
    expect(page.locator("#filter-kind-guide")).to_be_focused()
    page.locator("#materials-sort").focus()
    page.locator("#materials-sort").select_option("title")
    expect(page).to_have_url(re.compile(r"/materials/\?kind=guide&sort=title$"))
    expect(page.locator("#filter-kind-guide")).to_be_checked()
    expect(page.locator("#materials-sort")).to_be_focused()
    page.locator("#filter-audience-all").check()
    expect(page).to_have_url(re.compile("audience=all"))
    assert page.evaluate("window.sameDocument"), "the whole page was loaded"
    page.go_back()
    expect(page).not_to_have_url(re.compile("audience"))
    expect(page.locator("#filter-audience-all")).not_to_be_checked()
    expect(page.locator("#filter-kind-guide")).to_be_checked()
    page.go_back()
    page.go_back()
    expect(page.locator("#results-count")).to_have_text(everything)
    expect(page.locator(".main-nav")).to_be_visible()


def test_filters_work_without_javascript(open_as):
    page = open_as("contact", "/materials/", javascript=False)
    page.locator("#filter-kind-guide").check()
    page.locator("#materials-sort").select_option("title")
    page.get_by_role("button", name="Näytä tulokset").click()
    expect(page.locator("#results-count")).to_have_text("2 materiaalia")
    expect(page.locator("#materials-sort")).to_have_value("title")


@pytest.mark.parametrize("javascript", [True, False], ids=["with-js", "without-js"])
def test_a_favourite_by_keyboard(open_as, site, javascript):
    page = open_as("member", "/materials/", javascript=javascript)
    star = page.locator(site.path("#star-{hr_material}"))
    page.locator(site.path("[data-choice][value='{hr_material}']")).check()
    star.focus()
    star.press("Enter")
    expect(star).to_have_attribute("aria-pressed", "true")
    expect(page.locator("nav.chips")).to_contain_text("Omat suosikit")
    if javascript:
        expect(star).to_be_focused()
        expect(page.locator("[data-choice]:checked")).to_have_count(1)
    star.press("Enter")
    expect(star).to_have_attribute("aria-pressed", "false")
    page.goto(site.path("/materials/{hr_material}/"))
    page.locator("#star").focus()
    page.locator("#star").press("Space")
    expect(page.locator("#star")).to_have_attribute("aria-pressed", "true")
    if javascript:
        expect(page.locator("#star")).to_be_focused()


@pytest.mark.parametrize("javascript", [True, False], ids=["with-js", "without-js"])
def test_a_collection_is_put_in_order(open_as, site, javascript):
    page = open_as("moderator", "/collections/{hr_collection}/", javascript=javascript)
    page.locator(site.path("#down-{hr_material}")).focus()
    page.locator(site.path("#down-{hr_material}")).press("Enter")
    expect(page.locator("#items .list__title").last).to_have_text("Perehdytyksen muistilista kesätyöntekijälle")
    page.locator(site.path("#up-{hr_material}")).click()
    expect(page.locator("#items .list__title").first).to_have_text("Perehdytyksen muistilista kesätyöntekijälle")
