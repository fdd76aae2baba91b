"""A split from the first cost to its correction (I-19 to I-21)."""

import pytest
from sqlalchemy import select, update

from extranet.audit.models import AuditEvent
from extranet.billing.models import BillingProfile, CostLine, CostShare, CostSplit
from extranet.core.db import db
from extranet.core.settings import Setting
from extranet.events.kinds import EventState, EventType
from extranet.events.models import Signup
from extranet.networks.models import Network
from extranet.notifications.models import Notification
from extranet.organisations.models import Organisation
from tests.billing.conftest import SELLER

SEVEN = {code: ["attended"] for code in ("091", "109", "224", "284", "609", "638", "710")}


def cents(rows):
    return [(share.code, share.cents) for share in rows(CostShare)]


def test_the_sum_of_the_rule_from_the_bill_to_the_shares(browser, day, pay, approve, rows):
    """1 000,00 € for seven organisations: five pay 142,86 € and two 142,85 € (I-19)."""
    event = day(SEVEN)
    pay(event, "600,00")
    pay(event, "400", "14", "Kahvit", kind="coffee")
    page = browser("moderator").get(f"/events/{event}/costs")
    assert page.text("main").count("142,86") == 5 and page.text("main").count("142,85") == 2
    done = approve(event)
    assert done.status == 200 and done.has("article")
    assert cents(rows) == [(code, 14286) for code in ("091", "109", "224", "284", "609")] + [("638", 14285), ("710", 14285)]
    split = rows(CostSplit)[0]
    assert (split.cost_cents, split.total_cents, split.organisations, split.rule) == (100_000, 100_000, 7, "equal")
    shares = rows(CostShare)
    assert sum(s.by_rate["25.5"] for s in shares) == 60_000 and sum(s.by_rate["14"] for s in shares) == 40_000
    assert [e.name for e in rows(AuditEvent, AuditEvent.name == "billing.approve")] == ["billing.approve"]


def test_who_counts(browser, day, pay, approve, rows):
    """Once however many people; whoever cancelled in time and partners do not count."""
    event = day(
        {"638": ["attended", "attended", "no_show"], "091": ["no_show"], "609": ["late"], "284": ["cancelled"], "PARTNER": ["attended"]}
    )
    pay(event, "300,01")
    page = browser("moderator").get(f"/events/{event}/costs")
    assert "Silta" in page.text("main") and "Koski" not in page.text("main")
    approve(event)
    assert cents(rows) == [("091", 10001), ("609", 10000), ("638", 10000)]


def test_a_merged_organisation_is_its_successor_once(stage, day, pay, approve, rows, profile):
    """Between sign-up and bill Koski was merged into Porvoo, which has people of its own there."""
    event = day({"284": ["attended"], "638": ["attended"], "224": ["attended"]})
    pay(event, "100")
    profile()
    with stage.app.app_context():
        ids = dict(db.session.execute(select(Organisation.code, Organisation.id)).all())
        db.session.execute(update(Organisation).where(Organisation.code == "284").values(successor_id=ids["224"]))
        db.session.execute(update(Organisation).where(Organisation.code == "224").values(successor_id=ids["638"]))
        db.session.commit()
    approve(event)
    assert [(s.code, s.cents, s.people, s.invoice_name) for s in rows(CostShare)] == [("638", 10000, 3, "Porvoon kaupunki")]


def test_the_first_held_days_are_funded(browser, day, pay, approve, rows, fund, cast):
    """I-20: two days, in their order; a cancelled one does not count, nor what is no network day."""
    fund(2)
    day(days=-50, state=EventState.CANCELLED)
    day(days=-45, type=EventType.MEETING)
    first, second, third = day({"638": ["attended"]}, days=-40), day({"638": ["attended"]}, days=-30), day({"638": ["attended"]}, days=-20)
    for event in (third, second, first):
        pay(event, "500")
    page = browser("moderator").get(f"/events/{second}/costs")
    assert "Kehittämisohjelma" in page.text(".callout")
    approve(second)
    approve(third)
    assert cents(rows) == [("638", 0), ("638", 50_000)]
    assert [(s.rule, s.funder.get("fi")) for s in rows(CostSplit)] == [("funded", "Kehittämisohjelma"), ("equal", None)]
    assert [n.path for n in rows(Notification, Notification.user_id == cast["contact"])] == ["/billing/"], (
        "a funded day costs nobody anything"
    )
    assert "Kehittämisohjelma" in browser("contact").get("/billing/").text("table")


@pytest.mark.parametrize(
    ("people", "more", "costs", "says"),
    [
        ({}, {}, True, "Ei organisaatioita"),
        ({"PARTNER": ["attended"], "638": ["cancelled"]}, {}, True, "Ei organisaatioita"),
        ({"638": ["attended", "confirmed"]}, {}, True, "Merkitse ensin"),
        ({"638": ["attended"]}, {}, False, "Lisää ensin kustannukset"),
        ({"638": ["attended"]}, {"state": EventState.OPEN, "days": 20}, True, "tapahtuman jälkeen"),
    ],
)
def test_what_cannot_be_approved(browser, day, pay, rows, people, more, costs, says):
    """I-21: without organisations nothing is approved; nor before the day, nor while somebody is not marked."""
    event = day(people, **more)
    if costs:
        pay(event)
    moderator = browser("moderator")
    assert says in moderator.get(f"/events/{event}/costs").text("main")
    assert not moderator.get(f"/events/{event}/costs/approve").has("main form[method=post]")
    refused = moderator.post(f"/events/{event}/costs/approve", seen="")
    assert refused.status == 422 and says in refused.text("main") and rows(CostSplit) == []


def test_a_cancelled_event_charges_nobody(browser, day):
    event = day({"638": ["attended"]}, state=EventState.CANCELLED)
    moderator = browser("moderator")
    assert "peruttiin" in moderator.get(f"/events/{event}/costs").text("main")
    assert moderator.post(f"/events/{event}/costs/add", kind="venue", label="Sali", amount="1", vat_percent="0").status == 422


def test_what_was_approved_stays(browser, stage, day, pay, approve, rows, profile, mark):
    """Names, billing details and costs are frozen; a second approval is refused, also of two tabs."""
    profile()
    event = day({"638": ["attended"], "091": ["attended"]})
    pay(event)
    moderator = browser("moderator")
    tab = moderator.get(f"/events/{event}/costs/approve")
    approve(event)
    again = moderator.submit(tab, "main form")
    assert again.status == 422 and "jo hyväksytty" in again.text("main") and len(rows(CostSplit)) == 1
    before = [(s.code, s.name, s.cents, s.details) for s in rows(CostShare)]
    profile(invoice_name="Uusi nimi", business_id="")
    mark(event, "609")
    line = rows(CostLine)[0]
    assert moderator.post(f"/events/{event}/costs/lines/{line.id}/remove").status == 422
    with stage.app.app_context():
        db.session.execute(update(Organisation).values(name={"fi": "Toinen", "sv": "En annan"}))
        db.session.commit()
    assert [(s.code, s.name, s.cents, s.details) for s in rows(CostShare)] == before
    assert before[1][3]["invoice_name"] == "Porvoon kaupunki" and before[1][3]["payment_term_days"] == 21
    page = moderator.get(f"/events/{event}/costs")
    assert "Porvoon kaupunki" in page.text("article") and "Uusi nimi" not in page.text("article")


def test_a_correction_is_a_new_row_of_differences(browser, day, pay, approve, rows, mark):
    event = day({"638": ["attended"], "091": ["attended"]})
    pay(event, "100")
    approve(event)
    moderator = browser("moderator")
    assert "Mikään ei ole muuttunut" in moderator.get(f"/events/{event}/costs").text("main")
    mark(event, "609")
    pay(event, "-10", label="Hyvitys")
    empty = moderator.submit(moderator.get(f"/events/{event}/costs/approve"), "main form")
    assert empty.status == 422 and empty.has("#reason-error")
    approve(event, reason="Kahvit hyvitettiin ja Pori oli mukana")
    first, second = rows(CostSplit)
    assert (second.corrects_id, second.total_cents, second.cost_cents) == (first.id, -1000, 9000)
    assert cents(rows) == [("091", 5000), ("638", 5000), ("091", -2000), ("609", 3000), ("638", -2000)]
    assert moderator.post(f"/events/{event}/costs/correct", seen="", reason="Uudestaan").status == 422
    assert "Kahvit hyvitettiin" in browser("contact").get("/billing/").text("table")


def test_figures_that_changed_are_not_approved(browser, day, pay, rows):
    event = day({"638": ["attended"]})
    pay(event, "100")
    moderator = browser("moderator")
    tab = moderator.get(f"/events/{event}/costs/approve")
    pay(event, "50")
    refused = moderator.submit(tab, "main form")
    assert refused.status == 422 and "muuttuneet" in refused.text("main") and rows(CostSplit) == []


def test_a_paid_event_has_one_line_for_each_organisation(browser, day, approve, rows):
    """Price for those who came, no-shows in full, the charge of a late cancellation; partners pay too."""
    event = day(
        {"638": ["attended", "attended", "no_show"], "091": ["late"], "PARTNER": ["attended"]}, price_cents=12_000, no_show_percent=50
    )
    assert "hinnan" in browser("moderator").get(f"/events/{event}/costs").text("main")
    approve(event)
    assert cents(rows) == [("091", 6000), ("638", 30_000), ("PARTNER", 12_000)]
    assert rows(CostSplit)[0].rule == "price" and rows(CostShare)[0].by_rate == {"25.5": 6000}


def test_whoever_gave_up_a_place_and_came_after_all_pays_once(stage, day, approve, rows):
    event = day({"638": ["late", "attended"], "091": ["late"]}, price_cents=12_000)
    with stage.app.app_context():
        came = update(Signup).where(Signup.event_id == event, Signup.guest_email == "638-1@vieras.example")
        db.session.execute(came.values(guest_email="638-0@vieras.example"))
        db.session.commit()
    approve(event)
    assert cents(rows) == [("091", 6000), ("638", 12_000)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "sata"}, {"amount": ""}, {"amount": "0"}, {"amount": "10,005"}, {"amount": "99999999"}, {"amount": "NaN"}, {"vat_percent": "-1"},
        {"vat_percent": "100"}, {"vat_percent": ""}, {"label": ""}, {"label": "x" * 161}, {"kind": "lunch"},
    ],
)  # fmt: skip
def test_an_impossible_cost(browser, day, rows, wrong):
    event = day()
    fields = {"kind": "venue", "label": "Sali", "amount": "1 250,50 €", "vat_percent": "25,5"}
    page = browser("moderator").post(f"/events/{event}/costs/add", **(fields | wrong))
    assert page.status == 422 and page.has(f"#{next(iter(wrong))}-error") and rows(CostLine) == []


def test_a_cost_is_read_as_people_write_it_and_taken_off(browser, day, rows):
    event = day()
    moderator = browser("moderator")
    form = moderator.get(f"/events/{event}/costs")
    assert form.soup.select_one("[name=vat_percent]")["value"] == "25,5"
    page = moderator.submit(form, "main form", label="=SUM(A1)", amount="1 250,50 €")
    line = rows(CostLine)[0]
    assert (line.cents, line.label, str(line.vat_percent)) == (125_050, "=SUM(A1)", "25.50") and "1 250,50" in page.text("table")
    other = day()
    assert moderator.post(f"/events/{other}/costs/lines/{line.id}/remove").status == 404
    moderator.submit(page, "form[action$=remove]")
    assert rows(CostLine) == []


def test_the_page_asks_a_constant_number_of_questions(browser, day, pay, count_queries):
    few, many = day({"638": ["attended"]}), day(SEVEN)
    for event, lines in ((few, 1), (many, 5)):
        for _ in range(lines):
            pay(event)
    moderator = browser("moderator")
    moderator.get(f"/events/{few}/costs")
    assert count_queries(lambda: moderator.get(f"/events/{few}/costs")) == count_queries(lambda: moderator.get(f"/events/{many}/costs"))


@pytest.mark.parametrize("amount", ["9e99", "1" * 50, "1e-99"])
def test_a_sum_beyond_measure_is_refused_at_its_field(browser, day, rows, amount):
    event = day({"638": ["attended"]})
    page = browser("moderator").post(f"/events/{event}/costs/add", kind="expert_fee", label="Kahvit", amount=amount, vat_percent="25,5")
    assert page.status == 422 and page.has("#amount-error") and not rows(CostLine)


def test_missing_details_are_said_not_blocked(browser, day, pay, profile, rows):
    event = day({"638": ["attended"], "091": ["attended"]})
    pay(event)
    profile(business_id="9900022-1")
    page = browser("moderator").get(f"/events/{event}/costs")
    assert "9900022-1" in page.text("main") and "Laskutustietoja ei vielä ole" in page.text("main")
    assert page.has("a[href$='costs/approve']") and len(rows(BillingProfile)) == 1


@pytest.mark.parametrize(("days", "is_late"), [(30, False), (5, True)])
def test_giving_up_a_place_late_is_remembered_in_free_events_too(browser, day, rows, days, is_late):
    event = day(days=days, state=EventState.OPEN)
    member = browser("member")
    assert member.post(f"/events/{event}/sign-up", mode="onsite").status == 303
    assert member.post(f"/events/{event}/cancel").status == 303
    signup = rows(Signup, Signup.event_id == event)[0]
    assert (signup.state, signup.cancelled_late, signup.cancel_charge_cents) == ("cancelled", is_late, 0)


def test_leaders_say_who_funds_the_first_days(browser, cast, rows):
    external = browser("external")
    page = external.get("/networks/work-and-life/settings")
    external.submit(page, "form[action$=change]", funded_first_n_days="2", funder_fi="Ohjelma", funder_sv="Programmet")
    network = rows(Network, Network.slug == "work-and-life")[0]
    assert (network.funded_first_n_days, dict(network.funder)) == (2, {"fi": "Ohjelma", "sv": "Programmet"})
    for wrong in ("-1", "21", "kaksi"):
        refused = external.submit(page, "form[action$=change]", funded_first_n_days=wrong)
        assert refused.status == 422 and refused.has("#funded_first_n_days-error")


def test_administrators_say_who_sends_the_invoices(browser, rows):
    admin = browser("admin")
    page = admin.get("/admin/settings/")
    good = {f"seller_{name}": value for name, value in SELLER.items()}
    admin.submit(page, "main form", **good | {"seller_iban": "FI21 1234 5600 0007 85"})
    assert rows(Setting, Setting.name == "seller")[0].value == SELLER
    for wrong in ({"seller_iban": "FI2212345600000785"}, {"seller_business_id": "1234567-2"}, {"seller_bic": "X"}):
        refused = admin.submit(page, "main form", **good | wrong)
        assert refused.status == 422 and refused.has(f"#{next(iter(wrong))}-error")
