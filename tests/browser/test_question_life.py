"""The life of a question, from its first words to a card of the library, with JavaScript and without (D13, T24)."""

import base64
import re

import pytest
from playwright.sync_api import expect

from extranet.demo.files import make_pdf
from tests.browser.discussing import NEW, follow, press, send
from tests.browser.test_writing import PASTE, png

pytestmark = pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
TITLE = "Lähtöhaastattelut pienessä kunnassa"
BODY = "Meitä on **kaksi**.\n\nMitä kysytte, "
POST = ".post[data-number]"


def begin(page, javascript):
    """The title, with similar discussions; the text, with a name and its preview; then what keeps the draft."""
    page.goto("/networks/hr/discussions/")
    page.get_by_role("link", name="Kysy tai kerro").click()
    text = page.get_by_label("Viesti", exact=True)
    page.get_by_label("Otsikko").press_sequentially(TITLE) if javascript else page.get_by_label("Otsikko").fill(TITLE)
    if not javascript:
        page.get_by_role("button", name="Etsi samankaltaisia keskusteluja").click()
    expect(page.locator("#similar")).to_contain_text("Kokemuksia lähtöhaastatteluista")
    expect(page.get_by_label("Otsikko")).to_have_value(TITLE)

    text.fill(BODY)
    text.press("Control+End")
    text.press_sequentially("@Lin")
    if javascript:
        expect(page.get_by_role("option", name="Linda Blomstrand")).to_have_attribute("aria-selected", "true")
        text.press("Enter")
        expect(text).to_have_value(f"{BODY}@Linda Blomstrand ")
    else:
        text.press_sequentially("da Blomstrand ")
    preview = page.get_by_role("button", name="Esikatselu")
    if javascript:
        preview.click()
        expect(page.locator("#body-preview strong")).to_have_text("kaksi")
        expect(page.locator("#body-preview .mention")).to_have_text("@Linda Blomstrand")
        expect(page.locator("[data-draft-said]")).to_have_text("Luonnos tallennettu")
    else:
        with page.expect_popup() as opened:
            preview.click()
        expect(opened.value.locator("#preview strong")).to_have_text("kaksi")
        page.get_by_role("button", name="Tallenna luonnoksena").click()
        expect(page.locator("#flash")).to_contain_text("Luonnos tallennettiin")


def attach(page, javascript):
    """A guide, and a picture that is pasted where there are scripts; without its words it is not sent."""
    page.locator("main summary", has_text="Lisää tiedostoja tai kuvia").click()
    files = [{"name": "runko.pdf", "mimeType": "application/pdf", "buffer": make_pdf("Runko", ["Miksi?"])}]
    if javascript:
        page.locator("#file").set_input_files(files)
        page.evaluate(PASTE, png())
        expect(page.locator("[data-entry][data-state=ready]")).to_have_count(2)
        page.get_by_role("button", name="Aloita keskustelu").click()
        expect(page.locator("[data-errors]")).to_be_focused()
    else:
        files.append({"name": "kaavio.png", "mimeType": "image/png", "buffer": base64.b64decode(png())})
        page.locator("#file").set_input_files(files)
        send(page, "/discussions/", 422)
    expect(page.locator("[data-errors]")).to_contain_text("Kirjoita, mitä kuvassa on")
    page.get_by_label("Mitä kuvassa on?").last.fill("Kaavio vaihtuvuudesta")


def test_a_question_from_its_first_words_to_the_library(open_as, javascript):
    first = open_as("member", None, javascript=javascript)
    begin(first, javascript)
    first.close()

    milla = open_as("member", NEW, javascript=javascript, width=360)
    expect(milla.get_by_label("Otsikko")).to_have_value(TITLE)
    expect(milla.get_by_label("Viesti", exact=True)).to_have_value(re.compile("@Linda Blomstrand"))
    attach(milla, javascript)
    send(milla, "/discussions/")
    expect(milla.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(milla.locator(".post__files")).to_contain_text("runko.pdf")
    expect(milla.locator(".post__files")).to_contain_text("Kaavio vaihtuvuudesta")
    thread = milla.url
    milla.goto("/discussions/drafts")
    expect(milla.locator("main")).to_contain_text("Ei luonnoksia")

    maija = open_as("moderator", thread, javascript=javascript)
    send(maija, "/reply", body="Kysy myös muilta.")
    milla.goto(thread)
    text = milla.get_by_label("Viesti", exact=True)
    if javascript:
        milla.clock.install()
        milla.reload()
    text.fill("Kesken oleva ajatus")
    text.scroll_into_view_if_needed()
    before = text.bounding_box()

    linda = open_as("medlem", "/networks/hr/discussions/?only=unread", "sv", javascript=javascript)
    linda.get_by_role("link", name=TITLE).click()
    linda.locator(POST).first.get_by_role("link", name="Citera").click()
    words = linda.get_by_label("Inlägg", exact=True)
    expect(words).to_have_value(re.compile(r"> Meitä on \*\*kaksi\*\*\."))
    words.press("Control+End")
    words.press_sequentially("Vi frågar bara varför.")
    send(linda, "/reply")
    answer = linda.locator(POST).last
    expect(answer).to_be_focused() if javascript else expect(answer).to_be_in_viewport()
    expect(answer.locator("blockquote")).to_contain_text("Meitä on kaksi.")

    if javascript:
        milla.clock.run_for(30_000)
        expect(milla.locator(POST).last).to_contain_text("Vi frågar bara varför.")
        expect(milla.locator("#heard")).to_have_text("Uusi vastaus: Linda Blomstrand.")
        after = text.bounding_box()
        assert before and after and abs(after["y"] - before["y"]) <= 1, "what she writes stays where it was"
        expect(text).to_be_focused()
        expect(text).to_have_value("Kesken oleva ajatus")
    else:
        milla.get_by_role("link", name="Katso, onko uusia vastauksia").click()
    number = re.search(r"\d+", str(milla.locator(POST).last.get_attribute("id")))
    assert number is not None
    thank_and_accept(milla, number[0], javascript)
    save(maija, number[0])


def thank_and_accept(page, post_id, javascript):
    """The asker finds the reply helpful and marks it; focus stays on what was pressed, and the answer comes on top."""
    helpful = page.locator(f"#post-{post_id}").get_by_role("button", name="Auttoi")
    helpful.click()
    expect(helpful).to_have_attribute("aria-pressed", "true")
    if javascript:
        expect(helpful).to_be_focused()
    press(page, f"/posts/{post_id}/accept")
    expect(page.locator(f"#post-{post_id}")).to_contain_text("Hyväksytty vastaukseksi")
    expect(page.locator("#replies > section").first).to_contain_text("Vastaus kysymykseen")
    expect(page.locator("#replies > section").first).to_contain_text("Vi frågar bara varför.")


def save(page, post_id):
    """The leader makes a card of it; the answer and the card lead to one another."""
    page.reload()
    follow(page, f"/answers/new/{post_id}")
    expect(page.get_by_label("Vastaus", exact=True)).to_have_value(re.compile("Vi frågar bara varför"))
    send(page, f"/answers/new/{post_id}", title="Mitä lähtöhaastattelussa kysytään")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mitä lähtöhaastattelussa kysytään")
    follow(page, "/source")
    expect(page.locator(f"#post-{post_id}")).to_contain_text("kirjastossa")
    follow(page, f"/answers/of/{post_id}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mitä lähtöhaastattelussa kysytään")
