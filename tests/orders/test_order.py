"""Printed copies: ordered, out of stock, called off (S0-16)."""

import threading
from datetime import timedelta
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest
from sqlalchemy import delete, update
from werkzeug.serving import make_server

from extranet.audit.models import AuditEvent
from extranet.core import clock
from extranet.core.db import db
from extranet.mail.models import Letter
from extranet.materials.models import Material
from extranet.networks.models import Membership
from extranet.notifications.models import Notification
from extranet.orders.models import PublicationOrder
from extranet.orders.tasks import wipe
from tests.orders.conftest import WHERE


def left(rows, cast):
    return rows(Material, Material.id == cast["hr_material"])[0].stock


def test_a_contact_person_orders(browser, cast, stock, rows):
    stock(10)
    contact = browser("contact")
    form = contact.get(f"/orders/new?material={cast['hr_material']}")
    assert form.soup.select_one("#receiver")["value"] == "Porvoo"
    assert form.soup.select_one("#contact_name")["value"] == "Kaisa Virtasalo"
    done = contact.submit(form, quantity="3", street="Raatihuoneenkatu 9", postcode="06100", city="Porvoo")
    assert "Perehdytyksen muistilista" in done.text("table")
    made = rows(PublicationOrder)[0]
    assert (made.quantity, made.organisation_id is not None, made.state, left(rows, cast)) == (3, True, "received", 7)
    letter = rows(Letter)[0]
    assert letter.to == "contact@extranet.example" and "Raatihuoneenkatu 9" in letter.text and "3" in letter.text
    assert [n.user_id for n in rows(Notification, Notification.kind == "orders.order")] == [cast["moderator"]]
    event = rows(AuditEvent, AuditEvent.name == "orders.order")[0]
    assert (event.thing, event.detail, event.network_id) == ("publication_order", {"quantity": "3"}, cast["network:hr"])
    again = contact.get(f"/orders/new?material={cast['hr_material']}")
    assert again.soup.select_one("#street")["value"] == "Raatihuoneenkatu 9", "the address is remembered for the next order"


@pytest.mark.parametrize(
    ("fields", "selector"),
    [
        ({"quantity": "0"}, "#quantity-error"),
        ({"quantity": "-1"}, "#quantity-error"),
        ({"quantity": "51"}, "#quantity-error"),
        ({"quantity": "monta"}, "#quantity-error"),
        ({"postcode": "6100"}, "#postcode-error"),
        ({"postcode": "06100\n"}, None),
        ({"street": "  "}, "#street-error"),
        ({"receiver": "a" * 161}, "#receiver-error"),
        ({"note": "a" * 501}, "#note-error"),
    ],
)
def test_bad_input_is_said_at_its_field(browser, cast, stock, rows, fields, selector):
    stock(60)
    page = browser("contact").post(f"/orders/new?material={cast['hr_material']}", **(WHERE | fields))
    if selector is None:
        assert page.status == 303
        return
    assert page.status == 422 and page.has(selector) and page.soup.select_one("#city")["value"] == "Porvoo"
    assert rows(PublicationOrder) == [] and left(rows, cast) == 60


def test_no_more_than_there_are(browser, cast, stock, rows):
    stock(4)
    page = browser("contact").post(f"/orders/new?material={cast['hr_material']}", **(WHERE | {"quantity": "5"}))
    assert page.status == 422 and "4" in page.text("#quantity-error") and left(rows, cast) == 4
    stock(0)
    page = browser("contact").get(f"/orders/new?material={cast['hr_material']}")
    assert page.status == 200 and not page.has("main form")
    assert browser("contact").post(f"/orders/new?material={cast['hr_material']}", **WHERE).status == 422


def test_two_people_and_the_last_copies(app, browser, cast, stock, rows):
    """Real HTTP, real threads: exactly one of them gets the copies."""
    stock(2)
    cookies = [f"session={browser(name).client.get_cookie('session').value}" for name in ("contact", "member")]
    server = make_server("127.0.0.1", 0, app, threaded=True)
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    gate, answers = threading.Barrier(2), []

    def press(cookie: str) -> None:
        connection = HTTPConnection("127.0.0.1", server.server_port, timeout=60)
        gate.wait()
        headers = {"Cookie": cookie, "Host": "localhost", "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", f"/orders/new?material={cast['hr_material']}", urlencode(WHERE), headers)
        answers.append(connection.getresponse().status)
        connection.close()

    threads = [threading.Thread(target=press, args=(cookie,)) for cookie in cookies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    server.shutdown()
    serving.join()
    server.server_close()
    assert sorted(answers) == [303, 422]
    assert len(rows(PublicationOrder)) == 1 and left(rows, cast) == 0


def test_called_off_by_whoever_ordered(browser, cast, order, rows):
    number = order(quantity="5")
    assert left(rows, cast) == 95
    contact = browser("contact")
    contact.submit(contact.get(f"/orders/{number}/cancel"))
    contact.post(f"/orders/{number}/cancel")
    assert left(rows, cast) == 100, "the copies come back once"
    assert rows(PublicationOrder)[0].state == "cancelled"
    assert len(rows(Letter)) == 1, "no letter about what she did herself"


def test_called_off_at_the_desk_needs_a_reason(browser, cast, order, rows):
    number = order()
    moderator = browser("moderator")
    page = moderator.submit(moderator.get(f"/orders/{number}/cancel"))
    assert page.status == 422 and page.has("#reason-error")
    moderator.submit(page, reason="Painos vedettiin takaisin.")
    assert "Painos vedettiin takaisin." in rows(Letter)[-1].text and rows(Letter)[-1].to == "contact@extranet.example"
    assert browser("member").get(f"/orders/{number}/cancel").status == 404


def test_a_year_later_the_address_is_gone(app, browser, cast, order, rows):
    old, young = order(), order(street="Uusi tie 1")
    browser("moderator").post("/orders/desk/send", order=[old, young])
    with app.app_context():
        before = clock.now() - timedelta(days=366)
        db.session.execute(update(PublicationOrder).where(PublicationOrder.id == old).values(sent_at=before))
        wipe()
        db.session.commit()
    first, second = rows(PublicationOrder)
    assert (first.receiver, first.street, first.contact_name, first.quantity) == ("", "", "", 2) and first.wiped_at
    assert second.street == "Uusi tie 1" and second.wiped_at is None
    assert "Raatihuoneenkatu" not in browser("moderator").get("/orders/desk?state=all").html


def test_whoever_sees_a_material_no_more_does_not_read_its_title_from_her_orders(browser, app, cast, order):
    """T17, I-29; the order itself stays, and can be called off."""
    number = order("member")
    with app.app_context():
        db.session.execute(delete(Membership).where(Membership.user_id == cast["member"]))
        db.session.execute(update(Material).where(Material.id == cast["hr_material"]).values(title={"fi": "Salattu uusi nimi"}))
        db.session.commit()
    for address in ("/orders/", f"/orders/{number}/cancel"):
        page = browser("member").get(address)
        assert (page.status, "Salattu" in page.html) == (200, False)
        assert "jota et enää näe" in page.text()
