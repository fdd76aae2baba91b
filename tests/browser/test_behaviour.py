"""What the page does beyond links and forms: swaps, messages, focus, and what is left behind."""

import re

import pytest
from playwright.sync_api import expect

THREAD = "/discussions/{hr_thread}/"


def reply(page, text):
    page.locator("#body").fill(text)
    page.get_by_role("button", name="Lähetä vastaus").click()


def test_a_reply_comes_in_place_and_is_announced(open_as):
    page = open_as("member", THREAD)
    page.evaluate("window.sameDocument = true")
    reply(page, "Meillä on **valmis pohja**.")
    expect(page.locator("#replies .post").last).to_contain_text("Meillä on valmis pohja.")
    expect(page.locator("#flash .callout--ok")).to_be_visible()
    assert page.evaluate("window.sameDocument"), "the whole page was loaded"
    assert page.evaluate("window.sameDocument"), "the whole page was loaded"
    assert page.evaluate("document.getElementById('flash').getAttribute('role')") == "status"


def test_focus_goes_to_what_must_be_corrected(open_as):
    page = open_as("member", THREAD)
    reply(page, "")
    expect(page.locator("#talk [data-errors]")).to_be_focused()
    expect(page).to_have_title(re.compile("^Virhe: (?!Virhe)"))
    page.locator("#talk [data-errors] a").click()
    expect(page.locator("#body")).to_be_focused()
    reply(page, "Nyt tekstin kera.")
    expect(page.locator("#replies .post").last).to_contain_text("Nyt tekstin kera.")
    expect(page).not_to_have_title(re.compile("Virhe"))


def test_focus_goes_to_the_new_reply(open_as):
    page = open_as("member", THREAD)
    reply(page, "Kiitos.")
    expect(page.locator("#replies .post").last).to_contain_text("Kiitos.")
    expect(page.locator("#replies .post").last).to_be_focused()


def test_a_lost_connection_is_said_and_the_text_stays(open_as, watch):
    watch.allowed += ["ERR_FAILED", "htmx:error"]
    page = open_as("member", THREAD)
    page.route("**/reply", lambda route: route.abort())
    reply(page, "Pitkä ajatus.")
    expect(page.locator("#flash .callout--warn")).to_contain_text("Yhteys katkesi")
    expect(page.locator("#body")).to_have_value("Pitkä ajatus.")


def test_a_broken_server_is_said_and_the_text_stays(open_as, watch):
    watch.allowed.append("502")
    page = open_as("member", THREAD)
    page.route("**/reply", lambda route: route.fulfill(status=502, content_type="text/html", body="<h1>Bad gateway</h1>"))
    reply(page, "Pitkä ajatus.")
    expect(page.locator("#flash .callout--danger")).to_contain_text("virhe")
    expect(page.locator("#body")).to_have_value("Pitkä ajatus.")
    expect(page.get_by_text("Bad gateway")).to_have_count(0)


def test_signed_out_meanwhile_keeps_the_text(open_as):
    page = open_as("member", THREAD)
    page.context.clear_cookies(name="session")
    reply(page, "Pitkä ajatus.")
    expect(page.locator("#flash .callout--danger")).to_be_visible()
    expect(page.locator("#body")).to_have_value("Pitkä ajatus.")


def test_two_presses_send_one_reply(open_as):
    page = open_as("member", THREAD)
    before = page.locator("#replies .post").count()
    page.locator("#body").fill("Kerran vain.")
    page.get_by_role("button", name="Lähetä vastaus").dblclick()
    expect(page.locator("#flash .callout--ok")).to_be_visible()
    page.reload()
    assert page.locator("#replies .post").count() == before + 1


@pytest.mark.parametrize("javascript", [True, False], ids=["with-js", "without-js"])
def test_a_text_is_previewed_and_stays_in_its_field(open_as, javascript):
    page = open_as("member", THREAD, javascript=javascript)
    page.locator("#body").fill("## Otsikko\n\n- **vahva** <script>alert(1)</script>")
    button = page.locator("#talk [formaction$='/preview']")
    if javascript:
        button.click()
        shown = page.locator("#talk .editor__preview")
    else:
        with page.context.expect_page() as opened:
            button.click()
        shown = opened.value.locator("#preview")
    expect(shown.locator("strong")).to_have_text("vahva")
    expect(shown.locator("script")).to_have_count(0)
    assert page.locator("#body").input_value().startswith("## Otsikko")


def test_the_toolbar_formats_what_is_selected(open_as):
    page = open_as("member", THREAD)
    text = page.locator("#body")
    text.fill("tärkeää")
    text.press("ControlOrMeta+a")
    page.evaluate("customElements.whenDefined('md-bold')")
    page.locator("#talk md-bold").click()
    expect(text).to_have_value("**tärkeää**")


def test_pages_without_an_editor_load_no_editor(open_as):
    page = open_as("member", "/")
    assert not [
        url for url in page.evaluate("performance.getEntriesByType('resource').map((e) => e.name)") if "editor" in url or "markdown" in url
    ]


def test_the_language_switch_keeps_the_page(open_as, site):
    page = open_as("member", THREAD)
    page.locator(".app-header [value=sv]").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    assert page.url == site.url + site.path(THREAD)


def test_after_signing_out_nothing_of_members_pages_is_left(open_as):
    """T52."""
    page = open_as("member", THREAD)
    page.goto("/")
    page.locator(".menu--user summary").click()
    page.get_by_role("button", name="Kirjaudu ulos").click()
    expect(page.get_by_role("link", name="Kirjaudu sisään").first).to_be_visible()
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    for _ in range(2):
        page.go_back()
        expect(page.locator(".app-header--public")).to_have_count(1)
        expect(page.locator("#replies")).to_have_count(0)


def test_going_back_through_a_filter_shows_whole_pages(open_as):
    page = open_as("member", "/discussions/")
    page.locator("#threads .chip").nth(1).click()
    expect(page).to_have_url(re.compile("only="))
    page.go_back()
    expect(page).not_to_have_url(re.compile("only="))
    expect(page.locator(".main-nav")).to_be_visible()
    expect(page.locator("#threads .chip").first).to_have_attribute("aria-current", "true")
