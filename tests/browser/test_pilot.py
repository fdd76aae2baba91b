"""A draft's way through a pilot, as people go it: with JavaScript and without."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from extranet.core.db import db
from extranet.mail.models import Letter
from tests.browser.test_every_page import faults, overflow


def link_of_guest(site):
    with site.stage.app.app_context():
        text = db.session.scalar(select(Letter.text).where(Letter.to == "paula@lempo.example").order_by(Letter.id.desc()))
        db.session.remove()
    return re.search(r"/pilots/review/\S+", text).group(0)


@pytest.mark.parametrize("javascript", [True, False], ids=["with-js", "without-js"])
def test_a_draft_is_piloted_answered_and_published(open_as, site, javascript):
    owner = open_as("member", "/materials/{hr_draft_material}/", javascript=javascript)
    owner.get_by_role("link", name="Kokeilu", exact=True).click()
    owner.get_by_role("link", name="Aloita kokeilu").click()
    owner.locator("#sections").fill("Sopijapuolet\nTietosuoja")
    owner.get_by_label("Nimi, nimike tai organisaatio").fill("Linda")
    owner.get_by_label("Nimi, nimike tai organisaatio").press("Enter")
    owner.get_by_role("button", name=re.compile("Lisää.*Linda Blomstrand")).click()
    expect(owner.locator("#picked-title")).to_have_text("1 henkilö valittu")
    if javascript:
        expect(owner.locator("#picked-title")).to_be_focused()
    owner.locator("#guest_name").fill("Paula Kivikangas")
    owner.locator("#guest_email").fill("paula@lempo.example")
    owner.get_by_role("button", name="Lisää luetteloon").click()
    expect(owner.locator("#picked-title")).to_have_text("2 henkilöä valittu")
    expect(owner.locator("#sections")).to_have_value("Sopijapuolet\nTietosuoja")
    if javascript:
        assert not faults(owner)
        owner.set_viewport_size({"width": 320, "height": 900})
        assert not overflow(owner)
    owner.get_by_role("button", name="Aloita kokeilu").click()
    expect(owner.locator("h1")).to_contain_text("Kokeilu:")
    pilot = owner.url

    medlem = open_as("medlem", "/pilots/", javascript=javascript)
    medlem.get_by_role("link", name="Etätyösopimuksen malli").click()
    medlem.get_by_label("Tietosuoja").fill("Vem ser avtalet?")
    medlem.get_by_role("button", name="Spara som utkast").click()
    expect(medlem.locator("#flash .callout--ok")).to_be_visible()
    medlem.get_by_role("button", name="Skicka kommentarerna").click()
    expect(medlem.locator("[data-errors]")).to_contain_text("Välj din åsikt")
    expect(medlem.get_by_label("Tietosuoja")).to_have_value("Vem ser avtalet?")
    medlem.get_by_label("Behöver ändras").check()
    medlem.get_by_role("button", name="Skicka kommentarerna").click()
    expect(medlem.locator("#review .callout--ok")).to_be_visible()

    guest = open_as("visitor", link_of_guest(site), javascript=javascript)
    guest.get_by_label("Valmis tällaisenaan").check()
    guest.get_by_role("button", name="Lähetä kommentit").click()
    expect(guest.locator("#review .callout--ok")).to_be_visible()
    if javascript:
        assert not faults(guest)

    owner.goto(pilot)
    expect(owner.locator("main")).to_contain_text("2/2 on vastannut")
    owner.get_by_label("Otetaan huomioon", exact=True).check()
    owner.get_by_role("textbox", name="Vastaus").fill("Lisätty: vain sopijapuolet.")
    owner.get_by_role("button", name="Tallenna vastaukset").click()
    expect(owner.locator("#comments .answer")).to_contain_text("vain sopijapuolet")
    owner.goto(f"{pilot}close")
    owner.get_by_label("Mitä kokeilu muutti?").fill("Tietosuoja tarkentui.")
    owner.get_by_role("button", name="Päätä kokeilu").click()
    expect(owner.locator("main")).to_contain_text("Tietosuoja tarkentui.")
    guest.reload()
    expect(guest.locator("main")).to_contain_text("Kiitos osallistumisesta")

    editor = open_as("moderator", "/materials/{hr_draft_material}/publish", javascript=javascript)
    expect(editor.get_by_role("link", name="Arviot ja vastaukset")).to_have_attribute("href", re.compile(r"^/pilots/\?material="))
    editor.get_by_role("button", name="Julkaise").click()
    expect(editor.locator("h1")).to_contain_text("Etätyösopimuksen malli")
    expect(editor.locator("main")).to_contain_text("Voimassa")
