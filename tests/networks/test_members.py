"""The list of members: who reads it, searching, inviting, removing, roles."""

import pytest

from extranet.accounts.models import Side, User
from extranet.audit.models import AuditEvent
from extranet.core.db import db
from extranet.demo.cast import join
from extranet.mail.models import Letter
from extranet.networks.models import Network
from tests.networks.places import id_of, place


@pytest.mark.parametrize(
    ("words", "found"), [("lahden", 1), ("MILLA lahden", 1), ("koski tl", 1), ("raseborg", 1), ("nobody", 0), ("100%", 0)]
)
def test_searching_by_name_title_or_organisation_in_either_language(browser, words, found):
    page = browser("member").get(f"/networks/hr/members?q={words.replace('%', '%25')}")
    assert len(page.soup.select("#list .list > li")) == found


def test_a_long_list_comes_in_pages_and_needs_no_more_queries(browser, app, cast, count_queries):
    milla = browser("member")
    milla.get("/networks/hr/members")
    few = count_queries(lambda: milla.get("/networks/hr/members"))
    with app.app_context():
        network = db.session.get(Network, cast["network:hr"])
        crowd = [User(email=f"n{i}@extranet.example", first_name="Nimi", last_name=f"Numero{i:03}", side=Side.EMPLOYER) for i in range(120)]
        db.session.add_all(crowd)
        db.session.flush()
        for user in crowd:
            join(network, user)
        db.session.commit()
    page = milla.get("/networks/hr/members?page=3")
    assert len(page.soup.select("#list .list > li")) == 23
    assert count_queries(lambda: milla.get("/networks/hr/members?page=2")) == few <= 8


def test_reading_the_list_is_logged(browser, rows, cast):
    browser("member").get("/networks/hr/members")
    assert rows(AuditEvent, AuditEvent.name == "networks.members_read")[0].user_id == cast["member"]


def test_htmx_gets_the_list_alone(browser):
    page = browser("member").get("/networks/hr/members?q=milla", target="list")
    assert "<html" not in page.html and "Milla" in page.html
    assert {"HX-Request", "HX-Target"} <= set(page.headers["Vary"].replace(" ", "").split(","))
    assert page.headers["Cache-Control"] == "private, no-store"


def test_only_people_with_an_account_are_invited(browser, rows, cast):
    maija = browser("moderator")
    page = maija.submit(maija.get("/networks/hr/members"), "main form.form", email="nobody@extranet.example")
    assert page.status == 422 and page.has("#email[aria-invalid=true]")
    page = maija.submit(maija.get("/networks/hr/members"), "main form.form", email="Newcomer@extranet.example")
    assert place(rows, cast, "newcomer", "hr") == ("invited", "member")
    assert "Niko Saloranta" in page.text()


@pytest.mark.parametrize("email", ["staff", "member", "pori"])
def test_no_invitation_for_staff_in_an_employer_network_nor_for_members_nor_for_those_who_asked(browser, rows, cast, email):
    before = place(rows, cast, email, "hr")
    assert browser("moderator").post("/networks/hr/members/invite", email=f"{email}@extranet.example").status == 422
    assert place(rows, cast, email, "hr") == before


def test_a_removed_member_is_shut_out_from_the_next_request_on(browser, rows, cast):
    milla = browser("member")
    assert milla.get("/networks/hr/members", target="list").status == 200
    assert milla.get(f"/networks/hr/pages/{'aloita-tasta'}").status == 200
    maija = browser("moderator")
    maija.submit(maija.get(f"/networks/hr/members/{cast['hr_membership']}/remove"), "main form", reason="Siirtyi eläkkeelle.")
    assert place(rows, cast, "member", "hr") == ("removed", "member")
    letter = rows(Letter)[-1]
    assert letter.to == "member@extranet.example" and "Siirtyi eläkkeelle." in letter.text
    assert milla.get("/networks/hr/members").status == 403
    assert milla.get("/networks/hr/members", target="list").status == 403
    assert milla.get("/networks/hr/pages/aloita-tasta").status == 404
    home = milla.get("/networks/hr/")
    assert home.status == 200 and "/networks/hr/members" not in home.links()


def test_a_removal_needs_a_reason(browser, rows, cast):
    assert browser("moderator").post(f"/networks/hr/members/{cast['hr_membership']}/remove", reason=" ").status == 422
    assert place(rows, cast, "member", "hr") == ("active", "member")


def test_nobody_rises_above_the_one_who_lifts(browser, rows, cast):
    lead, milla = browser("moderator"), browser("member")
    members = "/networks/hr/members"
    lead.post(f"{members}/{cast['hr_membership']}/role", role="moderator")
    linda = id_of(rows, cast, "medlem", "hr")
    own_lead = id_of(rows, cast, "moderator", "hr")
    assert milla.post(f"{members}/{cast['hr_membership']}/role", role="lead").status == 403
    assert milla.post(f"{members}/{linda}/role", role="lead").status == 403
    assert milla.post(f"{members}/{own_lead}/role", role="member").status == 403
    assert milla.post(f"{members}/{own_lead}/remove", reason="Vallankaappaus.").status == 403
    assert milla.post(f"{members}/{linda}/role", role="moderator").status == 303
    assert place(rows, cast, "medlem", "hr") == ("active", "moderator")
    assert place(rows, cast, "moderator", "hr") == ("active", "lead")


def test_nobody_manages_a_network_that_she_does_not_run(browser, rows, cast):
    maija = browser("moderator")
    staff = id_of(rows, cast, "staff", "work-and-life")
    assert maija.post(f"/networks/work-and-life/members/{staff}/role", role="moderator").status == 403
    assert maija.post(f"/networks/hr/members/{staff}/role", role="moderator").status == 404
    assert maija.post(f"/networks/hr/members/{staff}/remove", reason="Väärä.").status == 404


def test_the_last_leader_is_not_demoted_nor_removed(browser, rows, cast):
    auli = browser("admin")
    lead = id_of(rows, cast, "moderator", "hr")
    assert auli.post(f"/networks/hr/members/{lead}/role", role="member").status == 422
    assert auli.post(f"/networks/hr/members/{lead}/remove", reason="Vaihto.").status == 422
    auli.post(f"/networks/hr/members/{cast['hr_membership']}/role", role="lead")
    assert auli.post(f"/networks/hr/members/{lead}/role", role="member").status == 303


def test_a_role_is_given_from_the_row_of_the_list(browser, rows, cast):
    maija = browser("moderator")
    maija.submit(maija.get("/networks/hr/members"), f"#member-{cast['hr_membership']} form")
    assert place(rows, cast, "member", "hr") == ("active", "moderator")
    changed = rows(AuditEvent, AuditEvent.name == "networks.role_changed")[0]
    assert changed.detail == {"before": "member", "after": "moderator"}


@pytest.mark.parametrize("role", ["core", "advisory", "king", ""])
def test_only_the_roles_of_this_kind_of_network_exist(browser, rows, cast, role):
    assert browser("moderator").post(f"/networks/hr/members/{cast['hr_membership']}/role", role=role).status in (403, 422)
    assert place(rows, cast, "member", "hr") == ("active", "member")


def test_the_core_teams_members_are_not_removed_from_above(browser, rows, cast):
    pori = id_of(rows, cast, "pori", "work-and-life")
    assert browser("external").post(f"/networks/work-and-life/members/{pori}/remove", reason="Pois.").status == 422
    assert place(rows, cast, "pori", "work-and-life") == ("active", "member")


def test_the_place_of_a_contact_person_ends_with_the_appointment_only(browser, rows, cast):
    url = f"/networks/contact-persons/members/{id_of(rows, cast, 'contact', 'contact-persons')}/remove"
    assert browser("expert").post(url, reason="Vaihtoi tehtävää.").status == 422
    assert browser("deputy").post("/networks/contact-persons/leave").status == 422
    assert place(rows, cast, "contact", "contact-persons") == place(rows, cast, "deputy", "contact-persons") == ("active", "member")


def test_a_member_does_not_learn_who_has_an_account(browser):
    answers = {
        browser("member").post("/networks/hr/members/invite", email=email).status for email in ("helsinki@extranet.example", "no@x.example")
    }
    assert answers == {403}
