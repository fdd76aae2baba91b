"""Every use asks again (T12): whatever takes the sharer's right away closes the link at once."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from extranet.accounts.models import LinkMiss, User, UserState
from extranet.core import clock
from extranet.core.db import db
from extranet.demo.cast import KOSKI
from extranet.mail.outbox import guards
from extranet.materials.models import Material, MaterialState, Sharing
from extranet.networks.models import Membership, Network, Visibility
from extranet.notifications.models import Notification
from extranet.organisations.models import Appointment, AppointmentState, Organisation
from extranet.sharing.models import Share, ShareItem
from extranet.sharing.tasks import sweep


@pytest.fixture
def change(app):
    def do(*statements):
        with app.app_context():
            for statement in statements:
                db.session.execute(statement)
            db.session.commit()

    return do


def is_dead(browser, cast, path):
    """The page and the file, for a visitor and for an administrator with the link alike, and not a byte of it."""
    answers = [browser(name).get(url) for name in ("visitor", "admin") for url in (path, f"{path}/{cast['hr_material']}/file")]
    assert all(b"%PDF" not in a.response.data and "Perehdytyksen" not in a.html for a in answers if a.status != 200)
    return {a.status for a in answers} == {410}


CHANGES = {
    "expired": lambda cast: update(Share).values(expires_at=clock.now() - timedelta(minutes=1)),
    "archived": lambda cast: update(Material).values(state=MaterialState.ARCHIVED),
    "draft again": lambda cast: update(Material).values(state=MaterialState.DRAFT),
    "kept back": lambda cast: update(Material).values(sharing=Sharing.OWN_USE),
    "account closed": lambda cast: update(User).values(state=UserState.CLOSED),
    "suspended": lambda cast: update(User).values(state=UserState.SUSPENDED),
    "another organisation": lambda cast: update(User).values(organisation_id=_organisation(KOSKI)),
}
MEMBER_ONLY = {
    "membership ended": lambda cast: delete(Membership).where(Membership.user_id == cast["member"]),
}


def _organisation(code):
    from sqlalchemy import select

    return select(Organisation.id).where(Organisation.code == code).scalar_subquery()


@pytest.mark.parametrize("cause", CHANGES)
def test_the_link_of_a_contact_person_dies(browser, cast, forward, change, cause):
    path = forward("contact")
    assert browser("visitor").get(path).status == 200
    change(CHANGES[cause](cast))
    assert is_dead(browser, cast, path)


def test_the_link_of_a_member_dies_with_the_membership(browser, cast, forward, change):
    path = forward("member")
    change(delete(Membership).where(Membership.user_id == cast["member"]))
    assert is_dead(browser, cast, path)


def test_the_link_of_a_contact_person_dies_with_the_office(browser, cast, forward, change):
    path = forward("contact")
    change(update(Appointment).where(Appointment.user_id == cast["contact"]).values(state=AppointmentState.ENDED))
    assert is_dead(browser, cast, path)


@pytest.mark.parametrize("cause", ["expired", "archived", "kept back", "account closed"])
def test_the_link_outside_dies(browser, cast, send_outside, change, cause):
    path = send_outside("moderator")
    assert browser("visitor").get(path).status == 200
    change(CHANGES[cause](cast))
    assert is_dead(browser, cast, path)


def test_an_editor_who_leads_no_more_opens_nothing(browser, cast, send_outside, change):
    path = send_outside("moderator")
    change(update(Membership).where(Membership.user_id == cast["moderator"]).values(role="member"))
    assert browser("visitor").get(path).status == 200, "she is its owner still"
    change(update(Material).values(owner_id=cast["expert"]))
    assert is_dead(browser, cast, path)


def test_one_of_two_is_archived(browser, cast, forward, change):
    path = forward("contact", cast["hr_material"], cast["public_material"])
    change(update(Material).where(Material.id == cast["hr_material"]).values(state=MaterialState.ARCHIVED))
    page = browser("visitor").get(path)
    assert page.status == 200 and "Perehdytyksen" not in page.html
    assert browser("visitor").get(f"{path}/{cast['hr_material']}/file").status == 404


def test_ended_by_its_maker(browser, cast, forward, latest):
    path = forward("contact")
    contact = browser("contact")
    contact.submit(contact.get(f"/sharing/{latest().id}/"), "form[action$=revoke]")
    assert is_dead(browser, cast, path)
    assert browser("deputy").post(f"/sharing/{latest().id}/revoke").status == 404


def test_ended_by_the_owner_of_the_material(browser, cast, forward, latest, rows):
    path = forward("contact")
    moderator = browser("moderator")
    page = moderator.get(f"/sharing/of/{cast['hr_material']}")
    assert "Kaisa Virtasalo" in page.text()
    assert moderator.submit(page, "main form").status == 200
    assert is_dead(browser, cast, path)
    assert [n.user_id for n in rows(Notification, Notification.kind == "sharing.revoke")] == [cast["contact"]]


def test_nothing_of_a_secret_network(browser, cast, app, change):
    """T20: the page tells neither name nor address of a network that outsiders do not know of."""
    change(
        update(Material).where(Material.id == cast["advisory_material"]).values(sharing=Sharing.MAY_FORWARD),
        update(Network).where(Network.id == cast["network:hr-advisory-board"]).values(visibility=Visibility.SECRET),
    )
    done = browser("expert").post("/sharing/new", follow=True, material=cast["advisory_material"], language="fi", days="7")
    path = done.soup.select_one("#address")["value"].removeprefix("http://localhost")
    page = browser("visitor").get(path)
    assert page.status == 200 and "muistio" in page.text()
    assert "advisory" not in page.html and "sparrausraati" not in page.html.lower() and "/networks/hr" not in page.html


def test_guessing_is_slowed_down_and_old_links_are_not_counted(browser, forward, change, rows):
    path = forward()
    change(update(Share).values(revoked_at=clock.now()))
    visitor = browser("visitor")
    for _ in range(3):
        assert visitor.get(path).status == 410
    assert rows(LinkMiss) == []
    for number in range(30):
        assert visitor.get(f"/shared/guess-{number}").status == 410
    refused = visitor.get("/shared/guess-31")
    assert refused.status == 429 and int(refused.headers["Retry-After"]) > 0
    assert visitor.get(f"{path}/1/file").status == 429


def test_a_letter_stays_at_home_when_its_link_is_dead(app, cast, forward, latest, change):
    forward("contact", addresses="a@porvoo.example")
    with app.app_context():
        from extranet.jobs.queue import load_tasks

        load_tasks()
        assert guards["share"](latest().id)
    change(update(Material).values(state=MaterialState.ARCHIVED))
    with app.app_context():
        assert not guards["share"](latest().id)


def test_a_year_later_nothing_is_left(app, forward, send_outside, change, rows):
    forward()
    send_outside()
    change(update(Share).where(Share.kind == "outside").values(expires_at=clock.now() - timedelta(days=366)))
    with app.app_context():
        sweep()
        db.session.commit()
    assert [share.kind for share in rows(Share)] == ["forward"]
    assert len(rows(ShareItem)) == 1


def test_whoever_sees_a_material_no_more_does_not_read_its_title_from_her_own_links(browser, cast, forward, change):
    """T17, I-29: the list of one's own links is no window into a network that one has left."""
    forward("member")
    change(delete(Membership).where(Membership.user_id == cast["member"]))
    change(update(Material).where(Material.id == cast["hr_material"]).values(title={"fi": "Salattu uusi nimi"}))
    for address in ("/sharing/", "/sharing/1/"):
        page = browser("member").get(address)
        assert (page.status, "Salattu" in page.html) == (200, False)
        assert "jota et enää näe" in page.text()
