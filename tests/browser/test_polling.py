"""A poll of each kind: voted, voted otherwise, closed, and its outcome kept on the thread; ranked by keyboard and without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.browser.discussing import THREAD, open_news, press, send
from tests.browser.test_every_page import faults, overflow

OPTIONS = ("Tisdag", "Onsdag", "Torsdag")
# Kind, with scripts, Milla's first vote, her second, Maija's vote, how Linda reads the result.
POLLS = [
    ("single", True, ["Tisdag"], ["Onsdag"], ["Onsdag"], ["Onsdag: 2 röster (100 %)", "Tisdag: 0 röster"]),
    ("multiple", False, ["Tisdag", "Torsdag"], ["Onsdag", "Torsdag"], ["Onsdag"], ["Onsdag: 2 röster (100 %)", "Torsdag: 1 röst (50 %)"]),
    ("ranked", True, ["Tisdag", "Onsdag"], ["Onsdag", "Torsdag", "Tisdag"], ["Onsdag", "Tisdag"], ["Onsdag: 2 röster (100 %)"]),
    ("ranked", False, ["Torsdag"], ["Torsdag", "Onsdag"], ["Onsdag", "Torsdag"], ["Omgång 1", "Omgång 2"]),
]


def open_ballot(page, thread):
    """The poll on the thread's page: it comes by itself, and without scripts a link leads to it."""
    page.goto(thread)
    link = page.get_by_role("link", name="Avaa äänestys")
    if link.is_visible() and not page.locator("[data-htmx-powered]").count():
        link.click()
    again = page.locator("#poll summary")
    expect(page.locator("#poll-title")).to_be_visible()
    if again.count():
        again.click()


def vote(page, kind, wanted, javascript):
    """Fill in the ballot; a ranked one by keyboard alone."""
    form = page.locator("#poll form[action$='/vote']")
    expect(form).to_be_visible()
    if kind != "ranked":
        for option in OPTIONS:
            box = form.get_by_label(option, exact=True)
            if kind == "single" and option in wanted:
                box.check()
            elif kind == "multiple":
                box.set_checked(option in wanted)
        form.get_by_role("button", name="Äänestä").click()
    else:
        form.locator("select").first.focus()
        for place in range(len(OPTIONS)):
            expect(form.locator("select").nth(place)).to_be_focused()
            page.keyboard.press("Home")  # nothing
            if place < len(wanted):
                page.keyboard.type(wanted[place])
            page.keyboard.press("Tab")
        expect(form.get_by_role("button", name="Äänestä")).to_be_focused()
        page.keyboard.press("Enter")
    expect(page.locator("#flash")).to_contain_text("Äänesi on laskettu")
    if javascript:
        expect(page.locator("#poll-title")).to_be_focused()


@pytest.mark.parametrize(
    ("kind", "javascript", "first", "second", "other", "result"), POLLS, ids=["single", "multiple-plain", "ranked", "ranked-plain"]
)
def test_a_poll_from_its_question_to_its_outcome(open_as, site, kind, javascript, first, second, other, result):
    thread = site.path(THREAD)
    linda = open_as("medlem", thread, "sv", javascript=javascript, width=360)
    linda.get_by_role("link", name="Lägg till en omröstning").click()
    send(linda, f"/polls/new/{site.stage.things['hr_thread']}", 422)
    expect(linda.locator("[data-errors] a")).to_have_count(2)
    send(linda, f"/polls/new/{site.stage.things['hr_thread']}", question="Vilken dag?", options="\n".join(OPTIONS), kind=kind)
    expect(linda.get_by_role("main")).to_contain_text("Hur gör ni med")

    milla, maija = (open_as(who, None, javascript=javascript) for who in ("member", "moderator"))
    open_ballot(milla, thread)
    expect(milla.locator("#poll")).not_to_contain_text("%")
    vote(milla, kind, first, javascript)
    expect(milla.locator("#poll")).to_contain_text("%")
    open_ballot(milla, thread)
    vote(milla, kind, second, javascript)
    open_ballot(maija, thread)
    vote(maija, kind, other, javascript)

    linda.goto(thread)
    if not javascript:
        linda.get_by_role("link", name="Öppna omröstningen").click()
    press(linda, "/close")
    expect(linda.locator("#poll form[action$='/outcome']")).to_be_visible()
    for words in result:
        expect(linda.locator("#poll")).to_contain_text(words)
    if javascript:
        assert faults(linda) == [] and not overflow(linda)
    send(linda, "/outcome", outcome="Vi ses på **onsdag**.")
    expect(linda.locator("#poll .callout strong")).to_have_text("onsdag")

    open_news(milla, "Äänestyksen lopputulos")
    if not javascript:
        milla.goto(thread)
        milla.get_by_role("link", name="Avaa äänestys").click()
    expect(milla.locator("#poll .callout")).to_contain_text("Vi ses på onsdag.")
    expect(milla.locator("#poll form")).to_have_count(0)
