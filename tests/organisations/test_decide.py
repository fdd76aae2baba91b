"""A registrar confirms or rejects; what is in force opens and closes doors at once (I-08)."""

from datetime import timedelta

import time_machine

from extranet.accounts.models import Side, User
from extranet.audit.models import AuditEvent
from extranet.core import clock
from extranet.core.db import db
from extranet.core.viewer import SYSTEM
from extranet.mail.models import Letter
from extranet.networks.models import Membership, MembershipState
from extranet.organisations.models import Appointment, AppointmentKind, AppointmentState
from extranet.organisations.tasks import keep_dates
from tests.organisations.conftest import PROPOSAL, appointment

DECIDE = f"/organisations/638/appointments/{PROPOSAL}/"


def memberships(rows, cast, user):
    return [m.state for m in rows(Membership, Membership.user_id == cast[user], Membership.network_id == cast["network:contact-persons"])]


def test_a_registrar_confirms_and_the_next_request_has_the_keys(browser, rows, cast, viewer, proposal):
    assert not viewer("orgadmin").is_contact_person
    expert = browser("expert")
    page = expert.submit(expert.get(DECIDE + "confirm"), "main form[action$=confirm]")
    assert "Outi Heinonsalo" in page.text("#flash")
    assert viewer("orgadmin").is_contact_person
    assert browser("orgadmin").get("/networks/contact-persons/discussions/").status == 200
    assert memberships(rows, cast, "orgadmin") == [MembershipState.ACTIVE]
    decided = rows(Appointment, Appointment.id == PROPOSAL)[0]
    assert (decided.state, decided.decided_by_id) == (AppointmentState.CONFIRMED, cast["expert"])
    assert {letter.user_id for letter in rows(Letter)} == {cast["orgadmin"], cast["contact"]}
    assert "organisations.confirm" in [e.name for e in rows(AuditEvent)]


def test_a_proposal_is_decided_once(browser, proposal):
    admin = browser("admin")
    assert admin.post(DECIDE + "confirm").status == 303
    assert admin.post(DECIDE + "confirm").status == 422
    assert admin.post(DECIDE + "reject", reason="Myöhässä.").status == 422
    assert admin.get(DECIDE + "confirm").has("main a[href='/organisations/638/'].button")


def test_a_rejection_needs_a_reason_and_tells_it(browser, rows, cast, viewer, proposal):
    expert = browser("expert")
    assert expert.post(DECIDE + "reject", reason=" ").status == 422
    assert expert.post(DECIDE + "reject", reason="Päätös puuttuu.").status == 303
    assert not viewer("orgadmin").is_contact_person
    assert rows(Appointment, Appointment.id == PROPOSAL)[0].state == AppointmentState.REJECTED
    assert {(letter.user_id, "Päätös puuttuu." in letter.text) for letter in rows(Letter)} == {
        (cast["orgadmin"], True),
        (cast["contact"], True),
    }
    assert [e.reason for e in rows(AuditEvent, AuditEvent.name == "organisations.reject")] == ["Päätös puuttuu."]
    assert "Päätös puuttuu." in browser("contact").get("/organisations/638/").text(".log")


def test_the_rules_are_asked_again_when_it_is_confirmed(browser, app, cast, proposal):
    with app.app_context():
        db.session.get_one(User, cast["orgadmin"]).side = Side.STAFF
        db.session.commit()
    assert browser("admin").post(DECIDE + "confirm").status == 422


def test_a_period_that_has_passed_is_not_confirmed(browser, put, cast, porvoo):
    day = clock.today() - timedelta(days=30)
    passed = put(appointment(porvoo, cast["orgadmin"], starts_on=day, ends_on=day))
    assert browser("admin").post(f"/organisations/638/appointments/{passed}/confirm").status == 422


def test_a_second_lead_at_a_time_is_refused(browser, put, cast, porvoo, rows):
    second = put(appointment(porvoo, cast["orgadmin"], kind=AppointmentKind.PRIMARY, is_lead=True, scope="Sivistystoimi"))
    url = f"/organisations/638/appointments/{second}/"
    admin = browser("admin")
    page = admin.submit(admin.get(url + "confirm"), "main form[action$=confirm]")
    assert page.status == 422
    assert "Kaisa Virtasalo" in page.text()
    assert admin.post(url + "confirm").status == 303
    assert [a.is_lead for a in rows(Appointment)] == [True, False, False]
    assert admin.post(url + "make-lead").status == 303
    assert [a.is_lead for a in rows(Appointment)] == [False, False, True]


def test_only_a_primary_in_force_is_made_the_lead(browser):
    assert browser("orgadmin").post("/organisations/638/appointments/2/make-lead").status == 422


def test_an_appointment_ended_today_closes_the_doors_at_the_next_request(browser, rows, cast, viewer):
    contact = browser("contact")
    assert contact.get("/networks/contact-persons/discussions/").status == 200
    page = browser("orgadmin").post(
        "/organisations/638/appointments/1/end", follow=True, ends_on=clock.today().isoformat(), reason="Siirtyi toisiin tehtäviin."
    )
    assert "Siirtyi toisiin tehtäviin." in page.text(".log")
    assert page.has(".card--gap")
    assert contact.get("/networks/contact-persons/discussions/").status in (403, 404)
    assert contact.get("/organisations/638/appointments/propose").status == 403
    assert not viewer("contact").is_contact_person
    assert memberships(rows, cast, "contact") == [MembershipState.LEFT]
    assert {letter.user_id for letter in rows(Letter)} == {cast["contact"], cast["deputy"]}


def test_an_end_needs_a_day_and_a_reason(browser, rows):
    page = browser("contact").post("/organisations/638/appointments/1/end", ends_on="", reason="")
    assert page.status == 422
    assert page.has("#ends_on-error") and page.has("#reason-error")
    assert rows(Appointment)[0].state == AppointmentState.CONFIRMED


def test_an_end_is_not_put_off_by_ending_it_again(browser):
    day = clock.today() + timedelta(days=5)
    contact = browser("contact")
    assert contact.post("/organisations/638/appointments/1/end", ends_on=day.isoformat(), reason="Eläke").status == 303
    later = (day + timedelta(days=1)).isoformat()
    assert contact.post("/organisations/638/appointments/1/end", ends_on=later, reason="Eläke").status == 422
    assert contact.post("/organisations/638/appointments/1/end", ends_on=clock.today().isoformat(), reason="Eläke").status == 303
    assert contact.post("/organisations/638/appointments/1/end", ends_on=clock.today().isoformat(), reason="Eläke").status == 404


def test_a_later_last_day_holds_until_it_has_passed(browser, app, rows, cast, viewer):
    last = clock.today() + timedelta(days=3)
    assert browser("contact").post("/organisations/638/appointments/1/end", ends_on=last.isoformat(), reason="Eläke").status == 303
    assert viewer("contact").is_contact_person
    with time_machine.travel(clock.now() + timedelta(days=4)):
        assert not viewer("contact").is_contact_person
        with app.app_context():
            keep_dates()
            db.session.commit()
    ended = rows(Appointment)[0]
    assert (ended.state, ended.ends_on) == (AppointmentState.ENDED, last)
    assert memberships(rows, cast, "contact") == [MembershipState.LEFT]
    assert [e.is_system for e in rows(AuditEvent, AuditEvent.name == "organisations.expire")] == [True]


def test_an_appointment_that_begins_later_opens_the_doors_on_its_day(browser, app, put, cast, porvoo, rows, viewer):
    first = clock.today() + timedelta(days=7)
    coming = put(appointment(porvoo, cast["orgadmin"], starts_on=first))
    assert browser("expert").post(f"/organisations/638/appointments/{coming}/confirm").status == 303
    assert not viewer("orgadmin").is_contact_person
    assert memberships(rows, cast, "orgadmin") == []
    with time_machine.travel(clock.now() + timedelta(days=7)), app.app_context():
        keep_dates()
        keep_dates()
        db.session.commit()
    assert memberships(rows, cast, "orgadmin") == [MembershipState.ACTIVE]
    assert len(rows(AuditEvent, AuditEvent.name == "organisations.start", AuditEvent.thing_id == str(coming))) == 1


def test_the_calendar_is_nobody_s_button(app, viewer, cast):
    from extranet.organisations import policy

    assert policy.is_calendar(SYSTEM)
    assert not policy.is_calendar(viewer("admin"))


def test_who_ended_before_the_first_day_never_was_in_force(browser, put, cast, porvoo, rows):
    first = clock.today() + timedelta(days=7)
    coming = put(appointment(porvoo, cast["orgadmin"], starts_on=first, state=AppointmentState.CONFIRMED))
    assert (
        browser("orgadmin").post(f"/organisations/638/appointments/{coming}/end", ends_on=clock.today().isoformat(), reason="Perui").status
        == 303
    )
    assert rows(Appointment, Appointment.id == coming)[0].ends_on == first


def test_between_two_appointments_nobody_is_a_contact_person(browser, put, cast, porvoo, rows, viewer):
    first = clock.today() + timedelta(days=7)
    put(appointment(porvoo, cast["contact"], starts_on=first, state=AppointmentState.CONFIRMED))
    browser("expert").post("/organisations/638/appointments/1/end", ends_on=clock.today().isoformat(), reason="Vaihtoi tehtävää")
    assert not viewer("contact").is_contact_person
    assert memberships(rows, cast, "contact") == [MembershipState.LEFT]


def test_letters_speak_the_reader_s_language(browser, app, put, cast, porvoo, rows):
    with app.app_context():
        db.session.get_one(User, cast["medlem"]).organisation_id = porvoo
        db.session.commit()
    proposed = put(appointment(porvoo, cast["medlem"], appointed_by_id=cast["contact"]))
    browser("expert").post(f"/organisations/638/appointments/{proposed}/confirm")
    subjects = {letter.user_id: letter.subject for letter in rows(Letter)}
    assert subjects == {cast["medlem"]: "Kontaktpersonen bekräftad: Borgå", cast["contact"]: "Yhteyshenkilö vahvistettu: Porvoo"}
