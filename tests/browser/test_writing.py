"""Writing with JavaScript: the draft keeps itself, a quote and a name come by keyboard, a pasted picture asks what it shows."""

import base64
import io
import re

from PIL import Image
from playwright.sync_api import expect

from tests.browser.test_every_page import faults, overflow

PASTE = """(content) => {
  const all = new DataTransfer();
  all.items.add(new File([Uint8Array.from(atob(content), (c) => c.charCodeAt(0))], "image.png", { type: "image/png" }));
  document.querySelector("#body").dispatchEvent(new ClipboardEvent("paste", { clipboardData: all, bubbles: true, cancelable: true }));
}"""


def png():
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


def test_a_reply_with_a_draft_a_quote_a_name_and_a_picture(open_as, site):
    page = open_as("moderator", "/discussions/{hr_thread}/", width=360)
    name = page.locator(".post").nth(1).locator("strong").first.inner_text()
    text = page.locator("#body")

    page.locator(".post").nth(1).get_by_role("link", name="Lainaa").click()
    expect(text).to_have_value(
        f"> [{name}](/discussions/posts/{site.stage.things['hr_post']}):\n> Meillä on **pohja** molemmilla kielillä.\n\n"
    )
    expect(page.locator("[data-draft-said]")).to_have_text("Luonnos tallennettu")

    text.press("Control+End")
    text.press_sequentially(f"Kiitos @{name.split()[0][:3]}")
    expect(page.get_by_role("option", name=name)).to_have_attribute("aria-selected", "true")
    assert faults(page) == [] and not overflow(page)
    text.press("Enter")
    expect(text).to_have_value(
        f"> [{name}](/discussions/posts/{site.stage.things['hr_post']}):\n> Meillä on **pohja** molemmilla kielillä.\n\nKiitos @{name} "
    )
    expect(page.get_by_role("listbox")).to_be_hidden()

    page.evaluate(PASTE, png())
    expect(page.locator("[data-entry]")).to_have_attribute("data-state", "ready")
    assert faults(page) == [] and not overflow(page)
    page.get_by_role("button", name="Lähetä vastaus").click()
    expect(page.locator("[data-errors]")).to_contain_text("Kirjoita, mitä kuvassa on")
    page.get_by_label("Mitä kuvassa on?").fill("Kaavio")
    page.get_by_role("button", name="Lähetä vastaus").click()
    last = page.locator("#replies .post[data-number]").last
    expect(last.locator(".mention")).to_have_text(f"@{name}")
    expect(last.locator(".post__files")).to_contain_text("Kaavio")
    expect(text).to_have_value("")


def test_similar_discussions_appear_while_the_title_is_typed(open_as, site):
    page = open_as("member", "/networks/hr/discussions/new")
    page.get_by_label("Otsikko").press_sequentially("Kokemuksia lähtöhaastattelusta")
    expect(page.locator("#similar")).to_contain_text("Kokemuksia lähtöhaastatteluista")
    page.get_by_label("Viesti").press_sequentially("Kysyn")
    expect(page.locator("[data-draft-said]")).to_have_text("Luonnos tallennettu")
    other = open_as("member", "/networks/hr/discussions/new")
    expect(other.get_by_label("Viesti")).to_have_value("Kysyn")
    assert faults(other) == []


def test_a_table_and_code_come_by_keyboard_and_scroll_on_a_small_phone(open_as):
    page = open_as("moderator", "/discussions/{hr_thread}/", width=320)
    text, table = page.locator("#body"), page.get_by_role("button", name="Taulukko")
    text.fill("Näin:")
    page.wait_for_load_state("networkidle")  # while parts are still coming, Chromium at times refuses to move the focus
    page.locator("markdown-toolbar").focus()
    page.keyboard.press("End")
    expect(table).to_be_focused()
    page.keyboard.press("Enter")
    expect(text).to_be_focused()
    page.keyboard.type("Kunta")
    expect(text).to_have_value("Näin:\n\n| Kunta | Sarake 2 |\n| --- | --- |\n|  |  |\n")
    text.press("Control+End")
    page.keyboard.insert_text(f"| {'Pitkäsana' * 6} | {'Toinenpitkäsana' * 6} |\n\n")
    page.keyboard.type("koodi = 1")
    page.keyboard.press("Shift+Home")
    page.locator("md-code").focus()
    page.keyboard.press("Enter")
    expect(text).to_have_value(re.compile("`koodi = 1`"))
    text.press("Control+End")
    page.keyboard.insert_text(f"\n\n```\n{'rivi;' * 60}\n```\n")
    page.get_by_role("button", name="Lähetä vastaus").click()
    post = page.locator(".post__body").last
    expect(post.locator(".table-wrap th").first).to_have_text("Kunta")
    for wide in (post.locator(".table-wrap"), post.locator("pre")):
        wide.focus()
        assert wide.evaluate("box => box.scrollWidth > box.clientWidth && document.activeElement === box")
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        assert faults(page) == [] and not overflow(page)
