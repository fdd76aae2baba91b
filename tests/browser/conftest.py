"""A browser for each person of the cast. `open_as("member", "sv", javascript=False)` gives a page of Playwright."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.site import Site, Watch
from tests.optional import CHROMIUM

# Left alone, each window loads two hidden pages for the address bar that nobody sees, at a third of all the time.
# Chromium heeds only the last such list, so what Playwright leaves out is here, too.
WITHOUT = [
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup",
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect",
    "TcpPortRandomizationWin", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch",
]  # fmt: skip
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--in-process-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--font-render-hinting=none",
    f"--disable-features={','.join(WITHOUT)}",
]  # fmt: skip
Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = os.path.dirname(__file__)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def running_site() -> Iterator[Site]:
    site = Site()
    yield site
    site.stop()


@pytest.fixture
def site(running_site: Site) -> Site:
    running_site.stage.reset()
    return running_site


@pytest.fixture
def watch(site: Site) -> Watch:
    """Errors in the console and calls to other hosts fail the test, unless it lists the words of an error in `allowed`."""
    return Watch(site.url.removeprefix("http://"))


@pytest.fixture
def open_as(chromium: Browser, site: Site, watch: Watch) -> Iterator[Open]:
    """Open a page of the site as somebody."""
    contexts = []

    def open_page(
        who: str = "visitor", path: str | None = "/", language: str = "fi", theme: str = "light", width: int = 1280, javascript: bool = True
    ):
        context = chromium.new_context(
            base_url=site.url,
            color_scheme=theme,
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
            locale="fi-FI",
            reduced_motion="reduce",
        )
        contexts.append(context)
        watch.follow(context)
        cookies = [{"name": "language", "value": language, "url": site.url}]
        if who != "visitor":
            cookies.append({"name": "session", "value": site.session_cookie(who), "url": site.url, "httpOnly": True})
        context.add_cookies(cookies)
        context.set_default_timeout(10_000)
        page = context.new_page()
        if path:
            page.goto(site.path(path))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not watch.troubles, "\n".join(watch.troubles)


@pytest.fixture(scope="session")
def readers(chromium: Browser, running_site: Site) -> Iterator[dict[str, tuple[BrowserContext, Watch]]]:
    """For each person who has read something, a browser that keeps what it has fetched."""
    found: dict[str, tuple[BrowserContext, Watch]] = {}
    yield found
    for context, _watch in found.values():
        context.close()


@pytest.fixture
def read_as(chromium: Browser, site: Site, readers: dict[str, tuple[BrowserContext, Watch]]) -> Iterator[Callable[[str], Page]]:
    """An empty page of somebody who only reads: her browser and her session are those of the tests before."""
    opened = []

    def open_page(who: str) -> Page:
        if who not in readers:
            context = chromium.new_context(base_url=site.url, locale="fi-FI", reduced_motion="reduce")
            readers[who] = context, Watch(site.url.removeprefix("http://"))
            readers[who][1].follow(context)
            if who != "visitor":
                context.add_cookies([{"name": "session", "value": site.sessions[who], "url": site.url, "httpOnly": True}])
            context.set_default_timeout(10_000)
        context, watch = readers[who]
        watch.troubles.clear()
        opened.append((context.new_page(), watch))
        return opened[-1][0]

    yield open_page
    for page, watch in opened:
        page.close()
        assert not watch.troubles, "\n".join(watch.troubles)
