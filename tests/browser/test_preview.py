"""The pages of a file one after the other, and a recording that plays, with a keyboard."""

import pytest
from playwright.sync_api import expect

DURATION = """new Promise((tell) => {
  const media = document.querySelector("audio");
  const say = () => tell(media.duration);
  media.readyState ? say() : media.addEventListener("loadedmetadata", say);
})"""
CUES = """new Promise((tell) => {
  const track = document.querySelector("audio track");
  track.addEventListener("load", () => tell(track.track.cues.length));
  track.track.mode = "hidden";
})"""


def test_pages_turn_in_place_and_the_focus_stays(open_as):
    page = open_as("member", "/materials/{paged}/")
    page.evaluate("window.sameDocument = true")
    expect(page.locator("#preview figcaption")).to_contain_text("Sivu 1 / 3")
    page.locator("#preview-next").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#preview figcaption")).to_contain_text("Sivu 2 / 3")
    expect(page.locator("#preview-next")).to_be_focused()
    assert page.locator("#preview img").evaluate("img => img.decode().then(() => img.naturalWidth)") == 1000
    assert page.evaluate("window.sameDocument")


def test_pages_turn_without_javascript(open_as):
    page = open_as("member", "/materials/{paged}/", javascript=False)
    page.locator("#preview-next").click()
    expect(page.locator("#preview figcaption")).to_contain_text("Sivu 2 / 3")
    page.get_by_role("link", name="Lue tekstinä").click()
    expect(page.locator("article")).to_contain_text("Rivi 99")


def test_a_recording_plays_at_the_chosen_speed_with_captions(open_as):
    page = open_as("member", "/materials/{recording}/")
    page.get_by_label("Nopeus").focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.querySelector('audio').playbackRate") == 1.25
    assert page.evaluate(DURATION) == pytest.approx(2, abs=0.2)
    assert page.evaluate(CUES) == 2
    page.reload()
    assert page.evaluate("document.querySelector('audio').playbackRate") == 1.25


def test_the_player_without_javascript_is_the_browsers_own(open_as):
    page = open_as("member", "/materials/{recording}/", javascript=False)
    expect(page.locator("audio[controls]")).to_be_visible()
    expect(page.locator("[data-speed]")).to_be_hidden()
    page.get_by_role("link", name="Lue tekstinä").click()
    expect(page.locator("article")).to_contain_text("Hei vaan kaikille.")
