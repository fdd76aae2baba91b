"""From a report to a second look, and every act on a thread with its reason and back again, with JavaScript and without (I-26 to I-28)."""

import pytest
from playwright.sync_api import expect

from extranet.networks.models import MembershipRole
from tests.browser.discussing import THREAD, follow, join, open_news, press, send
from tests.browser.test_every_page import faults, overflow

WAYS = pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
REASON = "Viesti kertoo tunnistettavasta ihmisestä."


def choose(page, name, value):
    page.locator(f"main [name={name}][value={value}]").check()


@WAYS
def test_a_report_is_decided_told_and_looked_at_again(open_as, site, javascript):
    join(site, "pori", "hr", MembershipRole.MODERATOR)
    opening = site.stage.things["hr_post"] - 1
    milla, linda, maija, sari = (open_as(who, THREAD, javascript=javascript) for who in ("member", "medlem", "moderator", "pori"))
    with_own = milla.locator("main .post").nth(1)
    expect(with_own.locator("a[href*='/moderation/report/']")).to_have_count(0)
    follow(milla, f"/moderation/report/{opening}")
    send(milla, f"/moderation/report/{opening}", 422)
    expect(milla.locator("[data-errors]")).to_contain_text("Valitse, mikä on vialla")
    choose(milla, "why", "personal_data")
    send(milla, f"/moderation/report/{opening}", words="Henkilön voi tunnistaa.")

    open_news(maija, "Viestistä on tehty ilmoitus")
    case = maija.url
    expect(maija.get_by_role("main")).to_contain_text("Henkilön voi tunnistaa.")
    send(maija, "/claim")
    expect(maija.get_by_role("main")).to_contain_text("Sinun käsittelyssäsi")
    sari.goto(case)
    expect(sari.get_by_role("main")).to_contain_text("Käsittelyssä: Maija Kallioniemi")
    expect(sari.locator("form[action$='/decide']")).to_have_count(0)
    assert faults(sari) == [] and not overflow(sari) if javascript else True
    choose(maija, "outcome", "hide")
    send(maija, "/decide", reason=REASON)

    open_news(milla, "Moderaattori on ratkaissut ilmoituksen")
    expect(milla.get_by_role("main")).to_contain_text(REASON)
    expect(milla.locator("form[action$='/ask-review']")).to_have_count(0)
    milla.goto(site.path(THREAD))
    expect(milla.get_by_role("heading", level=1)).not_to_contain_text("arbetsintyg")
    open_news(linda, "En moderator har avgjort")
    expect(linda.get_by_role("main")).to_contain_text(REASON)
    send(linda, "/ask-review", words="Jag nämner ingen.")
    expect(linda.get_by_role("main")).to_contain_text("Omprövning har begärts")

    maija.goto(case)
    expect(maija.get_by_role("main")).to_contain_text("Uuden käsittelyn tekee toinen moderaattori")
    expect(maija.locator("form[action$='/review']")).to_have_count(0)
    open_news(sari, "uutta käsittelyä")
    expect(sari.get_by_role("main")).to_contain_text("Jag nämner ingen.")
    choose(sari, "outcome", "leave")
    send(sari, "/review", reason="Ketään ei voi tunnistaa.")
    open_news(linda, "En annan moderator")
    expect(linda.get_by_role("main")).to_contain_text("Ketään ei voi tunnistaa.")
    milla.goto(site.path(THREAD))
    expect(milla.get_by_role("heading", level=1)).to_contain_text("arbetsintyg")


def test_nobody_handles_a_report_on_an_own_message(open_as, site):
    join(site, "pori", "hr", MembershipRole.MODERATOR)
    maija, sari = (open_as(who, THREAD, javascript=False) for who in ("moderator", "pori"))
    send(maija, "/reply", body="Tämän kirjoitti moderaattori.")
    number = str(maija.locator(".post[data-number]").last.get_attribute("id")).removeprefix("post-")
    linda = open_as("medlem", f"/moderation/report/{number}", javascript=False)
    choose(linda, "why", "insult")
    send(linda, f"/moderation/report/{number}")

    open_news(sari, "Viestistä on tehty ilmoitus")
    expect(sari.get_by_role("main")).to_contain_text("Tämän kirjoitti moderaattori.")
    case = sari.url
    maija.goto("/moderation/")
    expect(maija.locator("#cases li")).to_have_count(1)
    expect(maija.locator("#cases")).not_to_contain_text("Tämän kirjoitti")
    answer = maija.goto(case)
    assert answer is not None and answer.status == 404


class Moderated:
    """A thread of Linda's that Maija moderates and Milla reads."""

    def __init__(self, open_as, path, javascript):
        self.path, self.javascript = path, javascript
        self.maija, self.milla, self.linda = (open_as(who, path, javascript=javascript) for who in ("moderator", "member", "medlem"))
        self.main, self.title = self.maija.get_by_role("main"), self.maija.get_by_role("heading", level=1)

    def act(self, verb, **fields):
        """Without a reason it is not done."""
        self.maija.goto(self.path)
        follow(self.maija, f"{self.path}{verb}")
        send(self.maija, verb, 422)
        expect(self.maija.locator("[data-errors]")).to_contain_text("Kirjoita syy")
        send(self.maija, verb, reason="Näin se löytyy.", **fields)

    def told(self, words):
        self.linda.goto("/notifications/")
        expect(self.linda.locator(".feed li").first).to_contain_text(words)
        expect(self.linda.locator(".feed li").first).to_contain_text("Näin se löytyy.")

    def opens(self, path=""):
        """What Milla gets."""
        answer = self.milla.goto(path or self.path)
        assert answer is not None
        return answer.status

    def undo(self):
        """Take back the latest change of the log, which comes by itself, or by its link without JavaScript."""
        if not self.javascript:
            follow(self.maija, "/log")
        with self.maija.expect_response(lambda answer: answer.request.method == "POST" and answer.status == 303):
            self.maija.locator(".log form button").first.click()
        self.maija.wait_for_load_state()


def test_a_thread_is_locked_hidden_retitled_and_pinned_and_back(open_as, site):
    it = Moderated(open_as, site.path(THREAD), True)
    it.act("close")
    it.told("låste")
    expect(it.main).to_contain_text("Näin se löytyy.")
    it.opens()
    expect(it.milla.locator("form[action$='/reply']")).to_have_count(0)
    press(it.maija, "/reopen")
    it.opens()
    expect(it.milla.locator("form[action$='/reply']")).to_have_count(1)

    it.act("hide")
    it.told("dolde")
    assert it.opens() == 404
    press(it.maija, "/restore")
    assert it.opens() == 200

    it.act("retitle", title="Kaksikieliset työtodistukset")
    it.told("ändrade rubriken")
    expect(it.title).to_have_text("Kaksikieliset työtodistukset")
    it.undo()
    expect(it.title).to_contain_text("arbetsintyg")

    it.act("pin")
    it.told("fäste")
    it.opens("/networks/hr/discussions/")
    expect(it.milla.locator("#threads li").first).to_contain_text("arbetsintyg")
    press(it.maija, "/unpin")
    it.opens("/networks/hr/discussions/")
    expect(it.milla.locator("#threads li").first).not_to_contain_text("arbetsintyg")


def test_without_scripts_messages_are_split_merged_moved_and_hidden_and_back(open_as, site):
    join(site, "moderator", "contact-persons", MembershipRole.MODERATOR)
    it = Moderated(open_as, site.path(THREAD), False)
    send(it.milla, "/reply", body="Toinen asia: palkkatodistus.")
    reply = str(it.milla.locator(".post[data-number]").last.get_attribute("id")).removeprefix("post-")

    it.maija.goto(it.path)
    follow(it.maija, "split?from=3")
    expect(it.maija.locator("main [name=which][value=after]")).to_be_checked()
    send(it.maija, "/split", title="Palkkatodistus", reason="Näin se löytyy.")
    expect(it.title).to_have_text("Palkkatodistus")
    it.opens(f"/discussions/posts/{reply}")
    expect(it.milla.get_by_role("heading", level=1)).to_have_text("Palkkatodistus")
    it.maija.goto(it.path)
    it.undo()
    it.opens(f"/discussions/posts/{reply}")
    expect(it.milla.get_by_role("heading", level=1)).to_contain_text("arbetsintyg")

    it.act("merge", into=str(site.stage.things["closed_thread"]))
    it.told("slog ihop")
    expect(it.title).to_contain_text("lähtöhaastatteluista")
    it.opens()
    assert it.milla.url.endswith(site.path("/discussions/{closed_thread}/"))
    it.undo()
    it.opens()
    expect(it.milla.get_by_role("heading", level=1)).to_contain_text("arbetsintyg")

    it.act("move", network_id=str(site.stage.networks["contact-persons"]))
    it.told("flyttade")
    expect(it.maija.locator(".net-head__name")).to_contain_text("Yhteyshenkilöverkosto")
    assert it.opens() == 404
    it.undo()
    assert it.opens() == 200

    follow(it.maija, f"/posts/{reply}/hide")
    send(it.maija, f"/posts/{reply}/hide", reason=REASON)
    it.opens(f"/discussions/posts/{reply}")
    expect(it.milla.locator(f"#post-{reply}")).to_contain_text(REASON)
    press(it.maija, f"/posts/{reply}/restore")
    expect(it.maija.locator(f"#post-{reply}")).not_to_contain_text(REASON)
