"""Bringing files with JavaScript: dropped and chosen, cut off and continued, removed, saved; by keyboard, and on a narrow phone."""

import base64
import re

import pytest
from playwright.sync_api import expect

from extranet.demo.files import make_pdf
from tests.browser.test_every_page import faults, overflow

NEW = "/networks/hr/materials/new"
TAKEN = "Perehdytyksen muistilista kesätyöntekijälle 2.pdf"
DROP = """(files) => {
  const all = new DataTransfer();
  for (const [name, content] of files) all.items.add(new File([Uint8Array.from(atob(content), (c) => c.charCodeAt(0))], name));
  for (const kind of ["dragenter", "dragover", "drop"]) document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: all, bubbles: true, cancelable: true }));
}"""


def drop(page, **files):
    page.evaluate(DROP, [[name, base64.b64encode(content).decode()] for name, content in files.items()])


def pdf(words="Sisältö"):
    return make_pdf(words, [words])


def row(page, name):
    return page.locator("[data-entry]").filter(has=page.get_by_role("heading", name=name, exact=True))


def expect_ready(page, *names):
    for name in names:
        expect(row(page, name)).to_have_attribute("data-state", "ready")


@pytest.fixture
def large(tmp_path):
    """Of two pieces, so that a connection can be lost between them."""
    file = tmp_path / "pitkä.txt"
    file.write_text("Rivi tekstiä.\n" * 650_000, encoding="utf-8")
    return file


def cut_after_first_piece(page):
    """The connection is lost whenever a second piece is sent, until the returned list is emptied."""
    cut = [True]
    page.route(re.compile(r"/uploads/\w+\?offset=[1-9]"), lambda route: route.abort() if cut else route.continue_())
    return cut


def test_dropped_files_with_a_clash_and_a_fault_are_saved_together(open_as, site):
    """T07: the clash is a choice of its own file; the others go on."""
    page = open_as("moderator", NEW)
    expect(page.get_by_role("button", name="Tallenna")).to_be_hidden()
    drop(page, **{TAKEN: pdf("Uusi"), "uusi_opas.pdf": pdf(), "tyhja.pdf": b"", "valepuku.pdf": b"Vain rivi\n"})
    expect_ready(page, TAKEN, "uusi_opas.pdf")
    for name, words in (("tyhja.pdf", "tyhjä"), ("valepuku.pdf", "TXT")):
        expect(row(page, name)).to_have_attribute("data-state", "refused")
        expect(row(page, name).locator("[data-fault]")).to_contain_text(words)
    clash = row(page, TAKEN)
    expect(clash.get_by_role("radio", name="Säilytä molemmat")).to_be_checked()
    clash.get_by_role("radio", name="Korvaa tiedosto").check()
    expect(clash.get_by_label("Suomeksi").first).to_be_hidden()
    clash.get_by_label("Mikä muuttui?").fill("Uusi luku")
    expect(row(page, "uusi_opas.pdf").get_by_label("Suomeksi").first).to_have_value("Uusi opas")
    assert not faults(page)
    page.get_by_role("button", name="Tallenna").click()
    expect(page).to_have_url(re.compile("/networks/hr/materials/\\?shelf=drafts$"))
    expect(page.locator("#flash")).to_contain_text("versio 3")
    expect(page.locator("#results")).to_contain_text("Uusi opas")


def test_a_lost_connection_is_continued_where_it_was_cut(open_as, large, watch):
    watch.allowed += ["ERR_FAILED"]
    page = open_as("moderator", NEW)
    cut = cut_after_first_piece(page)
    page.set_input_files("#file", large)
    lost = row(page, large.name)
    expect(lost).to_have_attribute("data-state", "lost")
    expect(lost.locator("[data-status]")).to_contain_text("Yhteys katkesi")
    expect(page.locator("[data-announce]")).to_contain_text("Yhteys katkesi")
    page.get_by_role("button", name="Tallenna").click()
    expect(page.locator("[data-waiting]")).to_contain_text(large.name)
    cut.clear()
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "PUT" else None)
    lost.get_by_role("button", name=re.compile("Jatka")).click()
    expect_ready(page, large.name)
    assert len(sent) == 1 and "offset=8000000" in sent[0]


def test_after_a_reload_the_same_file_goes_on(open_as, large, watch):
    watch.allowed += ["ERR_FAILED"]
    page = open_as("moderator", NEW)
    cut = cut_after_first_piece(page)
    page.set_input_files("#file", large)
    expect(row(page, large.name)).to_have_attribute("data-state", "lost")
    page.reload()
    expect(row(page, large.name)).to_have_attribute("data-state", "away")
    expect(row(page, large.name).locator("[data-status]")).to_contain_text("Valitse sama tiedosto")
    cut.clear()
    page.set_input_files("#file", large)
    expect_ready(page, large.name)
    expect(page.locator("[data-entry]")).to_have_count(1)
    page.get_by_role("button", name="Tallenna").click()
    expect(page).to_have_url(re.compile("/materials/[0-9]+/publish$"))
    expect(page.get_by_role("navigation", name="Murupolku")).to_contain_text("Pitkä")
    page.goto(NEW)
    expect(page.locator("[data-entry]")).to_have_count(0)


def test_saving_waits_and_removing_cancels_one(open_as, large):
    page = open_as("moderator", NEW)
    held = []
    page.route(re.compile(r"/uploads/\w+\?offset="), lambda route: held.append(route))
    page.set_input_files("#file", large)
    drop(page, **{"toinen.pdf": pdf()})
    expect(row(page, "toinen.pdf").get_by_label("Suomeksi").first).to_have_value("Toinen")
    page.get_by_role("button", name="Tallenna").click()
    expect(page.locator("[data-waiting]")).to_contain_text("lähetetään")
    with page.expect_request(re.compile("/cancel$")):
        row(page, large.name).get_by_role("button", name=re.compile("Poista")).click()
    expect(row(page, "toinen.pdf").get_by_role("button", name=re.compile("Poista"))).to_be_focused()
    expect(page.locator("[data-announce]")).to_contain_text("poistettiin")
    for route in held:
        if "8000000" in (route.request.headers.get("content-length") or ""):
            continue
        route.continue_()
    expect(page).to_have_url(re.compile("/materials/[0-9]+/publish$"))
    expect(page.get_by_role("navigation", name="Murupolku")).to_contain_text("Toinen")


def test_signed_out_meanwhile_is_said_in_the_row(open_as):
    page = open_as("moderator", NEW)
    page.context.clear_cookies(name="session")
    drop(page, **{"a.pdf": pdf()})
    expect(row(page, "a.pdf").locator("[data-status]")).to_contain_text("Kirjaudu")
    expect(row(page, "a.pdf").get_by_role("button", name=re.compile("Jatka"))).to_be_visible()


def test_what_the_server_finds_wrong_keeps_files_and_words(open_as):
    page = open_as("moderator", NEW)
    drop(page, **{"a.pdf": pdf(), "b.pdf": pdf()})
    expect_ready(page, "a.pdf", "b.pdf")
    row(page, "a.pdf").get_by_label("Suomeksi").first.fill("Kirjoitettu")
    row(page, "b.pdf").get_by_label("Suomeksi").first.fill("")
    page.get_by_role("button", name="Tallenna").click()
    expect(page.locator("[data-errors]")).to_be_focused()
    expect_ready(page, "a.pdf", "b.pdf")
    expect(row(page, "a.pdf").get_by_label("Suomeksi").first).to_have_value("Kirjoitettu")
    drop(page, **{"c.pdf": pdf()})
    expect_ready(page, "c.pdf")
    row(page, "b.pdf").get_by_label("Suomeksi").first.fill("Korjattu")
    page.get_by_role("button", name="Tallenna").click()
    expect(page.locator("#results")).to_contain_text("Korjattu")
    expect(page.locator("#flash")).to_contain_text("3")


def test_by_keyboard_on_a_narrow_phone_in_the_dark(open_as):
    page = open_as("member", NEW, width=320, theme="dark")
    page.locator("#file").focus()
    page.set_input_files(
        "#file", [{"name": "En mycket lång rubrik för en handbok om introduktion.pdf", "mimeType": "application/pdf", "buffer": pdf()}]
    )
    expect(page.locator("[data-state=ready]")).to_have_count(1)
    page.keyboard.press("Tab")
    expect(page.locator("[data-drop]")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("[name=f1-title_fi]")).to_be_focused()
    assert not faults(page)
    assert not overflow(page)
    page.keyboard.press("Enter")
    expect(page.locator("#flash")).to_contain_text("Kiitos")


@pytest.mark.parametrize("javascript", [True, False], ids=["with-js", "without-js"])
def test_a_file_is_replaced(open_as, site, javascript):
    page = open_as("moderator", "/materials/{hr_material}/replace", javascript=javascript)
    page.set_input_files("#file", [{"name": "uusi.pdf", "mimeType": "application/pdf", "buffer": pdf("Kolmas")}])
    if javascript:
        expect_ready(page, "uusi.pdf")
    page.get_by_role("button", name="Korvaa tiedosto").click()
    expect(page.locator("#note-error")).to_be_visible()
    expect(page.get_by_role("heading", name="uusi.pdf")).to_be_visible()
    page.get_by_label("Mikä muuttui?").fill("Kolmas versio")
    page.get_by_role("button", name="Korvaa tiedosto").click()
    expect(page.locator("#flash")).to_contain_text("versio 3")


def test_without_javascript_the_plain_form_does_the_same(open_as, site):
    page = open_as("moderator", NEW, javascript=False)
    page.set_input_files(
        "#file",
        [{"name": name, "mimeType": "application/pdf", "buffer": content} for name, content in ((TAKEN, pdf()), ("tyhja.pdf", b""))],
    )
    page.get_by_role("button", name="Jatka").click()
    expect(page.locator("[data-entry]")).to_have_count(1)
    expect(page.locator("#file-error")).to_contain_text("tyhjä")
    page.get_by_role("radio", name="Korvaa tiedosto").check()
    page.get_by_label("Mikä muuttui?").fill("Uusi luku")
    page.get_by_role("button", name="Tallenna").click()
    expect(page.locator("#flash")).to_contain_text("versio 3")
