"""What people come for, from the sign-in page to the end: with JavaScript and without, in Finnish and in Swedish (T54)."""

import re

import pytest
from playwright.sync_api import Page, expect

from extranet.core.i18n import catalogue
from extranet.demo.cast import PASSWORD

pytestmark = [
    pytest.mark.parametrize("language", ["fi", "sv"]),
    pytest.mark.parametrize("javascript", [True, False], ids=["with-js", "without-js"]),
]


class Person:
    """Somebody who does what the page says in her language."""

    def __init__(self, page: Page, language: str) -> None:
        self.page = page
        self.say = catalogue(language).gettext
        self.language = language

    def sign_in(self, name: str) -> None:
        self.page.goto("/sign-in")
        self.page.get_by_label(self.say("E-mail")).fill(f"{name}@extranet.example")
        self.page.get_by_label(self.say("Password")).fill(PASSWORD)
        self.page.get_by_role("main").get_by_role("button", name=self.say("Sign in"), exact=True).click()
        expect(self.page.locator(".main-nav")).to_be_visible()
        if self.page.locator("html").get_attribute("lang") != self.language:
            self.page.locator(f".app-header .lang [value={self.language}]").first.click()
        expect(self.page.locator("html")).to_have_attribute("lang", self.language)

    def go(self, *labels: str) -> None:
        """Follow the links with these (English) labels, one after another: first in the main menu, then on the page."""
        self.page.locator(".main-nav").get_by_role("link", name=self.say(labels[0])).click()
        for label in labels[1:]:
            self.page.get_by_role("main").get_by_role("link", name=self.say(label)).first.click()

    def press(self, label: str) -> None:
        self.page.get_by_role("main").get_by_role("button", name=self.say(label), exact=True).click()

    def sees(self, text: str) -> None:
        expect(self.page.get_by_role("main")).to_contain_text(text)

    def hears(self) -> None:
        """The flash says that it was done."""
        expect(self.page.locator("#flash .callout--ok")).to_be_visible()


@pytest.fixture
def person(open_as, language, javascript):
    return Person(open_as("visitor", "/sign-in", language, javascript=javascript), language)


def test_a_member_signs_in_and_reads_her_networks_pages(person, language):
    person.sign_in("member")
    name = {"fi": "HR-verkosto", "sv": "HR-nätverket"}[language]
    title = {"fi": "Aloita tästä", "sv": "Börja här"}[language]
    person.go("Networks")
    person.page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()
    person.page.locator(".tabs").get_by_role("link", name=person.say("Pages")).click()
    person.page.get_by_role("main").get_by_role("link", name=title).first.click()
    expect(person.page.get_by_role("heading", level=1)).to_have_text(title)
    person.sees({"fi": "Tervetuloa HR-verkostoon", "sv": "Välkommen till HR-nätverket"}[language])


def test_a_contact_person_downloads_a_material(person, language):
    person.sign_in("contact")
    title = {"fi": "Perehdytyksen muistilista", "sv": "Checklista för introduktion"}[language]
    person.go("Materials")
    person.page.get_by_role("main").get_by_role("link", name=re.compile(title)).first.click()
    with person.page.expect_download() as download:
        person.page.locator("a.button[download]:visible").first.click()
    assert download.value.suggested_filename == "Perehdytyksen muistilista kesätyöntekijälle 2.pdf"
    assert download.value.path().read_bytes().startswith(b"%PDF")


def test_a_member_signs_up_for_an_event(person, language):
    person.sign_in("member")
    title = {"fi": "Paluu toimistolle vai monipaikkaisesti?", "sv": "Tillbaka till kontoret eller på flera platser?"}[language]
    person.go("Events")
    person.page.get_by_role("main").get_by_role("link", name=title).first.click()
    person.page.locator("#signup").get_by_role("radio").first.check()
    person.press("Sign up")
    expect(person.page.locator("#signup .badge--ok")).to_have_text(person.say("Signed up"))
    person.hears()


def test_a_moderator_closes_a_thread(person, language):
    person.sign_in("moderator")
    person.go("Discussions")
    person.page.get_by_role("main").get_by_role("link", name="Hur gör ni med tvåspråkiga arbetsintyg?").first.click()
    person.page.locator("main summary", has_text=person.say("Moderate")).click()
    person.page.get_by_role("link", name=person.say("Close the discussion")).click()
    person.page.get_by_label(person.say("Reason")).fill("Asia on selvä. / Saken är klar.")
    person.press("Close the discussion")
    person.sees(person.say("This discussion is closed"))
    person.sees("Asia on selvä. / Saken är klar.")
    person.hears()
