"""Two people in one discussion: the reply of one arrives while the other reads and writes; what was read is noted."""

from playwright.sync_api import expect
from sqlalchemy import select

from extranet.core.db import db
from extranet.discussions.reading_models import ReadMark
from tests.waiting import until

THREAD = "/discussions/{hr_thread}/"


def answer(open_as, text):
    """Medlem replies in a browser of her own."""
    page = open_as("medlem", THREAD)
    page.locator("form[action$='/reply'] textarea").fill(text)
    page.locator("form[action$='/reply'] button.button:not(.button--quiet)").last.click()
    expect(page.locator("article.post").last).to_contain_text(text)


def test_a_reply_arrives_is_announced_and_moves_nothing(open_as):
    page = open_as("member", THREAD)
    page.clock.install()
    page.reload()
    text = page.locator("form[action$='/reply'] textarea")
    text.fill("Kesken oleva ajatus")
    text.scroll_into_view_if_needed()
    before = text.bounding_box()["y"]

    answer(open_as, "Tack för svaret!")
    page.clock.run_for(30_000)
    expect(page.locator("article.post").last).to_contain_text("Tack för svaret!")
    expect(page.locator("#heard")).to_have_text("Uusi vastaus: Linda Blomstrand.")
    assert page.locator("#heard").get_attribute("role") == "status"
    expect(page.locator("[data-replies]")).to_have_text("2 vastausta")
    assert abs(text.bounding_box()["y"] - before) <= 1, "what she writes stays where it was"
    expect(text).to_have_value("Kesken oleva ajatus")


def test_without_scripts_a_link_looks_for_more(open_as):
    page = open_as("member", THREAD, javascript=False)
    answer(open_as, "Tack för svaret!")
    page.get_by_role("link", name="Katso, onko uusia vastauksia").click()
    expect(page.locator("article.post").last).to_contain_text("Tack för svaret!")


def test_what_was_on_the_screen_is_marked_as_read(open_as, site):
    page = open_as("moderator", THREAD)
    expect(page.locator("article.post").last).to_be_in_viewport()
    page.goto("about:blank")

    def marks():
        with site.stage.app.app_context():
            return list(db.session.scalars(select(ReadMark.number)))

    until(lambda: marks() == [2])


def test_a_list_knows_what_was_just_read(open_as, site):
    """The mark is sent while she reads, not only when she leaves: the next page is made before it hears that this one was left."""
    page = open_as("moderator", "/networks/hr/discussions/")
    count = page.locator('.tabs a[href$="/discussions/"] .count')
    before = int(count.inner_text())
    page.locator("#threads li.is-unread", has_text="arbetsintyg").locator("h3 a").click()
    expect(page.locator("article.post").last).to_be_in_viewport()

    def marks():
        with site.stage.app.app_context():
            return list(db.session.scalars(select(ReadMark.number)))

    until(lambda: marks() == [2])
    page.locator('.tabs a[href$="/discussions/"]').click()
    expect(page.locator("#threads h3", has_text="arbetsintyg")).to_be_visible()
    expect(page.locator("#threads li.is-unread", has_text="arbetsintyg")).to_have_count(0)
    assert int(count.inner_text()) == before - 1
