"""Contact persons and organisations' administrators look after the places of their people (matrix §4.7, §7.9 8)."""

from datetime import timedelta

import pytest

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.db import db
from extranet.events.kinds import Audience, Mode
from extranet.events.models import Signup
from extranet.organisations.models import Organisation


@pytest.fixture
def staffed(app, cast):
    """Two more people of the contact person's organisation, on the employers' side."""
    with app.app_context():
        organisation = db.session.get_one(User, cast["contact"]).organisation_id
        for name in ("newcomer", "member"):
            db.session.get_one(User, cast[name]).organisation_id = organisation
        db.session.commit()
        return organisation


def test_several_are_signed_up_at_once_and_hear_of_it(browser, cast, plan, staffed, states, rows, letters):
    event = plan(audience=Audience.SIGNED_IN, capacity_onsite=1)
    contact = browser("contact")
    assert f"/events/{event}/colleagues" in contact.get(f"/events/{event}/").links()

    page = contact.get(f"/events/{event}/colleagues?q=mil")
    assert [tag["value"] for tag in page.soup.select("[name=people]")] == [str(cast["member"])]
    page = contact.get(f"/events/{event}/colleagues")
    page = contact.submit(page, "main form[method=post]", people=[cast["member"], cast["newcomer"]])

    assert "2 kollegaa" in page.text("#flash") and "1 heistä on varasijalla" in page.text("#flash")
    assert states(event) == dict.fromkeys([cast["member"], cast["newcomer"]], "confirmed") | {
        max(cast["member"], cast["newcomer"]): "waiting"
    }
    assert {s.registered_by_id for s in rows(Signup, Signup.event_id == event)} == {cast["contact"]}
    first, second = sorted(("member", "newcomer"), key=lambda name: cast[name])
    assert sorted(letters()) == sorted([(first, "registered"), (second, "waiting")])
    assert "Milla" in browser("deputy").get(f"/events/{event}/").text("#signup .callout")
    assert len(page.soup.select("tbody tr")) == 2


def test_other_colleagues_read_only_names_of_participants_who_let_them(browser, plan, staffed):
    event = plan(audience=Audience.SIGNED_IN, capacity_onsite=1)
    member, newcomer = browser("member"), browser("newcomer")
    member.post(f"/events/{event}/sign-up")
    assert not newcomer.get(f"/events/{event}/").has("#signup .callout")
    member.post(f"/events/{event}/signup", shows_name="y")
    assert "Milla" in newcomer.get(f"/events/{event}/").text("#signup .callout")

    full = plan(audience=Audience.SIGNED_IN, capacity_onsite=1)
    browser("medlem").post(f"/events/{full}/sign-up")
    member.post(f"/events/{full}/sign-up", shows_name="y")
    assert not newcomer.get(f"/events/{full}/").has("#signup .callout"), "who waits is no participant (T41)"


def test_the_search_knows_all_letters(app, browser, cast, plan, staffed):
    with app.app_context():
        db.session.get_one(User, cast["member"]).last_name = "Äänekoski"
        db.session.commit()
    event, contact = plan(), browser("contact")
    assert "Äänekoski" in contact.get(f"/events/{event}/colleagues?q=milla ääne").text("fieldset")
    assert "Sillä nimellä" in contact.get(f"/events/{event}/colleagues?q=olematon").text()


def test_all_or_nobody(browser, cast, plan, staffed, rows):
    event = plan(audience=Audience.SIGNED_IN, organisation_seats=1, organisation_seats_until=clock.now() + timedelta(days=3))
    contact = browser("contact")
    page = contact.post(f"/events/{event}/colleagues", people=[cast["member"], cast["newcomer"]], mode="onsite")

    assert page.status == 422 and "varatut paikat (1)" in page.text() and rows(Signup, Signup.event_id == event) == []


def test_a_merger_brings_no_further_places(app, browser, cast, plan, rows):
    event = plan(organisation_seats=1)
    assert browser("medlem").post(f"/events/{event}/sign-up").status == 303
    with app.app_context():
        users = [db.session.get_one(User, cast[name]) for name in ("medlem", "member")]
        old, new = (user.organisation_id for user in users)
        assert old != new
        db.session.get_one(Organisation, old).successor_id = new
        db.session.commit()
    page = browser("member").post(f"/events/{event}/sign-up")
    assert page.status == 422 and "varatut paikat (1)" in page.text() and len(rows(Signup, Signup.event_id == event)) == 1


def test_only_ones_own_organisation_and_only_those_for_whom_it_is_meant(browser, cast, plan, staffed, rows):
    event = plan()
    contact = browser("contact")
    page = contact.get(f"/events/{event}/colleagues")
    assert [tag["value"] for tag in page.soup.select("[name=people]")] == [str(cast["member"])], (
        "of the organisation, only she is in the network"
    )
    assert contact.post(f"/events/{event}/colleagues", people=[cast["medlem"]], mode="onsite").status == 422
    assert contact.post(f"/events/{event}/colleagues", people=[cast["newcomer"]], mode="onsite").status == 422
    assert rows(Signup, Signup.event_id == event) == []


def test_a_place_is_cancelled_or_handed_over_for_a_colleague(browser, cast, plan, staffed, states, letters):
    event = plan(audience=Audience.SIGNED_IN, mode=Mode.HYBRID)
    browser("member").post(f"/events/{event}/sign-up", mode="remote")
    for role in ("deputy", "orgadmin"):
        page = browser(role).get(f"/events/{event}/colleagues")
        assert "Milla" in page.text("table"), role
    contact = browser("contact")
    page = contact.get(f"/events/{event}/colleagues")
    hand_over = next(link for link in page.links() if link.endswith("/substitute"))
    page = contact.submit(contact.get(hand_over), "main form[method=post]", user=cast["newcomer"])
    assert states(event) == {cast["member"]: "replaced", cast["newcomer"]: "confirmed"}

    cancel = next(link for link in page.links() if link.endswith("/cancel"))
    page = contact.submit(contact.get(cancel), "main form")
    assert states(event)[cast["newcomer"]] == "cancelled" and "Peruttu" in page.text("table")
    assert letters()[-1] == ("newcomer", "cancelled_for")


def test_a_place_that_was_given_away_is_no_longer_ones_own_to_cancel(browser, cast, plan, staffed, states, signup_of):
    event, member = plan(audience=Audience.SIGNED_IN), browser("member")
    member.post(f"/events/{event}/sign-up")
    assert member.post(f"/events/{event}/signup/substitute", user=cast["contact"]).status == 303
    heir = signup_of(event, "contact")
    assert member.get(f"/events/{event}/colleagues/{heir}/cancel").status == 404
    assert member.post(f"/events/{event}/colleagues/{heir}/cancel").status == 404
    assert states(event)[cast["contact"]] == "confirmed"


def test_others_places_are_not_there(browser, plan, signup_of):
    event = plan(audience=Audience.SIGNED_IN)
    browser("medlem").post(f"/events/{event}/sign-up")
    signup = signup_of(event, "medlem")
    for role in ("contact", "deputy"):
        for what in ("cancel", "substitute"):
            assert browser(role).get(f"/events/{event}/colleagues/{signup}/{what}").status == 404
    assert browser("member").get(f"/events/{event}/colleagues").status == 403
