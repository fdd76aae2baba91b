"""Who sees what of an organisation: the list, the page, the twins of the rules."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from extranet.core import clock
from extranet.core.db import db
from extranet.networks.models import Membership, MembershipState
from extranet.organisations import policy, queries
from extranet.organisations.listing import Show, Wish, has_gap, list_organisations
from extranet.organisations.models import Appointment, AppointmentState, Organisation
from tests.organisations.conftest import appointment, organisation
from tests.people import ROLES

PORVOO = "/organisations/638/"


def names(page):
    return [" ".join(cell.a.get_text().split()) for cell in page.soup.select("tbody th")]


def test_an_expert_sees_gaps_first_and_who_the_contact_persons_are(browser):
    page = browser("expert").get("/organisations/")
    assert names(page)[-1] == "Porvoo"
    assert page.text("tbody tr:last-child td:nth-of-type(2)") == "Kaisa Virtasalo"
    assert "Puuttuu" in page.text("tbody tr:first-child .is-gap")
    assert page.has(".is-gap svg")


def test_the_filters_count_what_they_show(browser, put):
    put(organisation("049"))
    put(organisation("076", active_until=clock.today() - timedelta(days=1)))
    expert = browser("expert")
    chips = dict(re.findall(r"(\D+) (\d+)", expert.get("/organisations/").text(".chips")))
    chips = {word.strip(): int(n) for word, n in chips.items()}
    assert list(chips.values()) == [7, 6, 1, 10, 1]
    for show, count in zip(Show, chips.values(), strict=True):
        assert len(names(expert.get(f"/organisations/?show={show.value}"))) == count
    assert names(expert.get("/organisations/?show=waiting")) == ["Kunta 049"]


def test_search_folds_capitals_and_finds_codes_and_swedish_names(browser):
    member = browser("member")
    assert names(member.get("/organisations/?q=HÄMEEN")) == ["Hämeenlinna"]
    assert names(member.get("/organisations/?q=borgå")) == ["Porvoo"]
    assert names(member.get("/organisations/?q=091")) == ["Helsinki"]
    assert names(member.get("/organisations/?region=Satakunta&kind=municipality")) == ["Pori"]
    assert names(member.get("/organisations/?q=%25")) == []
    assert member.get("/organisations/?q=tuusula").has("a[href='/organisations/']")


def test_others_see_that_organisations_exist_and_not_their_gaps(browser):
    page = browser("newcomer").get("/organisations/?show=gaps")
    assert "Porvoo" in names(page)
    assert "Virtasalo" not in page.html
    assert not page.has(".chips")
    assert page.text("main .row").endswith("Karkkila")


def test_the_fragment_is_the_same_list(browser):
    expert = browser("expert")
    whole, part = expert.get("/organisations/?show=gaps"), expert.get("/organisations/?show=gaps", target="results")
    assert "<html" not in part.html
    assert names(part) == names(whole)


def test_a_list_of_any_length_costs_the_same(browser, put, count_queries):
    expert = browser("expert")
    expert.get("/organisations/")
    few = count_queries(lambda: expert.get("/organisations/?show=all"))
    for n in range(60):
        put(organisation(f"K{n}", onboarded_at=clock.now()))
    assert count_queries(lambda: expert.get("/organisations/?show=all")) == few <= 8
    assert len(names(expert.get("/organisations/?show=all&page=2"))) == 25
    assert len(names(expert.get("/organisations/?show=all&page=99"))) == 19


def test_a_page_with_many_people_costs_the_same(browser, app, put, cast, porvoo, count_queries):
    from extranet.accounts.models import User, UserState

    contact = browser("contact")
    contact.get(PORVOO)
    few = count_queries(lambda: contact.get(PORVOO))
    for n in range(60):
        person = put(
            User(email=f"p{n}@porvoo.example", first_name="Pia", last_name=f"P{n:02}", organisation_id=porvoo, state=UserState.ACTIVE)
        )
        put(appointment(porvoo, person, state=AppointmentState.REJECTED))
    assert count_queries(lambda: contact.get(PORVOO)) == few <= 8
    assert len(contact.get(PORVOO).soup.select("#people ~ *, section[aria-labelledby=people] tbody tr")) >= 50
    assert len(contact.get(PORVOO + "?page=2").soup.select("section[aria-labelledby=people] tbody tr")) == 13


@pytest.mark.parametrize("who", ["newcomer", "member", "moderator", "staff", "dpo"])
def test_outsiders_see_the_public_facts_only(browser, who):
    page = browser(who).get(PORVOO)
    assert page.text("h1") == "Porvoo"
    for secret in ("Virtasalo", "Lindqvist", "Heinonsalo", "contact@"):
        assert secret not in page.html


def test_a_colleague_sees_the_contact_persons_and_no_more(browser, put, app, cast, porvoo, proposal):
    with app.app_context():
        from extranet.accounts.models import User

        db.session.get_one(User, cast["newcomer"]).organisation_id = porvoo
        db.session.commit()
    page = browser("newcomer").get(PORVOO)
    assert "Kaisa Virtasalo" in page.text()
    assert "Outi Heinonsalo" not in page.text()
    assert not page.has("section[aria-labelledby=people]") and not page.has(".log")


def test_the_contact_person_sees_people_and_networks_but_no_secret_ones(browser, put, cast):
    board = Membership(network_id=cast["network:hr-advisory-board"], user_id=cast["deputy"], state=MembershipState.ACTIVE)
    put(board)
    page = browser("contact").get(PORVOO)
    line = page.text("section[aria-labelledby=people] tbody tr:nth-of-type(2)")
    assert "Daniel Lindqvist" in line and "Yhteyshenkilöverkosto" in line
    assert "raati" not in page.html
    assert "raati" in browser("admin").get(PORVOO).html


def test_a_missing_deputy_is_a_red_card_with_a_door(browser, app, cast):
    with app.app_context():
        gone = db.session.scalars(select(Appointment).where(Appointment.user_id == cast["deputy"])).one()
        gone.state, gone.ends_on = AppointmentState.ENDED, clock.today() - timedelta(days=3)
        db.session.commit()
    page = browser("orgadmin").get(PORVOO)
    assert page.has(".card--gap .badge--danger svg")
    assert page.has(".card--gap a[href='/organisations/638/appointments/propose?kind=deputy']")
    assert not browser("expert").get(PORVOO).has("a[href*='appointments/propose']")
    form = browser("orgadmin").get(PORVOO + "appointments/propose?kind=deputy")
    assert form.soup.select_one("input[name=kind][checked]")["value"] == "deputy"


def test_a_merged_organisation_points_to_its_successor(browser, put, porvoo):
    put(organisation("611", successor_id=porvoo, active_until=clock.today() - timedelta(days=100)))
    page = browser("newcomer").get("/organisations/611/")
    assert page.has(".callout a[href='/organisations/638/']")
    assert browser("newcomer").get(PORVOO).has("dd a[href='/organisations/611/']")


def test_the_page_speaks_the_reader_s_language(browser):
    assert browser("visitor", "sv").get(PORVOO).status == 302
    page = browser("medlem").get(PORVOO)
    assert page.text("h1") == "Borgå"
    assert page.soup.html["lang"] == "sv"


@pytest.mark.parametrize("who", ROLES[1:])
def test_python_and_sql_agree_on_who_sees_whom(app, viewer, who):
    person = viewer(who)
    with app.app_context():
        everything = db.session.scalars(select(Organisation)).all()
        for rule, where in ((policy.can_see_people, policy.people_visible_to), (policy.can_see_contacts, policy.contacts_visible_to)):
            by_sql = set(db.session.scalars(select(Organisation.id).where(where(person, Organisation.id))))
            assert {o.id for o in everything if rule(person, o)} == by_sql


def test_python_and_sql_agree_on_gaps_and_force(app, put, porvoo, cast):
    today = clock.today()
    for n, (starts, ends) in enumerate([(-3, -1), (-3, 0), (0, 0), (0, None), (1, None), (-9, 9)]):
        for state in AppointmentState:
            end = None if ends is None else today + timedelta(days=ends)
            put(
                appointment(
                    porvoo,
                    cast["member"],
                    starts_on=today + timedelta(days=starts),
                    ends_on=end,
                    state=state,
                    id=100 + 10 * n + list(AppointmentState).index(state),
                )
            )
    put(organisation("049", onboarded_at=clock.now()))
    put(organisation("478", onboarded_at=clock.now(), member_employer=False))
    put(organisation("076", onboarded_at=clock.now(), active_until=today - timedelta(days=1)))
    with app.app_context():
        rows = db.session.scalars(select(Appointment)).all()
        in_force = set(db.session.scalars(select(Appointment.id).where(Appointment.in_force())))
        assert {a.id for a in rows if a.is_in_force()} == in_force
        gaps = set(db.session.scalars(select(Organisation.id).where(has_gap())))
        everything = db.session.scalars(select(Organisation)).all()
        assert {o.id for o in everything if queries.gaps_of(o, [a for a in rows if a.organisation_id == o.id])} == gaps


def test_nobody_gets_an_empty_list(app):
    from extranet.core.viewer import NOBODY

    with app.app_context():
        assert list_organisations(NOBODY, Wish()).rows == []
        assert queries.list_options(NOBODY) == []
