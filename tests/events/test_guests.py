"""Guests come by invitation (domain.md §7.9, 4): a form and a page of their own behind a secret address, letters, an end to their data."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from extranet.accounts.misses import MISSES
from extranet.audit.models import AuditEvent
from extranet.core import clock
from extranet.core.db import db
from extranet.events import guest_links
from extranet.events.guest_models import Invitation
from extranet.events.kinds import EventState, Mode
from extranet.events.models import Event, Signup
from extranet.mail.message import unpack
from extranet.mail.models import Letter
from extranet.networks.models import Network, NetworkState

GUEST = {"name": "Vieno Vieras", "email": "vieno@muualla.example", "organisation": "Muualla ry"}


@pytest.fixture
def link(app, browser, rows):
    """`link(event, guests=2)`: the path of a new link for several, made by the moderator."""

    def make(event_id: int, guests: int = 5) -> str:
        moderator = browser("moderator")
        page = moderator.submit(moderator.get(f"/events/{event_id}/guests"), "main form:has([name=kind])", kind="several", guests=guests)
        assert "Kopioi" in page.text("#flash")
        return str(page.soup.select_one("ul.card input[readonly]")["value"]).removeprefix("http://localhost")

    return make


@pytest.fixture
def own_path(app):
    """The secret path of a guest's own page, as her letters have it."""

    def read(event_id: int) -> str:
        with app.test_request_context():
            wanted = select(Signup).where(Signup.event_id == event_id, Signup.user_id.is_(None)).order_by(Signup.id.desc())
            path = guest_links.path_of(db.session.scalars(wanted).first())
            assert path is not None
            return path

    return read


def test_a_guest_is_invited_by_name_signs_up_and_gets_letters_with_the_calendar_file(browser, plan, rows, work, own_path):
    event, moderator, guest = plan(takes_guests=True), browser("moderator"), browser()
    assert f"/events/{event}/guests" in moderator.get(f"/events/{event}/").links()
    moderator.submit(moderator.get(f"/events/{event}/guests"), "main form:has([name=kind])", **GUEST, language="sv")
    work()
    [letter] = rows(Letter)
    path = next(word for word in letter.text.split() if "/events/invitations/" in word).removeprefix("http://localhost")
    assert (letter.to, letter.language) == ("vieno@muualla.example", "sv") and "Inbjudan" in letter.subject
    assert path.rsplit("/", 1)[1] not in str([i.token_hash for i in rows(Invitation)]), "only its hash is kept"

    page = guest.get(path)
    assert page.soup.html["lang"] == "sv" and page.soup.select_one("#email")["value"] == "vieno@muualla.example"
    assert "noindex" in page.headers["X-Robots-Tag"] and "same-origin" in page.headers["Referrer-Policy"]
    page = guest.submit(page, "main form:has([name=email])")

    assert page.response.request.path == own_path(event) and "Anmäld" in page.text()
    [signup] = rows(Signup, Signup.event_id == event)
    assert (signup.guest_name, signup.guest_language, signup.state, signup.organisation_id) == ("Vieno Vieras", "sv", "confirmed", None)
    work()
    letter = rows(Letter)[-1]
    assert letter.to == "vieno@muualla.example" and own_path(event) in letter.text
    [file] = unpack(letter.attachments)
    assert file.name == "event.ics" and b"METHOD:REQUEST" in file.content and b"vieno" not in file.content.lower()
    assert {e.name for e in rows(AuditEvent)} >= {"events.invite", "events.sign_up_guest"}


def test_a_link_for_several_has_its_number(browser, plan, link, rows):
    event = plan(takes_guests=True)
    path = link(event, guests=2)
    for name in ("Yksi", "Kaksi"):
        guest = browser()
        page = guest.submit(guest.get(path), "main form:has([name=email])", name=name, email=f"{name}@muualla.example")
        assert page.status == 200, page.text()

    page = browser().get(path)
    assert page.status == 410 and "on käytetty" in page.text()
    assert browser().post(path, **GUEST).status == 410 and len(rows(Signup, Signup.event_id == event)) == 2


def test_a_link_into_an_archived_network_takes_nobody(app, cast, browser, plan, link, rows):
    event = plan(takes_guests=True)
    path = link(event)
    with app.app_context():
        db.session.get_one(Network, cast["network:hr"]).state = NetworkState.ARCHIVED
        db.session.commit()
    guest = browser()
    assert guest.get(path).status == 410
    assert guest.post(path, **GUEST, mode="onsite").status == 410 and rows(Signup, Signup.event_id == event) == []


def test_the_same_address_signs_up_once(browser, plan, link, rows):
    event = plan(takes_guests=True)
    path, guest = link(event), browser()
    guest.post(path, **GUEST)
    page = guest.post(path, **(GUEST | {"email": "VIENO@muualla.example"}))
    assert page.status == 422 and "on jo ilmoittauduttu" in page.text() and len(rows(Signup, Signup.event_id == event)) == 1


@pytest.mark.parametrize(("typed", "count"), [({"name": ""}, 1), ({"email": "ei osoite"}, 1), ({"name": "", "email": ""}, 2)])
def test_what_is_missing_is_named(browser, plan, link, rows, typed, count):
    event = plan(takes_guests=True)
    path, guest = link(event), browser()
    page = guest.submit(guest.get(path), "main form:has([name=email])", **(GUEST | typed))
    assert page.status == 422 and len(page.soup.select("[data-errors] li")) == count and rows(Signup, Signup.event_id == event) == []


def test_a_guest_waits_gets_an_offer_takes_it_changes_and_cancels(browser, plan, link, own_path, states, rows, work):
    event = plan(takes_guests=True, capacity_onsite=1, catering=True)
    browser("member").post(f"/events/{event}/sign-up")
    guest = browser()
    page = guest.post(link(event), follow=True, **GUEST)
    assert "Varasijalla, 1." in page.text() or "1." in page.text()
    browser("member").post(f"/events/{event}/cancel")
    work()
    assert own_path(event) in rows(Letter)[-2].text + rows(Letter)[-1].text

    page = guest.get(own_path(event))
    page = guest.submit(page, "form[action$=accept]")
    assert "Paikka vahvistettu" in page.text()
    page = guest.submit(page, f"form[action='{own_path(event)}']", diet="Vegaani", agrees="y", message="Hei")
    assert rows(Signup, Signup.event_id == event)[1].message == "Hei"
    page = guest.submit(guest.get(f"{own_path(event)}/cancel"), "main form")
    assert "peruttiin" in page.text("#flash") and rows(Signup, Signup.event_id == event)[1].state == "cancelled"
    work()
    [file] = unpack(rows(Letter)[-1].attachments)
    assert rows(Letter)[-1].to == "vieno@muualla.example" and b"METHOD:CANCEL" in file.content


def test_only_a_confirmed_remote_guest_gets_the_link_and_only_in_time(app, browser, plan, link, own_path):
    event = plan(takes_guests=True, mode=Mode.HYBRID, stream_url="https://video.example/salaisuus", in_hours=30)
    guest = browser()
    guest.post(link(event), mode="remote", **GUEST)
    assert "salaisuus" not in guest.get(own_path(event)).html
    with time_machine.travel(clock.now() + timedelta(hours=8), tick=False):
        assert "salaisuus" in guest.get(own_path(event)).html
        guest.post(own_path(event), mode="onsite")
        assert "salaisuus" not in guest.get(own_path(event)).html


def test_a_wrong_link_opens_nothing_and_many_close_the_door(browser, plan, link, own_path):
    event = plan(takes_guests=True)
    path = link(event)
    browser().post(path, **GUEST)
    mine = own_path(event)
    for wrong in (f"{path}x", f"{mine}x", mine.replace("guests", "invitations"), path.replace("invitations", "guests")):
        assert browser().get(wrong).status == 404, wrong
        assert browser().post(wrong, **GUEST).status == 404, wrong
    assert browser().post(f"{mine}x/cancel").status == 404 and browser().post(f"{mine}x/accept").status == 404

    stranger = browser()
    for number in range(MISSES):
        last = stranger.get(f"/events/guests/{number}").status
    assert last in (404, 429) and stranger.get("/events/guests/wrong").status == 429


def test_an_ended_link_takes_nobody_more_but_keeps_those_who_came(browser, plan, link, own_path, rows):
    event, moderator = plan(takes_guests=True), browser("moderator")
    path = link(event)
    browser().post(path, **GUEST)
    page = moderator.submit(moderator.get(f"/events/{event}/guests"), "form[action$=revoke]")

    assert "Päättynyt" in page.text("ul.card")
    page = browser().get(path)
    assert page.status == 410 and "moderator@extranet.example" in page.text()
    assert browser().get(own_path(event)).status == 200 and rows(Signup, Signup.event_id == event)[0].state == "confirmed"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"kind": "person", "name": "", "email": ""}, "sähköpostiosoite"),
        ({"kind": "several", "guests": ""}, "kokonaisluku"),
        ({"kind": "several", "guests": "501"}, "kokonaisluku"),
        ({"kind": "several", "until": "2020-01-01"}, "vielä edessä"),
    ],
)
def test_a_bad_invitation_is_explained(browser, plan, rows, typed, words):
    event, moderator = plan(takes_guests=True), browser("moderator")
    page = moderator.submit(moderator.get(f"/events/{event}/guests"), "main form:has([name=kind])", **typed)
    assert page.status == 422 and words in page.text() and rows(Invitation, Invitation.event_id == event) == []


def test_only_an_event_that_takes_guests_has_the_page(browser, plan):
    event = plan()
    assert browser("moderator").get(f"/events/{event}/guests").status == 404
    assert f"/events/{event}/guests" not in browser("moderator").get(f"/events/{event}/").links()


def test_an_invitation_to_a_cancelled_event_says_so(browser, plan, link):
    event = plan(takes_guests=True)
    path = link(event)
    browser("moderator").post(f"/events/{event}/cancel-event", reason="Puhuja estynyt")
    page = browser().get(path)
    assert "peruttu" in page.text("main") and "Puhuja estynyt" in page.text("main")
    assert "mahtuuko" not in page.text("main") and not page.soup.select("main form")


def test_an_invitation_for_one_is_for_that_address(browser, plan, rows, work):
    event, moderator = plan(takes_guests=True), browser("moderator")
    moderator.post(f"/events/{event}/guests", kind="person", until=(clock.today() + timedelta(days=3)).isoformat(), language="fi", **GUEST)
    work()
    path = next(word for word in rows(Letter)[0].text.split() if "/events/invitations/" in word).removeprefix("http://localhost")
    page = browser().post(path, **(GUEST | {"email": "toinen@muualla.example"}))
    assert page.status == 422 and rows(Signup, Signup.event_id == event) == []


def test_a_cancelled_event_says_so_to_its_guests(app, browser, plan, link, own_path, work, rows):
    event = plan(takes_guests=True)
    path, guest = link(event), browser()
    guest.post(path, **GUEST)
    browser("moderator").post(f"/events/{event}/cancel-event", reason="Myrsky")
    work()

    assert "Myrsky" in rows(Letter)[-1].text and rows(Letter)[-1].to == "vieno@muualla.example"
    page = guest.get(own_path(event))
    assert "Tapahtuma on peruttu" in page.text() and not page.has(f"form[action='{own_path(event)}']")
    page = browser().post(path, **(GUEST | {"email": "toinen@muualla.example"}))
    assert page.status == 422 and "peruttu" in page.text()
    with app.app_context():
        assert db.session.get_one(Event, event).state == EventState.CANCELLED


def test_a_guest_too_sees_the_price_once_more(browser, plan, link, own_path, rows):
    event = plan(takes_guests=True, price_cents=12_000, in_hours=24 * 10)
    path, guest = link(event), browser()
    page = guest.submit(guest.get(path), "main form:has([name=email])", accepts_terms="y", **GUEST)
    assert page.status == 200 and "Vieno Vieras, Muualla ry" in page.text() and rows(Signup, Signup.event_id == event) == []
    assert guest.submit(page, "main form:has([name=back])").soup.select_one("#name")["value"] == "Vieno Vieras"
    page = guest.submit(page, "main form:has([name=reviewed])")
    assert "Paikka vahvistettu" in page.text() and "60,00" in page.text()
    page = guest.get(f"{own_path(event)}/cancel")
    assert guest.post(f"{own_path(event)}/cancel").status == 422
    guest.submit(page, "main form")
    assert rows(Signup, Signup.event_id == event)[0].cancel_charge_cents == 6000
