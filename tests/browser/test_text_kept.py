"""What somebody writes is not lost when the place changes meanwhile; changed ground rules and a first message wait for somebody."""

import pytest
from playwright.sync_api import expect

from extranet.core import clock
from extranet.core.db import db
from extranet.discussions.models import Thread
from extranet.networks.models import MembershipRole, Network
from tests.browser.discussing import NEW, THREAD, change, follow, join, open_news, press, send
from tests.browser.test_every_page import faults, overflow

WORDS = "Meillä kysytään ensin, miksi.\n\nSitten, mitä jäi kesken."
WAYS = pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])


def lock(_site, thread):
    thread.closed_at, thread.closed_reason = clock.now(), "Aihe on käsitelty."


def move(site, thread):
    thread.network_id = site.stage.networks["contact-persons"]


def hide(_site, thread):
    thread.hidden_at, thread.hidden_reason = clock.now(), "Väärä paikka."


@pytest.mark.parametrize(
    ("happens", "javascript", "status", "words"),
    [(lock, True, 422, "lukittiin"), (move, False, 404, "siirretty"), (hide, True, 404, "piilotettu")],
    ids=["locked", "moved-plain", "hidden"],
)
def test_a_reply_that_comes_too_late_is_handed_back(open_as, site, happens, javascript, status, words):
    page = open_as("member", THREAD, javascript=javascript, width=360)
    page.get_by_label("Viesti", exact=True).fill(WORDS)
    change(site, lambda: happens(site, db.session.get_one(Thread, site.stage.things["hr_thread"])))
    send(page, "/reply", status)
    expect(page.locator("#flash" if javascript else "main")).to_contain_text(words)
    # With scripts the form stands as it was; without them the text comes back on a page of its own.
    expect(page.get_by_label("Viesti" if javascript else "Tekstisi", exact=True)).to_have_value(WORDS)
    if javascript:
        assert faults(page) == [] and not overflow(page)
    page.goto("/discussions/drafts")
    expect(page.get_by_role("main")).to_contain_text("Meillä kysytään ensin, miksi.")
    if happens is lock:
        page.get_by_role("main").get_by_role("link", name="arbetsintyg").click()
        expect(page.locator("#returned")).to_have_value(WORDS)


@WAYS
def test_changed_ground_rules_are_accepted_before_the_words_are_sent(open_as, site, javascript):
    maija = open_as("moderator", "/networks/hr/settings", javascript=javascript)
    milla = open_as("member", NEW, javascript=javascript)
    milla.get_by_label("Otsikko").fill("Mitä kysytte?")
    milla.get_by_label("Viesti", exact=True).fill(WORDS)
    send(maija, "/change", ground_rules_fi="Kirjoita niin kuin puhuisit.", ground_rules_sv="Skriv som du talar.")
    send(milla, "/discussions/")
    expect(milla.locator("#rules-title")).to_be_visible()
    expect(milla.get_by_role("main")).to_contain_text("Kirjoita niin kuin puhuisit.")
    press(milla, "/accept-rules")
    expect(milla.get_by_label("Otsikko")).to_have_value("Mitä kysytte?")
    expect(milla.get_by_label("Viesti", exact=True)).to_have_value(WORDS)
    send(milla, "/discussions/")
    expect(milla.get_by_role("heading", level=1)).to_have_text("Mitä kysytte?")


@WAYS
def test_a_new_members_first_message_waits_for_the_moderator(open_as, site, javascript):
    join(site, "contact", "hr", MembershipRole.MEMBER)
    change(site, lambda: setattr(db.session.get_one(Network, site.stage.networks["hr"]), "holds_first_posts", True))
    kaisa, milla, maija = (open_as(who, THREAD, javascript=javascript) for who in ("contact", "member", "moderator"))
    send(kaisa, "/reply", body="Hei, olen uusi täällä.")
    expect(kaisa.locator("#flash")).to_contain_text("odottaa")
    expect(kaisa.locator("#replies .post--hidden")).to_contain_text("odottaa, kunnes moderaattori")
    milla.reload()
    expect(milla.get_by_role("main")).not_to_contain_text("olen uusi täällä")

    open_news(maija, "Uuden jäsenen ensimmäinen viesti")
    expect(maija.get_by_role("main")).to_contain_text("Hei, olen uusi täällä.")
    press(maija, "/let-through")
    open_news(kaisa, "Viestisi näkyy nyt kaikille")
    expect(kaisa.locator("#replies .post--hidden")).to_have_count(0)
    milla.reload()
    expect(milla.locator(".post[data-number]").last).to_contain_text("olen uusi täällä")
    follow(milla, "#reply-title")
    send(kaisa, "/reply", body="Kiitos.")
    expect(kaisa.locator("#flash")).to_contain_text("lisättiin")
