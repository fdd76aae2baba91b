"""Each page: no fault that axe finds, in both themes and several languages; not wider than a narrow phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.pages import NO_PAGES, PAGES

AXE = Axe()
# Language, theme, width: every pair of values meets on some page. Colours are looked at in the other theme, too.
WAYS = [
    ("fi", "light", 1280), ("sv", "dark", 320), ("en", "light", 320),
    ("fi", "dark", 360), ("sv", "light", 360), ("en", "dark", 1280),
]  # fmt: skip
OTHER = {"light": "dark", "dark": "light"}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}


def faults(page, rules=None):
    """What axe says against the page, one line per rule."""
    # Colours glide to those of another theme; halfway there they have no contrast.
    # They are sent to their end: inside a closed menu they would never say that they got there.
    page.evaluate("""async () => {
      const late = new Promise((done) => setTimeout(done, 3000, "late"));
      const frame = () => Promise.race([late, new Promise((done) => requestAnimationFrame(done))]);
      const glides = (one) => one.playState === "running" && one.effect.getComputedTiming().endTime !== Infinity;
      await frame();
      for (let gliding; await frame() !== "late" && (gliding = document.getAnimations().filter(glides)).length;)
        gliding.forEach((one) => one.finish());
    }""")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    found = page.evaluate("async (rules) => (await axe.run(rules)).violations", rules or RULES)
    return [f"{v['id']}: {v['help']}: " + " · ".join(n["html"][:140] for n in v["nodes"][:4]) for v in found]


def turn_to(page, theme):
    """Show the open page in that theme. Chromium at times keeps inherited colours of the former one: all is styled anew."""
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.evaluate("""() => {
      const root = document.documentElement;
      root.style.display = "none";
      root.getBoundingClientRect();
      root.style.display = "";
    }""")


def overflow(page):
    """How much wider than its window the page is, and what makes it so."""
    return page.evaluate("""() => {
      const width = document.documentElement.clientWidth;
      if (document.documentElement.scrollWidth <= width) return [];
      return [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > width + 1)
        .slice(-5).map((e) => e.outerHTML.slice(0, 120));
    }""")


@pytest.mark.parametrize("number", range(len(PAGES)), ids=[f"{who} {path}" for who, path in PAGES])
def test_the_page_is_accessible_and_fits(read_as, site, number):
    who, path = PAGES[number]
    page = read_as(who)
    language, theme, width = WAYS[(number + number // len(WAYS)) % len(WAYS)]
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    answer = page.goto(f"{site.path(path)}{'&' if '?' in path else '?'}lang={language}")
    assert answer.status < 500
    assert (answer.status == 404) == (path == "/nowhere"), f"{path} answers {answer.status} to {who}"
    # What a letter leads to speaks its reader's language.
    assert page.locator("html").get_attribute("lang") == ("fi" if "{letter_word}" in path else language)
    assert not faults(page), f"{path} as {who} in {language}, {theme}, {width}"
    turn_to(page, OTHER[theme])
    assert not faults(page, COLOURS), f"{path} as {who}, {OTHER[theme]}"
    page.set_viewport_size({"width": 320, "height": 900})
    assert not overflow(page), f"{path} as {who} is wider than 320 px in {language}"


def test_no_page_is_forgotten(site):
    addresses = site.stage.app.url_map.bind("127.0.0.1")
    paths = [site.path(path).partition("?")[0] for _, path in PAGES]
    seen = {addresses.match(path)[0] for path in paths if addresses.test(path)}
    readable = {rule.endpoint for rule in site.stage.app.url_map.iter_rules() if "GET" in rule.methods}
    assert not readable - seen - NO_PAGES, "give these a line in tests/browser/pages.py"
