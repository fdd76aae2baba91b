"""Everything by keyboard, the focus always in sight, and nothing that jumps about."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_every_page import faults, turn_to

MAIN = [("visitor", "/"), ("member", "/"), ("member", "/networks/hr/"), ("member", "/discussions/{hr_thread}/"), ("member", "/materials/"),
        ("member", "/events/{hr_event}/"), ("visitor", "/sign-in")]  # fmt: skip

FOCUSED = """() => {
  const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
  const bar = document.querySelector(".main-nav"), fixed = bar && getComputedStyle(bar).position === "fixed" && !bar.contains(element);
  const floor = fixed ? bar.getBoundingClientRect().top : innerHeight;
  const inside = (e) => parseFloat(getComputedStyle(e).outlineWidth) >= 2 && getComputedStyle(e).outlineStyle !== "none";
  return {
    end: element === document.body || element.matches(".skip"),
    what: element.outerHTML.slice(0, 110),
    ring: inside(element) || [...(element.closest("label, .editor")?.children ?? []), element.closest("label, .editor")].some((e) => e && inside(e))
      || (style.borderColor !== "" && element.matches("input, textarea, select")),
    seen: box.bottom > 0 && box.top < floor && box.width > 0,
  };
}"""


def test_the_first_tab_offers_to_skip_the_menu(open_as):
    page = open_as("member", "/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_a_menu_opens_and_closes_by_keyboard(open_as):
    page = open_as("member", "/")
    menu, summary = page.locator(".menu--user"), page.locator(".menu--user summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.menu__panel') !== null")
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()


def test_a_click_elsewhere_or_tabbing_on_closes_the_menu(open_as):
    page = open_as("member", "/")
    menu, summary = page.locator(".menu--user"), page.locator(".menu--user summary")
    summary.click()
    page.locator("h1").click()
    expect(menu).not_to_have_attribute("open", "")
    summary.click()
    page.locator(".menu__panel button").last.focus()
    page.keyboard.press("Tab")
    expect(menu).not_to_have_attribute("open", "")


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize(("who", "path"), MAIN)
def test_whoever_tabs_through_sees_where_she_is(open_as, who, path, width):
    page = open_as(who, path, width=width)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_in_viewport()
    for _ in range(25):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUSED)
        if focus["end"]:
            break
        assert focus["ring"], f"no ring: {focus['what']}"
        assert focus["seen"], f"out of sight: {focus['what']}"


def test_open_menus_are_accessible_too(open_as):
    page = open_as("moderator", "/discussions/{hr_thread}/")
    for theme in ("light", "dark"):
        turn_to(page, theme)
        for number in range(3):
            page.evaluate(f"document.querySelectorAll('[data-menu]').forEach((menu, i) => menu.open = i === {number})")
            assert not faults(page)


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize(("who", "path"), MAIN)
def test_nothing_jumps_while_the_page_loads(open_as, site, who, path, width):
    page = open_as(who, "/nowhere", width=width)
    page.goto(site.path(path), wait_until="networkidle")
    shifts = page.evaluate("""() => new Promise((done) => {
      let sum = 0;
      new PerformanceObserver((list) => { for (const shift of list.getEntries()) sum += shift.value; }).observe({ type: "layout-shift", buffered: true });
      requestAnimationFrame(() => setTimeout(() => done(sum), 100));
    })""")
    assert shifts < 0.01, f"{path} shifts by {shifts}"


@pytest.mark.parametrize(("who", "path"), MAIN)
def test_text_at_four_times_its_size_needs_no_sideways_scrolling(open_as, who, path):
    page = open_as(who, path, width=320)
    page.set_viewport_size({"width": 320, "height": 256})
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    bar = page.locator(".main-nav")
    if bar.count():
        assert bar.evaluate("(bar) => getComputedStyle(bar).position") != "fixed"
