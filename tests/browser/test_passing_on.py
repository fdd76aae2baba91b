"""Passing a material on, ordering copies of it and saying whether it was useful, with JavaScript and without."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

MATERIAL = "/materials/{hr_material}/"
BOTH = pytest.mark.parametrize("javascript", [True, False], ids=["with-js", "without-js"])


@BOTH
def test_a_page_for_supervisors_opens_without_an_account(open_as, javascript):
    page = open_as("contact", MATERIAL, javascript=javascript)
    page.locator("a[href^='/sharing/new']").click()
    page.locator("#greeting").fill("Lukekaa tämä ennen kesää.")
    page.locator("#addresses").fill("ei osoite")
    page.locator("main form button.button").click()
    expect(page.locator("#addresses-error")).to_be_visible()
    expect(page.locator("#greeting")).to_have_value("Lukekaa tämä ennen kesää.")
    page.locator("#addresses").fill("esihenkilo@porvoo.example")
    page.locator("main form button.button").click()
    expect(page.locator("#flash .callout--ok")).to_be_visible()
    address = urlsplit(page.locator("#address").input_value()).path
    visitor = open_as("visitor", address, javascript=javascript)
    expect(visitor.locator("main")).to_contain_text("Lukekaa tämä ennen kesää.")
    with visitor.expect_download() as download:
        visitor.locator("main a[download]").first.click()
    assert download.value.suggested_filename.startswith("Perehdytyksen muistilista")
    page.locator("form[action$=revoke] button").click()
    expect(page.locator("#flash .callout--ok")).to_be_visible()
    visitor.goto(address)
    expect(visitor.locator("main a[download]")).to_have_count(0)


@BOTH
def test_a_link_for_one_person_outside(open_as, javascript):
    page = open_as("moderator", "/sharing/outside?material={hr_material}", javascript=javascript)
    page.locator("#name").fill("Olli Ulkopuoli")
    page.locator("#email").fill("olli@muualla.example")
    page.locator("main form button.button").click()
    expect(page).to_have_url(re.compile(r"/sharing/\d+/$"))
    expect(page.locator("main")).to_contain_text("olli@muualla.example")


@BOTH
def test_printed_copies_are_ordered_and_sent(open_as, javascript):
    page = open_as("contact", "/orders/new?material={hr_material}", javascript=javascript)
    page.locator("#quantity").fill("60")
    page.locator("main form button.button").click()
    expect(page.locator("#quantity-error")).to_be_visible()
    page.locator("#quantity").fill("3")
    page.locator("main form button.button").click()
    expect(page).to_have_url(re.compile("/orders/$"))
    desk = open_as("moderator", "/orders/desk", javascript=javascript)
    for box in desk.locator("[name=order]").all():
        box.check()
    desk.locator("form[action$=send] button.button").last.click()
    expect(desk.locator("#flash .callout--ok")).to_be_visible()
    expect(desk.locator("[name=order]")).to_have_count(0)


@BOTH
def test_an_answer_and_a_comment(open_as, javascript):
    page = open_as("member", MATERIAL, javascript=javascript)
    page.evaluate("window.sameDocument = true") if javascript else None
    page.locator("#useful [value=yes]").first.click()
    expect(page.locator("#useful button[value=yes]")).to_have_attribute("aria-pressed", "true")
    page.locator("#comment").fill("Juuri tätä tarvittiin.")
    page.locator("#useful form").last.locator("button").click()
    expect(page.locator("#flash .callout--ok")).to_be_visible()
    expect(page.locator("#comment")).to_have_value("Juuri tätä tarvittiin.")
    if javascript:
        assert page.evaluate("window.sameDocument"), "the whole page was loaded"
