"""The whole life of one event, as its organiser and two members live it, with JavaScript and without.

A date in words; then a day, workshops and one place; sign-up, queue, cancelling, an offer in time; the door on a phone; feedback,
certificate, and the bill.
"""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from extranet.billing.models import CostShare
from extranet.core import clock
from extranet.core.db import db
from extranet.core.viewer import SYSTEM
from extranet.events import actions, queries
from extranet.events.models import Event, Signup
from extranet.events.programme_models import Choice, Session
from tests.browser.test_every_page import overflow

CARD = "#signup"


def fill_in(page: Page, **fields: str) -> None:
    """Write into the fields by their names; what lies in a folded part is unfolded first."""
    for name, value in fields.items():
        field = page.locator(f"main [name={name}]")
        if field.first.evaluate("(element) => element.tagName") == "SELECT":
            field.select_option(value)
        elif field.first.get_attribute("type") == "radio":
            page.locator(f"main [name={name}][value='{value}']").check()
        else:
            field.fill(value)


def send(page: Page, action: str, **fields: str) -> None:
    """Fill in the form that goes to that address and press its button; returns when the answer is there."""
    fill_in(page, **fields)
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.status == 303):
        page.locator(f"main form[action$='{action}'] button:not([type=button])").last.click()
    page.wait_for_load_state()


def let_pass(site, event_id: int, hours: int) -> None:
    """Let time pass until so many hours after the event's start: the event and its programme move instead."""
    with site.stage.app.app_context():
        event = db.session.get_one(Event, event_id)
        by = event.starts_at - (clock.now() - timedelta(hours=hours))
        for thing in (event, *db.session.scalars(select(Session).where(Session.event_id == event_id))):
            thing.starts_at, thing.ends_at = thing.starts_at - by, thing.ends_at - by
        db.session.commit()
        if event.ends_at < clock.now():
            actions.finish(SYSTEM, queries.get_event(SYSTEM, event_id))
            db.session.commit()


@pytest.mark.slow
@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_the_life_of_an_event(site, open_as, javascript):
    lead, milla, linda = (open_as(who, None, javascript=javascript) for who in ("moderator", "member", "medlem"))
    event_id = announce(lead)
    milla.goto(f"/events/{event_id}/")
    expect(milla.locator("main")).to_contain_text("Helmikuun alussa")
    expect(milla.locator(CARD)).to_contain_text("ei ole vielä avattu")

    arrange(lead, event_id)
    with site.stage.app.app_context():
        workshops = list(
            db.session.scalars(select(Session.id).where(Session.event_id == event_id, Session.slot != "").order_by(Session.id))
        )
    assert len(workshops) == 2

    milla.reload()
    send(milla, "/sign-up", slot_1_1=str(workshops[0]))
    expect(milla.locator(CARD)).to_contain_text("Ilmoittauduttu")
    linda.goto(f"/events/{event_id}/")
    send(linda, "/sign-up", slot_1_1=str(workshops[1]))
    expect(linda.locator(CARD)).to_contain_text("Du står på plats 1 i kön")

    milla.locator(CARD).get_by_role("link", name="Peru ilmoittautuminen").click()
    send(milla, "/cancel")
    linda.reload()
    send(linda, "/accept")
    expect(linda.locator(CARD)).to_contain_text("Du deltar")
    assert look(site, event_id) == ["cancelled", "confirmed"]
    with site.stage.app.app_context():
        chosen = db.session.execute(select(Choice.session_id, Choice.state).join(Choice.signup).where(Signup.event_id == event_id)).all()
    assert [(row.session_id, row.state.value) for row in chosen] == [(workshops[1], "confirmed")]

    let_pass(site, event_id, hours=1)
    open_door(open_as("moderator", f"/events/{event_id}/attendance", width=360, javascript=javascript))
    assert look(site, event_id) == ["cancelled", "attended"]

    let_pass(site, event_id, hours=7)
    thank(linda, event_id)
    split(lead, event_id)
    with site.stage.app.app_context():
        assert [(share.code, share.cents) for share in db.session.scalars(select(CostShare))] == [("710", 30_000)]


def announce(page: Page) -> int:
    """A draft whose date is known in words only, and the word to the members; the event's id."""
    page.goto("/networks/hr/events/new")
    send(
        page, "/events/new", title_fi="Mistä tekijät?", title_sv="Varifrån kommer folket?", date_text_fi="Helmikuun alussa",
        date_text_sv="I början av februari", venue_fi="Kosken kunnantalo", venue_sv="Kommunhuset i Koskis",
    )  # fmt: skip
    found = re.search(r"/events/(\d+)/", page.url)
    assert found is not None
    send(page, "/publish")
    return int(found[1])


def arrange(page: Page, event_id: int) -> None:
    """A day, one place, two workshops side by side; then registration opens."""
    page.goto(f"/events/{event_id}/edit")
    day = clock.today() + timedelta(days=30)
    send(page, "/edit", day=day.isoformat(), starts="09:00", ends="15:00", capacity_onsite="1")
    for number, title in enumerate(("Ennakointi", "Osaaminen")):
        page.goto(f"/events/{event_id}/programme/new")
        beside = str(page.locator("main [name=beside] option").nth(1).get_attribute("value"))
        assert (beside == "new") == (number == 0), "the second one is added to the choice that the first one began"
        send(page, "/programme/new", type="workshop", title_fi=title, starts="10:00", ends="11:30", beside=beside, capacity="1")
    page.goto(f"/events/{event_id}/")
    send(page, "/publish")


def look(site, event_id: int) -> list[str]:
    """The states of the sign-ups, in their order."""
    with site.stage.app.app_context():
        return [state.value for state in db.session.scalars(select(Signup.state).where(Signup.event_id == event_id).order_by(Signup.id))]


def open_door(page: Page) -> None:
    """On a phone: who has come, then the list is complete."""
    linda = page.get_by_role("button", name=re.compile("Blomstrand"))
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        linda.click()
    expect(linda).to_have_attribute("aria-pressed", "true")
    assert not overflow(page)
    page.get_by_role("link", name="Sulje lista").click()
    expect(page.locator("main .stat").first).to_contain_text("1")
    send(page, "/attendance/close")


def thank(page: Page, event_id: int) -> None:
    """The participant says what it was like, and fetches her certificate."""
    page.goto(f"/events/{event_id}/")
    page.locator(f"main a[href='/events/{event_id}/feedback']").click()
    send(page, "/feedback", rating="5", text="Precis lagom mycket.")
    page.goto(f"/events/{event_id}/")
    address = page.locator(f"main a[href='/events/{event_id}/certificate']").get_attribute("href")
    certificate = page.request.get(str(address))
    assert certificate.headers["content-type"] == "application/pdf" and certificate.body().startswith(b"%PDF-")


def split(page: Page, event_id: int) -> None:
    """The organiser writes down the bill and approves the shares."""
    page.goto(f"/events/{event_id}/costs")
    send(page, "/costs/add", kind="venue", label="Salin vuokra", amount="300,00")
    page.goto(f"/events/{event_id}/costs/approve")
    expect(page.locator("main")).to_contain_text("Raasepori")
    send(page, "/costs/approve")
