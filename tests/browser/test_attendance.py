"""At the door on a 360 px phone: marking people while the connection is cut, after a reload, and beside somebody else."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.events.kinds import EventState, EventType, Mode, SignupState
from extranet.events.models import Event, Signup
from extranet.events.tickets import path_of
from tests.browser.test_every_page import COLOURS, faults, overflow, turn_to

GUESTS = ("Aino Ahtisalo", "Bertta Björk", "Cecilia Öhman-Wärnhjelm", "Daavid Niskavuori")


@pytest.fixture
def door(site):
    """An event that is going on, with four guests; its address and the ids of their places."""
    with site.stage.app.app_context():
        begins = clock.now() - timedelta(hours=1)
        event = Event(
            network_id=site.stage.networks["hr"], type=EventType.NETWORK_DAY, mode=Mode.HYBRID, state=EventState.CLOSED, starts_at=begins,
            ends_at=begins + timedelta(hours=6), title=LocalText(fi="Verkostopäivä", sv="Nätverksdag"),
        )  # fmt: skip
        db.session.add(event)
        db.session.flush()
        places = [
            Signup(
                event_id=event.id, guest_name=name, guest_email=f"vieras{n}@vieras.example", guest_organisation="Sivistyskuntayhtymä",
                mode=Mode.ONSITE, state=SignupState.CONFIRMED,
            )
            for n, name in enumerate(GUESTS)
        ]  # fmt: skip
        db.session.add_all(places)
        db.session.commit()
        site.stage.is_dirty = True
        return f"/events/{event.id}/attendance", [one.id for one in places]


def present(site, ids):
    with site.stage.app.app_context():
        return [db.session.get(Signup, one).checked_in_at is not None for one in ids]


def button(page, name):
    return page.get_by_role("button", name=re.compile(name.split()[-1]))


def expect_pressed(page, name, is_pressed=True):
    expect(button(page, name)).to_have_attribute("aria-pressed", "true" if is_pressed else "false")


def cut(page):
    """Whatever the page sends from now on is lost, until the returned list is emptied."""
    is_cut = [True]
    page.route(re.compile("/attendance/marks$"), lambda route: route.abort() if is_cut else route.continue_())
    return is_cut


def test_marks_wait_for_the_connection_and_survive_a_reload(open_as, site, door, watch):
    watch.allowed += ["ERR_FAILED", "ERR_INTERNET_DISCONNECTED"]
    path, ids = door
    page = open_as("moderator", path, width=360)
    button(page, GUESTS[0]).click()
    expect_pressed(page, GUESTS[0])
    expect(page.locator("[data-status]")).to_contain_text("Kaikki merkinnät on lähetetty")
    assert present(site, ids) == [True, False, False, False]

    is_cut = cut(page)
    for name in GUESTS[1:3]:
        button(page, name).click()
        expect_pressed(page, name)
    expect(page.locator("[data-unsent]")).to_contain_text("2 merkintää odottaa")
    expect(page.locator("[data-count]")).to_have_text("3")
    button(page, GUESTS[0]).click()  # one taken back, too
    expect(page.locator("[data-unsent]")).to_contain_text("3 merkintää odottaa")
    assert present(site, ids) == [True, False, False, False]
    assert not faults(page) and not overflow(page)
    turn_to(page, "dark")
    assert not faults(page, COLOURS)

    page.reload()
    expect_pressed(page, GUESTS[1])
    expect_pressed(page, GUESTS[0], False)
    expect(page.locator("[data-count]")).to_have_text("2")
    expect(page.locator("[data-unsent]")).to_contain_text("3 merkintää odottaa")

    is_cut.clear()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-unsent]")).to_be_hidden()
    assert present(site, ids) == [False, True, True, False]
    assert page.evaluate("localStorage.length") == 0


def test_a_phone_without_any_network(open_as, site, door, watch):
    """The browser itself says that there is no connection, and tries again when there is."""
    watch.allowed += ["ERR_INTERNET_DISCONNECTED"]
    path, ids = door
    page = open_as("moderator", path, width=360)
    page.context.set_offline(True)
    button(page, GUESTS[3]).click()
    expect(page.locator("[data-unsent]")).to_contain_text("1 merkintä odottaa")
    page.context.set_offline(False)
    expect(page.locator("[data-unsent]")).to_be_hidden()
    assert present(site, ids) == [False, False, False, True]


def test_the_answer_was_lost_on_the_way(open_as, site, door, watch):
    """The server has it, the phone does not know: it sends the same again, and it counts once."""
    watch.allowed += ["ERR_FAILED"]
    path, ids = door
    page = open_as("moderator", path, width=360)
    lost = []

    def lose(route):
        if not lost and route.request.method == "POST":
            lost.append(route.fetch())
            route.abort()
        else:
            route.continue_()

    page.route(re.compile("/attendance/marks$"), lose)
    with page.expect_event("requestfailed"):
        button(page, GUESTS[0]).click()
    expect(page.locator("[data-unsent]")).to_be_visible()
    assert present(site, ids)[0]
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-unsent]")).to_be_hidden()
    expect_pressed(page, GUESTS[0])
    assert present(site, ids) == [True, False, False, False]


def test_two_at_one_door(open_as, site, door):
    """What the other marked comes along; what one pressed later holds."""
    path, ids = door
    mine, other = open_as("moderator", path, width=360), open_as("admin", path, width=360)
    button(mine, GUESTS[0]).click()
    button(other, GUESTS[1]).click()
    expect(other.locator("[data-status]")).to_contain_text("lähetetty")
    button(mine, GUESTS[2]).click()
    expect_pressed(mine, GUESTS[1])
    expect(mine.locator("[data-count]")).to_have_text("3")
    assert present(site, ids) == [True, True, True, False]


def test_finding_somebody_needs_no_connection(open_as, door, watch):
    watch.allowed += ["ERR_INTERNET_DISCONNECTED"]
    path, _ids = door
    page = open_as("moderator", path, width=360)
    page.context.set_offline(True)
    page.get_by_role("searchbox").fill("öhman cec")
    expect(page.locator("[data-person]:visible")).to_have_count(1)
    page.get_by_role("searchbox").fill("ei ketään")
    expect(page.locator("[data-nobody]")).to_be_visible()
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("searchbox").fill("")
    expect(page.locator("[data-person]:visible")).to_have_count(4)
    page.context.set_offline(False)


def test_the_camera_opens_one_person(open_as, site, door):
    _path, ids = door
    with site.stage.app.app_context():
        ticket = path_of(ids[2])
    page = open_as("moderator", ticket, width=360)
    expect(page.get_by_role("heading", level=1)).to_have_text(GUESTS[2])
    page.get_by_role("button", name=re.compile("On paikalla")).click()
    expect(page.locator("[data-status]")).to_contain_text("lähetetty")
    assert present(site, ids) == [False, False, True, False]
    assert not faults(page) and not overflow(page)
    shown = open_as("visitor", ticket, width=320)
    assert shown.locator("img.ticket__code").evaluate("(image) => image.naturalWidth") > 100
    assert not faults(shown) and not overflow(shown)


def test_without_javascript_and_by_keyboard(open_as, site, door):
    path, ids = door
    page = open_as("moderator", path, width=360, javascript=False)
    button(page, GUESTS[1]).click()
    expect_pressed(page, GUESTS[1])
    assert page.url.endswith(f"#p{ids[1]}")
    button(page, GUESTS[1]).click()
    expect_pressed(page, GUESTS[1], False)
    keyed = open_as("moderator", path, width=360)
    button(keyed, GUESTS[3]).focus()
    keyed.keyboard.press("Space")
    expect(keyed.locator("[data-status]")).to_contain_text("lähetetty")
    assert present(site, ids) == [False, False, False, True]
