"""One address, whole or in part (T51): htmx gets the block that fills its target, everybody else the page."""

import pytest
from bs4 import BeautifulSoup

HISTORY = {"HX-History-Restore-Request": "true"}


def blocks(soup):
    """The ids that htmx fills on a page with what its own address answers, after a form too."""
    tags = [tag for tag in soup.select("main [hx-target]:not([hx-get])") if not tag.has_attr("hx-select")]
    return sorted({tag["hx-target"].removeprefix("#") for tag in tags})


def inside(soup, name):
    """The words of an element, without the tokens that differ between responses."""
    element = soup.find(id=name)
    return " ".join(element.get_text(" ").split())


@pytest.mark.parametrize("url", ["/discussions/{hr_thread}/", "/events/{hr_event}/", "/networks/hr/members"])
def test_a_fragment_is_the_same_as_its_place_in_the_page(browser, cast, url):
    reader = browser("moderator")
    whole = reader.get(url.format(**cast))
    for name in blocks(whole.soup):
        part = reader.get(url.format(**cast), target=name)
        assert "<html" not in part.html, f"{url} has no block for #{name}"
        soup = BeautifulSoup(f'<div id="{name}">{part.html}</div>', "html.parser")
        soup.find(id="flash").extract()
        assert inside(soup, name) == inside(whole.soup, name)


def test_the_thread_page_has_a_block(browser, cast):
    assert blocks(browser("member").get(f"/discussions/{cast['hr_thread']}/").soup)


def test_both_answers_say_that_they_depend_on_htmx_and_are_kept_by_nobody(browser, cast):
    reader = browser("member")
    url = f"/discussions/{cast['hr_thread']}/"
    for answer in (reader.get(url), reader.get(url, target=blocks(reader.get(url).soup)[0])):
        assert {"HX-Request", "HX-Target"} <= set(answer.headers["Vary"].replace(",", " ").split())
        assert answer.headers["Cache-Control"] == "private, no-store"


def test_going_back_in_history_gets_the_whole_page(browser, cast):
    reader = browser("member")
    url = f"/discussions/{cast['hr_thread']}/"
    target = blocks(reader.get(url).soup)[0]
    assert "<html" in reader.get(url, target=target, **HISTORY).html


def test_a_target_without_a_block_gets_the_whole_page(browser):
    assert "<html" in browser("member").get("/", target="elsewhere").html


def test_an_error_leaves_the_screen_alone_and_is_said_in_the_flash(browser):
    answer = browser("member").get("/discussions/999999/", target="replies")
    assert answer.status == 404
    assert answer.headers["HX-Reswap"] == "none"
    flash = answer.soup.find(id="flash")
    assert flash["hx-swap-oob"] == "innerHTML" and flash.select_one(".callout--danger").get_text(strip=True)
    assert "<html" not in answer.html


def test_whoever_was_signed_out_meanwhile_keeps_what_she_wrote(browser, cast):
    answer = browser("visitor").post(f"/discussions/{cast['hr_thread']}/reply", target="replies", body="Long thoughts")
    assert answer.status == 401
    assert answer.headers["HX-Reswap"] == "none"
    assert answer.soup.select_one("#flash .callout--danger")


def test_the_flash_region_is_on_the_page_before_it_has_anything_to_say(browser):
    region = browser("member").get("/").soup.find(id="flash")
    assert region["role"] == "status" and not region.get_text(strip=True)


def test_what_asks_by_itself_leaves_the_flash_message_alone(browser, cast):
    url = f"/discussions/{cast['hr_thread']}/"
    reader = browser("member")
    name = blocks(reader.get(url).soup)[0]
    assert 'id="flash"' in reader.get(url, target=name).html
    assert 'id="flash"' not in reader.get(url, target=name, **{"X-Poll": "1"}).html
