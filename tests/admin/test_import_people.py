"""People come in from a table (T44, domain.md §7.9.12)."""

import pytest

from extranet.accounts.models import Side, User, UserState
from extranet.admin.import_report import Verdict
from extranet.admin.imports import run_import
from extranet.audit.models import AuditEvent
from extranet.core.db import db
from extranet.mail.models import Letter
from extranet.networks.models import Membership, MembershipState
from extranet.organisations.models import Appointment, AppointmentState
from tests.admin.imports import PEOPLE, csv_of, save, xlsx_of

VEERA = ["veera.uusitalo@porvoo.example", "Veera", "Uusitalo", "638", "henkilöstöpäällikkö", "fi", "employer", "", "hr;rewarding"]


@pytest.fixture
def run(app, tmp_path):
    def do(content, **options):
        with app.app_context():
            report = run_import("people", save(tmp_path, content), **options)
            db.session.commit()
            return report

    return do


def people(*rows, columns=PEOPLE):
    return csv_of(columns, *rows)


def find(rows, email):
    return rows(User, User.email == email)[0]


def test_a_new_person_is_invited_silently_and_joins_the_networks(run, rows, cast):
    assert not run(people(VEERA)).written
    assert rows(User, User.last_name == "Uusitalo") == []
    assert run(people(VEERA), apply=True).written
    veera = find(rows, VEERA[0])
    assert (veera.state, veera.side, veera.job_title) == (UserState.INVITED, Side.EMPLOYER, "henkilöstöpäällikkö")
    joined = {m.network_id: m.state for m in rows(Membership, Membership.user_id == veera.id)}
    assert joined == {cast["network:hr"]: MembershipState.ACTIVE, cast["network:rewarding"]: MembershipState.ACTIVE}
    assert rows(Letter) == []
    again = run(people(VEERA), apply=True)
    assert [f.verdict for f in again.findings] == [Verdict.UNCHANGED]
    assert len([e for e in rows(AuditEvent) if e.name == "admin.import_person"]) == 1


def test_letters_go_when_they_are_asked_for(run, rows):
    run(people(VEERA), apply=True, invite=True)
    assert [(letter.template, letter.to) for letter in rows(Letter)] == [("accounts/mail/invitation", VEERA[0])]


def test_a_workbook_keeps_its_codes(run, rows, cast):
    run(xlsx_of(PEOPLE, ["x@y.example", "Ö", "Å", 91, "", "", "", 3584012345, ""]), apply=True)
    helsinki = find(rows, "helsinki@extranet.example").organisation_id
    new = find(rows, "x@y.example")
    assert (new.organisation_id, new.phone, new.language) == (helsinki, "3584012345", "fi")


def test_blank_cells_and_missing_columns_leave_what_there_is(run, rows):
    before = find(rows, "member@extranet.example")
    report = run(people(["member@extranet.example", "", "", "", "talousjohtaja"]), apply=True)
    assert [list(f.changes) for f in report.findings] == [["job_title"]]
    after = find(rows, "member@extranet.example")
    assert (after.first_name, after.phone, after.organisation_id) == (before.first_name, before.phone, before.organisation_id)
    assert after.job_title == "talousjohtaja"


def test_an_address_is_corrected_by_the_number(run, rows, cast):
    content = csv_of(("id", "email"), [str(cast["member"]), "milla@koski.example"])
    assert run(content, apply=True).written
    assert rows(User, User.id == cast["member"])[0].email == "milla@koski.example"
    assert [f.verdict for f in run(content).findings] == [Verdict.UNCHANGED]
    taken = run(csv_of(("id", "email"), [str(cast["member"]), "expert@extranet.example"], ["99999", "a@b.example"], ["x", "c@d.example"]))
    assert [f.line for f in taken.refused] == [2, 3, 4]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({0: "veera"}, "form"),
        ({0: ""}, "missing"),
        ({1: "", 2: ""}, "first_name, last_name"),
        ({3: "999"}, "999"),
        ({5: "et"}, "language"),
        ({6: "boss"}, "side"),
        ({6: "staff"}, "employer representatives only"),
        ({7: "1" * 41}, "phone"),
        ({8: "hr;nowhere"}, "nowhere"),
        ({8: "contact-persons"}, "appointment"),
        ({8: "inventive-solutions"}, "archived"),
    ],
)
def test_a_bad_row_says_what_is_wrong(run, rows, change, words):
    row = [change.get(n, cell) for n, cell in enumerate(VEERA)]
    good = ["good@porvoo.example", "Good", "Row", "638", "", "", "", "", ""]
    report = run(people(good, row), apply=True)
    assert not report.written and [f.line for f in report.refused] == [3]
    assert words in str(report)
    assert rows(User, User.last_name == "Row") == []


def test_one_person_is_there_once(run, cast):
    twice = run(
        csv_of(
            ("id", "email", "phone"),
            ["", "member@extranet.example", "1"],
            [str(cast["member"]), "", "2"],
            ["", "MEMBER@extranet.example", "3"],
        )
    )
    assert [f.line for f in twice.refused] == [3, 4]


def test_who_represents_the_staff_holds_no_appointment_and_sits_in_no_employer_network(run, rows, cast):
    report = run(
        people(["contact@extranet.example", "", "", "", "", "", "staff"], ["member@extranet.example", "", "", "", "", "", "staff"])
    )
    assert len(report.refused) == 2
    assert "End the appointment first." in str(report) and "in hr, which is for employer representatives only." in str(report)
    assert rows(User, User.id == cast["contact"])[0].side == Side.EMPLOYER
    assert run(people(["newcomer@extranet.example", "", "", "", "", "", "staff", "", "work-and-life"]), apply=True).written


def test_a_change_of_organisation_has_its_consequences(run, rows, cast, viewer):
    report = run(people(["contact@extranet.example", "", "", "284", "", "", "", "", ""]), apply=True)
    assert report.findings[0].notes
    ended = rows(Appointment, Appointment.user_id == cast["contact"])[0]
    assert ended.state == AppointmentState.ENDED
    assert not viewer("contact").is_contact_person
    moved = people(["member@extranet.example", "", "", "638", "", "", "", "", "hr"])
    run(moved, apply=True)
    assert rows(Membership, Membership.user_id == cast["member"])[0].state == MembershipState.ACTIVE
    assert [f.verdict for f in run(moved).findings] == [Verdict.UNCHANGED]


def test_nobody_is_brought_back_by_an_old_list(run, app, rows, cast):
    with app.app_context():
        gone = db.session.query(Membership).filter_by(user_id=cast["member"], network_id=cast["network:hr"]).one()
        gone.state = MembershipState.LEFT
        db.session.commit()
    report = run(people(["member@extranet.example", "", "", "", "", "", "", "", "hr"]), apply=True, skip_refused=True)
    assert len(report.refused) == 1
    assert rows(Membership, Membership.user_id == cast["member"])[0].state == MembershipState.LEFT


def test_a_long_table_is_read_with_as_many_questions_as_a_short_one(run, count_queries):
    def table(size):
        return people(*([f"p{n}@porvoo.example", "P", "Q", "638", "", "", "", "", "hr"] for n in range(size)))

    run(table(1))
    assert count_queries(lambda: run(table(1))) == count_queries(lambda: run(table(400)))
