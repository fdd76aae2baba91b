"""The register is kept, and people move from one organisation to another (I-07)."""

import pytest

from extranet.accounts.models import RoleGrant, User
from extranet.audit.models import AuditEvent
from extranet.core import clock
from extranet.mail.models import Letter
from extranet.networks.models import Membership, MembershipState
from extranet.organisations.business_id import is_valid_business_id
from extranet.organisations.models import Appointment, AppointmentKind, AppointmentState, Organisation
from tests.organisations.conftest import appointment, organisation

FACTS = {
    "code": "VESI1",
    "name_fi": "Porvoon vesi (esimerkki)",
    "kind": "municipal_company",
    "languages": "fi+sv",
    "region_fi": "Uusimaa",
    "parent_id": "",
    "successor_id": "",
}


def test_an_administrator_adds_a_company(browser, rows, porvoo):
    page = browser("admin").post(
        "/organisations/add", follow=True, **FACTS | {"parent_id": str(porvoo), "email_domains": "vesi.example, VESI2.example"}
    )
    assert page.text("h1") == "Porvoon vesi (esimerkki)"
    added = rows(Organisation, Organisation.code == "VESI1")[0]
    assert (added.parent_id, added.email_domains, added.member_employer) == (porvoo, ["vesi.example", "vesi2.example"], False)
    assert [e.name for e in rows(AuditEvent)] == ["organisations.add"]


@pytest.mark.parametrize("wrong", [{"code": ""}, {"code": "a/b"}, {"name_fi": ""}, {"kind": "circus"}, {"parent_id": "9999"}])
def test_an_incomplete_organisation_is_refused(browser, rows, wrong):
    before = len(rows(Organisation))
    assert browser("admin").post("/organisations/add", **FACTS | wrong).status == 422
    assert len(rows(Organisation)) == before


def test_a_code_is_given_once(browser):
    assert browser("admin").post("/organisations/add", **FACTS | {"code": "638"}).status == 422


def test_saving_the_form_as_it_is_changes_nothing(browser, rows):
    admin = browser("admin")
    before = {c.name: getattr(rows(Organisation, Organisation.code == "638")[0], c.name) for c in Organisation.__table__.c}
    assert admin.submit(admin.get("/organisations/638/change"), "main form").status == 200
    after = {c.name: getattr(rows(Organisation, Organisation.code == "638")[0], c.name) for c in Organisation.__table__.c}
    assert after == before
    assert rows(AuditEvent, AuditEvent.name == "organisations.changed") == []


def test_a_doubtful_business_id_is_saved_and_told(browser, rows):
    admin = browser("admin")
    page = admin.submit(admin.get("/organisations/638/change"), "main form", business_id="1234567-8")
    assert page.has("#flash .callout--warn")
    assert rows(Organisation, Organisation.code == "638")[0].business_id == "1234567-8"


@pytest.mark.parametrize(
    ("text", "is_valid"), [("0112038-9", True), ("0112038-8", False), ("112038-9", False), ("abc", False), ("1000001-1", False)]
)
def test_the_check_digit_of_a_business_id(text, is_valid):
    assert is_valid_business_id(text) is is_valid


def test_a_merged_organisation_gets_its_successor(browser, rows, porvoo, put):
    put(organisation("611"))
    admin = browser("admin")
    page = admin.submit(admin.get("/organisations/611/change"), "main form", successor_id=str(porvoo))
    assert page.has(".callout a[href='/organisations/638/']")
    merged = rows(Organisation, Organisation.code == "611")[0]
    back = admin.submit(admin.get("/organisations/638/change"), "main form", successor_id=str(merged.id))
    assert back.status == 422
    assert admin.submit(admin.get("/organisations/611/change"), "main form").status == 200


def test_the_organisation_says_that_its_details_are_right(browser, rows):
    contact = browser("contact")
    page = contact.submit(contact.get("/organisations/638/"), "#details form")
    assert page.has("#flash .callout--ok")
    assert rows(Organisation, Organisation.code == "638")[0].details_confirmed_at is not None
    assert rows(AuditEvent)[0].name == "organisations.confirm_details"
    part = contact.get("/organisations/638/", target="details")
    assert part.soup.select_one("h2").get_text() and "<html" not in part.html


def test_a_person_who_moves_leaves_tasks_rights_and_seats_behind(browser, rows, cast, viewer, put, porvoo):
    put(Membership(network_id=cast["network:hr"], user_id=cast["contact"], state=MembershipState.ACTIVE))
    put(RoleGrant(user_id=cast["contact"], role="org_admin", organisation_id=porvoo))
    proposed = put(appointment(porvoo, cast["contact"], kind=AppointmentKind.DEPUTY, starts_on=clock.today().replace(year=2090)))
    koski = rows(Organisation, Organisation.code == "284")[0].id
    page = browser("admin").post(f"/organisations/638/people/{cast['contact']}/move", follow=True, organisation_id=str(koski))
    assert "Koski Tl" in page.text("h1")
    assert rows(User, User.id == cast["contact"])[0].organisation_id == koski
    ended, turned_down = (rows(Appointment, Appointment.id == one)[0] for one in (1, proposed))
    assert (ended.state, ended.ends_on) == (AppointmentState.ENDED, clock.today())
    assert turned_down.state == AppointmentState.REJECTED
    moved = viewer("contact")
    assert not moved.is_contact_person and not moved.org_admin_of
    assert cast["network:hr"] not in moved.roles and cast["network:contact-persons"] not in moved.roles
    asked = rows(Membership, Membership.network_id == cast["network:hr"], Membership.user_id == cast["contact"])[0]
    assert asked.state == MembershipState.REQUESTED
    letters = {(letter.template, letter.user_id) for letter in rows(Letter)}
    assert ("organisations/mail/ended", cast["deputy"]) in letters
    assert ("networks/mail/requested", cast["moderator"]) in letters
    assert "organisations.move_person" in [e.name for e in rows(AuditEvent)]
    assert "Siirtyi toiseen organisaatioon" in browser("expert").get("/organisations/638/").text(".log")


@pytest.mark.parametrize("chosen", ["", "999999"])
def test_a_move_needs_an_organisation(browser, cast, rows, chosen):
    assert browser("admin").post(f"/organisations/638/people/{cast['contact']}/move", organisation_id=chosen).status == 422
    assert rows(Appointment)[0].state == AppointmentState.CONFIRMED


def test_only_the_organisation_s_own_people_are_moved_from_it(browser, cast):
    assert browser("admin").get(f"/organisations/638/people/{cast['member']}/move").status == 404
