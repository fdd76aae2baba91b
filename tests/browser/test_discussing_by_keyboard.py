"""A discussion by keyboard alone: found, begun, formatted, sent, read from the first new one, thanked for; focus is never out of sight."""

import pytest
from playwright.sync_api import expect

from tests.browser.discussing import THREAD
from tests.browser.test_keyboard import FOCUSED

MOST = 90


def tab_to(page, wanted, back=False):
    """Press Tab until that has the focus; whatever has it on the way is in sight, with a ring."""
    expect(wanted).to_be_visible()
    for _ in range(MOST):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        focus = page.evaluate(FOCUSED)
        assert focus["end"] or (focus["ring"] and focus["seen"]), focus["what"]
        if wanted.evaluate("(element) => element === document.activeElement"):
            return
    pytest.fail(f"not reached: {wanted}")


def test_a_thread_is_found_begun_and_sent_by_keyboard(open_as):
    page = open_as("member", "/networks/hr/discussions/")
    tab_to(page, page.get_by_role("link", name="Kysy tai kerro"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("radio", name="Kysymys"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Kokemus")).to_be_checked()
    tab_to(page, page.get_by_label("Otsikko"))
    page.keyboard.type("Näin me perehdytämme")
    page.wait_for_load_state("networkidle")
    bold = page.locator("md-bold")
    tab_to(page, bold)
    page.keyboard.press("ArrowRight")
    expect(page.locator("md-italic")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(bold).to_be_focused()
    text = page.get_by_label("Viesti", exact=True)
    tab_to(page, text)
    page.keyboard.type("kortti")
    page.keyboard.press("Shift+Home")
    tab_to(page, bold, back=True)
    page.keyboard.press("Enter")
    expect(text).to_have_value("**kortti**")
    expect(text).to_be_focused()
    tab_to(page, page.get_by_role("button", name="Esikatselu"))
    page.keyboard.press("Enter")
    expect(page.locator("#body-preview strong")).to_have_text("kortti")
    expect(page.get_by_role("button", name="Esikatselu")).to_be_focused()
    tab_to(page, page.get_by_role("button", name="Aloita keskustelu"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Näin me perehdytämme")
    expect(page.locator("#flash")).to_contain_text("Keskustelu aloitettiin")


@pytest.mark.parametrize("width", [1280, 360])
def test_what_is_new_is_read_thanked_for_and_acted_on_by_keyboard(open_as, site, width):
    page = open_as("moderator", "/networks/hr/discussions/?only=unread", width=width)
    tab_to(page, page.get_by_role("link", name="Hur gör ni med tvåspråkiga arbetsintyg?"))
    page.keyboard.press("Enter")
    opening = page.locator(f"#post-{site.stage.things['hr_post'] - 1}")
    expect(opening).to_be_in_viewport()
    page.goto(site.path(THREAD) + f"?new={site.stage.things['hr_post']}#post-{site.stage.things['hr_post']}")

    reply = page.locator(f"#post-{site.stage.things['hr_post']}")
    expect(reply).to_be_focused()
    menu = reply.locator("summary")
    tab_to(page, menu)
    page.keyboard.press("Enter")
    tab_to(page, reply.get_by_role("link", name="Ilmoita asiattomasta viestistä"))
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()

    helpful = reply.get_by_role("button", name="Auttoi")
    accept = reply.get_by_role("button", name="Merkitse vastaukseksi")
    tab_to(page, helpful)
    for pressed in ("true", "false"):
        page.keyboard.press("Enter")
        expect(helpful).to_have_attribute("aria-pressed", pressed)
        expect(helpful).to_be_focused()
        expect(helpful).to_be_in_viewport()
    tab_to(page, accept)
    page.keyboard.press("Space")
    expect(reply).to_contain_text("Hyväksytty vastaukseksi")
    expect(reply.get_by_role("button", name="Ei ollutkaan vastaus")).to_be_focused()


def test_a_message_that_changes_in_its_menu_keeps_the_focus(open_as, site):
    page = open_as("member", THREAD)
    mine = page.locator(f"#post-{site.stage.things['hr_post']}")
    for label, words in (("Poista viestini", "Poistit tämän viestin"), ("Palauta viestini", "pohja")):
        mine.locator("summary").focus()
        page.keyboard.press("Enter")
        tab_to(page, mine.get_by_role("button", name=label))
        page.keyboard.press("Enter")
        expect(mine).to_contain_text(words)
        expect(mine).to_be_focused()
        expect(mine).to_be_in_viewport()
    expect(mine).not_to_contain_text("Poistit")
