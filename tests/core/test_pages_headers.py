"""What every response says about itself: who may frame it, run in it, keep it."""

import re

import pytest
from werkzeug.test import TestResponse

from extranet.core.web import safe_path
from tests.page import Browser, Page

PAGES = (("visitor", "/"), ("visitor", "/sign-in"), ("member", "/"), ("member", "/account/"), ("member", "/nowhere"))


@pytest.mark.parametrize(("who", "url"), PAGES)
def test_every_page_carries_its_guards(browser, who, url):
    headers = browser(who).get(url).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'" and policy["base-uri"] == "'none'" and policy["form-action"] == "'self'"
    assert re.fullmatch(r"'nonce-[\w-]{20,}'", policy["script-src"])
    assert "unsafe" not in headers["Content-Security-Policy"] and "*" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "private, no-store"


def test_a_nonce_is_used_once(browser):
    reader = browser("member")
    nonces = [re.search(r"nonce-([\w-]+)", reader.get("/").headers["Content-Security-Policy"])[1] for _ in range(2)]
    assert nonces[0] != nonces[1]


def test_scripts_carry_the_nonce_of_their_response(browser):
    page = browser("member").get("/")
    nonce = re.search(r"nonce-([\w-]+)", page.headers["Content-Security-Policy"])[1]
    assert page.soup.select("script")
    assert all(script["nonce"] == nonce and script["src"].startswith("/static/") for script in page.soup.select("script"))


def assets(page: Page) -> set[str]:
    """The addresses of all static files that the page names."""
    return {url.split("#")[0] for url in re.findall(r'(?:href|src|data-editor)="(/static/[^"]+)"', page.html)}


def fetch(reader: Browser, url: str) -> TestResponse:
    """A response as it travels, compressed for a browser of today."""
    return reader.client.get(url, headers={"Accept-Encoding": "gzip, deflate, br, zstd"}, buffered=True)


def test_static_files_are_kept_for_ever_under_a_name_that_changes_with_them(browser):
    reader = browser("member")
    for url in assets(reader.get("/")):
        assert "?v=" in url or url.startswith("/static/vendor/")
        assert fetch(reader, url).headers["Cache-Control"] == "public, max-age=31536000, immutable", url


def test_a_static_file_asked_without_its_fingerprint_is_asked_again(browser):
    assert fetch(browser("visitor"), "/static/core/ui.css").headers["Cache-Control"] == "no-cache"


def test_pages_name_no_other_host(browser):
    for who, url in PAGES:
        page = browser(who).get(url)
        addresses = re.findall(r'(?:href|src|action|content)="([a-z]+:?//[^"]*)"', page.html)
        assert not addresses, f"{url} names {addresses}"


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/\n/evil.example",
        "evil",
        "",
        None,
    ],
)
def test_nobody_is_led_away(path):
    assert safe_path(path) is None


def test_a_path_of_this_site_is_followed():
    assert safe_path("/networks/hr/?page=2&q=työ#latest") == "/networks/hr/?page=2&q=työ#latest"


def test_the_language_switch_leads_back_to_the_page_and_nowhere_else(browser):
    reader = browser("member")
    page = reader.get("/networks/?lang=sv&page=1")
    assert page.soup.html["lang"] == "sv"
    assert page.soup.select_one("form.lang [name=next]")["value"] == "/networks/?page=1"
    changed = reader.submit(page, "form.lang", follow=False, lang="en")
    assert (changed.status, changed.location) == (303, "/networks/?page=1")
    assert reader.get("/networks/").soup.html["lang"] == "en"
    assert reader.submit(page, "form.lang", follow=False, lang="fi", next="https://evil.example/").location == "/"


def test_only_the_languages_of_the_service_are_offered(browser):
    page = browser("visitor").get("/sign-in")
    assert [button["value"] for button in page.soup.select_one("form.lang").select("button")] == ["fi", "sv", "en"]
    assert page.soup.select_one("form.lang [aria-current]")["value"] == page.soup.html["lang"]
