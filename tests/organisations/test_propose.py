"""A contact person is proposed."""

import pytest

from extranet.accounts.models import Side, User, UserState
from extranet.audit.models import AuditEvent
from extranet.core import clock
from extranet.mail.models import Letter
from extranet.organisations.models import Appointment, AppointmentKind, AppointmentState, Organisation
from tests.organisations.conftest import appointment, organisation, wish

PROPOSE = "/organisations/638/appointments/propose"


def test_the_contact_person_proposes_somebody_new_who_is_invited(browser, rows, porvoo, cast):
    page = browser("contact").post(PROPOSE, follow=True, **wish())
    assert "Veera Uusitalo" in page.text("#flash")
    person = rows(User, User.email == "veera.uusitalo@porvoo.example")[0]
    assert (person.state, person.organisation_id, person.side) == (UserState.INVITED, porvoo, Side.EMPLOYER)
    proposed = rows(Appointment, Appointment.state == AppointmentState.PROPOSED)
    assert [(a.user_id, a.kind, a.appointed_by_id) for a in proposed] == [(person.id, AppointmentKind.DEPUTY, cast["contact"])]
    templates = {letter.template: letter.to for letter in rows(Letter)}
    assert templates == {
        "accounts/mail/invitation": person.email,
        "organisations/mail/proposed": person.email,
        "organisations/mail/to_decide": "palvelu@extranet.example",
    }
    assert [e.name for e in rows(AuditEvent)][-2:] == ["organisations.invite", "organisations.propose"]


def test_an_org_admin_proposes_a_colleague_from_the_list(browser, rows, cast):
    admin = browser("orgadmin")
    form = admin.get(PROPOSE)
    page = admin.submit(
        form,
        "main form[action$=propose]",
        person_id=str(cast["orgadmin"]),
        kind="deputy",
        declares_independent="y",
        declares_not_shop_steward="y",
    )
    assert page.has(f"#appointment-{rows(Appointment)[-1].id}")
    assert rows(Appointment)[-1].user_id == cast["orgadmin"]
    assert rows(Letter, Letter.user_id == cast["orgadmin"]) == []


def test_the_empty_form_comes_back_with_what_to_correct(browser, rows):
    before = len(rows(Appointment))
    page = browser("contact").post(PROPOSE, kind="deputy", starts_on="")
    assert page.status == 422
    assert page.has("[data-errors] a[href='#person_id']")
    assert page.has("#declares_independent[aria-invalid=true]")
    assert len(rows(Appointment)) == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"declares_not_shop_steward": None},
        {"declares_independent": None},
        {"job_title": ""},
        {"last_name": ""},
        {"email": "veera"},
        {"starts_on": "huomenna"},
        {"ends_on": "2020-01-01"},
        {"person_id": "999999"},
    ],
)
def test_an_incomplete_form_is_refused(browser, rows, wrong):
    before = len(rows(Appointment))
    assert browser("contact").post(PROPOSE, **wish(**wrong)).status == 422
    assert len(rows(Appointment)) == before


def test_a_staff_representative_is_neither_offered_nor_taken(browser, app, put, porvoo):
    steward = put(
        User(
            email="luottamus@porvoo.example",
            first_name="Liisa",
            last_name="Luoto",
            organisation_id=porvoo,
            side=Side.STAFF,
            job_title="x",
            state=UserState.ACTIVE,
        )
    )
    contact = browser("contact")
    assert "Luoto" not in contact.get(PROPOSE).text("#person_id")
    assert contact.post(PROPOSE, **wish(person_id=str(steward))).status == 422
    page = contact.post(PROPOSE, **wish(email="luottamus@porvoo.example"))
    assert page.status == 422
    assert "Liisa Luoto" in page.text()


def test_a_person_of_another_employer_is_refused_without_a_name(browser, rows, cast):
    page = browser("contact").post(PROPOSE, **wish(email="member@extranet.example"))
    assert page.status == 422
    assert "Lahdenpohja" not in page.html
    assert rows(Letter) == []


def test_the_primary_is_not_the_deputy_as_well(browser, cast):
    page = browser("contact").post(PROPOSE, **wish(person_id=str(cast["contact"]), kind="deputy"))
    assert page.status == 422
    assert "Kaisa Virtasalo" in page.text()


def test_periods_of_one_person_and_kind_do_not_overlap(browser, cast):
    again = wish(person_id=str(cast["deputy"]), kind="deputy")
    assert browser("orgadmin").post(PROPOSE, **again).status == 422
    assert browser("orgadmin").post(PROPOSE, **wish(person_id=str(cast["orgadmin"]))).status == 303
    assert browser("contact").post(PROPOSE, **wish(person_id=str(cast["orgadmin"]))).status == 422


def test_a_company_takes_its_contact_person_from_the_municipality(browser, put, porvoo, cast):
    put(organisation("PVESI", parent_id=porvoo))
    page = browser("admin").post("/organisations/PVESI/appointments/propose", **wish(person_id=str(cast["orgadmin"])))
    assert page.status == 303


@pytest.mark.parametrize("facts", [{"member_employer": False}, {"active_until": clock.today().replace(year=2020)}])
def test_observers_and_ended_organisations_name_nobody(browser, put, rows, facts):
    put(organisation("478", **facts))
    admin = browser("admin")
    assert not admin.get("/organisations/478/").has("a[href*=propose]")
    assert admin.post("/organisations/478/appointments/propose", **wish()).status == 422
    assert rows(User, User.last_name == "Uusitalo") == []


def test_an_organisation_with_its_first_person_is_in_use(browser, put, rows):
    put(organisation("049"))
    assert browser("admin").post("/organisations/049/appointments/propose", **wish()).status == 303
    assert rows(Organisation, Organisation.code == "049")[0].onboarded_at is not None


def test_a_suspended_colleague_is_not_taken(browser, put, porvoo):
    put(
        User(
            email="pois@porvoo.example",
            first_name="Paavo",
            last_name="Poissa",
            organisation_id=porvoo,
            job_title="x",
            state=UserState.SUSPENDED,
        )
    )
    assert browser("contact").post(PROPOSE, **wish(email="pois@porvoo.example")).status == 422


def test_appointments_of_another_organisation_are_not_found(browser, put, cast, stage, rows):
    koski = rows(Organisation, Organisation.code == "284")[0].id
    there = put(appointment(koski, cast["member"]))
    assert browser("contact").get(f"/organisations/284/appointments/{there}/end").status == 404
    assert browser("contact").get(f"/organisations/638/appointments/{there}/end").status == 404
    assert browser("expert").get(f"/organisations/638/appointments/{there}/confirm").status == 404
