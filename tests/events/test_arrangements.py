"""The arrangements of an event: who holds it, seats of organisations, prices, terms; and what its page tells of them (§7.4, D8)."""

from datetime import timedelta
from decimal import Decimal

import pytest

from extranet.core import clock
from extranet.core.db import db
from extranet.events.kinds import ChoiceRule, Mode
from extranet.events.models import Event, Signup
from extranet.organisations.models import Organisation


def edit(browser, event, who="moderator", **data):
    return browser(who).submit(browser(who).get(f"/events/{event}/edit"), "main form", follow=False, **data)


def saved(rows, event):
    return rows(Event, Event.id == event)[0]


def test_everything_is_kept_shown_and_comes_back_in_the_form(browser, plan, rows, cast):
    event = plan()
    host = rows(Organisation)[5]
    until = (clock.today() + timedelta(days=10)).isoformat()
    said = {
        "host": str(host.id), "co_organisers_fi": "Kosken kunta", "co_organisers_sv": "Koski kommun", "organisation_seats": "2",
        "seats_until_on": until, "seats_until_at": "12.00", "offer_hours": "6", "takes_guests": "y", "catering": "y", "recorded": "y",
        "choice_rule": "wishes", "price": "1 120,50", "vat_percent": "13,5", "cancel_on": until, "cancel_at": "16",
        "late_cancel_percent": "30", "no_show_percent": "80", "terms_fi": "Sairastuneelta ei peritä mitään.",
    }  # fmt: skip
    assert edit(browser, event, **said).status == 303

    kept = saved(rows, event)
    assert (kept.price_cents, kept.vat_percent, kept.host_organisation_id, kept.offer_hours) == (112_050, Decimal("13.5"), host.id, 6)
    assert (kept.organisation_seats, kept.takes_guests, kept.catering, kept.recorded, kept.choice_rule) == (
        2,
        True,
        True,
        True,
        ChoiceRule.WISHES,
    )
    assert (kept.late_cancel_percent, kept.no_show_percent, kept.terms_version) == (30, 80, 1)
    assert clock.local(kept.cancel_free_until).hour == 16 and clock.local(kept.organisation_seats_until).isoformat()[:10] == until

    facts = browser("member").get(f"/events/{event}/").text(".facts")
    for words in ("1 120,50 €", "13,5", host.name["fi"], "Kosken kunta", "2 paikkaa", "tallennetaan", "moderator@extranet.example"):
        assert words in facts.replace("\xa0", " "), words
    assert "moderator@extranet.example" not in browser("newcomer").get(f"/events/{event}/").html

    assert edit(browser, event).status == 303
    assert {k: v for k, v in vars(saved(rows, event)).items() if k not in ("lock_version", "_sa_instance_state")} == {
        k: v for k, v in vars(kept).items() if k not in ("lock_version", "_sa_instance_state")
    }, "the form that is sent as it came changes nothing"


def test_a_new_event_has_the_defaults_and_its_maker_as_organiser(browser, rows, cast):
    expert = browser("expert")
    page = expert.get("/networks/hr/events/new")
    assert not page.soup.select("details.fold[open]"), "a simple event stays on one screen"
    expert.submit(page, "main form", follow=False, title_fi="Uusi", date_text_fi="Keväällä")

    [event] = [e for e in rows(Event) if e.title.get("fi") == "Uusi"]
    assert (event.organiser_id, event.price_cents, event.late_cancel_percent, event.no_show_percent) == (cast["expert"], 0, 50, 100)
    assert (event.offer_hours, event.vat_percent, event.terms_version, event.choice_rule) == (24, Decimal("25.5"), 0, ChoiceRule.FIRST_COME)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"price": "ilmainen"}, "price"),
        ({"price": "-5"}, "price"),
        ({"price": "10,555"}, "price"),
        ({"price": "9999999"}, "price"),
        ({"price": "NaN"}, "price"),
        ({"vat_percent": "200"}, "vat_percent"),
        ({"offer_hours": "0"}, "offer_hours"),
        ({"offer_hours": "kaksi"}, "offer_hours"),
        ({"late_cancel_percent": "101"}, "late_cancel_percent"),
        ({"organisation_seats": "0"}, "organisation_seats"),
        ({"seats_until_on": "2026-01-01", "seats_until_at": "12"}, "organisation_seats"),
        ({"cancel_on": "2999-01-01", "cancel_at": "12"}, "cancel_on"),
        ({"cancel_on": "2026-01-01", "cancel_at": ""}, "cancel_at"),
        ({"host": "99999"}, "host"),
        ({"choice_rule": "arpa"}, "choice_rule"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_its_part_is_open(browser, plan, rows, data, field):
    event = plan()
    page = edit(browser, event, terms_fi="Teksti säilyy", **data)

    assert page.status == 422 and page.has(f"#{field}-error") and page.has(f'.callout--danger a[href="#{field}"]')
    assert page.has(f"details[open] #{field}-error") and page.text("#terms_fi") == "Teksti säilyy"
    assert saved(rows, event).terms == {}


def test_nobody_becomes_the_organiser_who_does_not_lead_the_network(browser, plan, cast, rows):
    event = plan()
    page = browser("expert").get(f"/events/{event}/edit")
    assert str(cast["expert"]) not in [tag["value"] for tag in page.soup.select("#organiser option")], (
        "it would show an expert the participants"
    )
    assert edit(browser, event, who="expert", organiser=str(cast["expert"])).status == 422
    assert saved(rows, event).organiser_id == cast["moderator"]


def test_the_terms_get_a_new_version_when_they_change(browser, plan, rows):
    event = plan()
    versions = []
    for text in ("Ehdot", "Ehdot", "Uudet ehdot"):
        edit(browser, event, terms_fi=text)
        versions.append(saved(rows, event).terms_version)
    assert versions == [1, 1, 2]


def test_the_price_does_not_rise_for_those_who_have_signed_up(stage, browser, plan, rows):
    event = plan(price_cents=10_000)
    assert edit(browser, event, price="110").status == 303, "nobody has signed up yet"
    with stage.app.app_context():
        db.session.add(Signup(event_id=event, user_id=stage.ids["member"], mode=Mode.ONSITE, state="confirmed"))
        db.session.commit()

    page = edit(browser, event, price="120")
    assert page.status == 422 and "110" in page.text("#price-error")
    assert edit(browser, event, price="90,50").status == 303
    assert saved(rows, event).price_cents == 9_050


@pytest.mark.parametrize("name", ["late_cancel_percent", "no_show_percent"])
def test_nor_does_what_staying_away_costs(stage, browser, plan, rows, name):
    event = plan(price_cents=10_000, **{name: 20})
    assert edit(browser, event, **{name: "40"}).status == 303, "nobody has signed up yet"
    with stage.app.app_context():
        db.session.add(Signup(event_id=event, user_id=stage.ids["member"], mode=Mode.ONSITE, state="confirmed"))
        db.session.commit()

    page = edit(browser, event, **{name: "41"})
    assert page.status == 422 and "40 %" in page.text(f"#{name}-error")
    assert edit(browser, event, **{name: "30"}).status == 303
    assert getattr(saved(rows, event), name) == 30


def test_the_rule_of_choosing_stays_when_people_have_chosen(browser, programme, rows):
    event, [one, _two] = programme(2, 2)
    member = browser("member")
    member.submit(member.get(f"/events/{event}/"), "#signup form", slot_1_1=str(one))

    page = edit(browser, event, choice_rule="wishes")
    assert page.status == 422 and page.has("#choice_rule-error")
    assert saved(rows, event).choice_rule == ChoiceRule.FIRST_COME
