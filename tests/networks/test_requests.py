"""The moderators' queue: approve, decline, and what the applicant hears."""

from extranet.accounts.models import User
from extranet.audit.models import AuditEvent
from extranet.core.db import db
from extranet.mail.models import Letter
from tests.networks.places import TICKS, id_of, place


def test_the_queue_shows_what_a_decision_needs(browser, cast, rows):
    page = browser("moderator", "en").get("/networks/hr/members")
    request = page.text(f"#request-{cast['hr_request']}")
    assert "Sari Niemelänkangas" in request and "henkilöstöpäällikkö" in request and "Pori" in request
    assert page.has(f"#request-{cast['hr_request']} .badge--ok")
    assert not browser("member").get("/networks/hr/members").has(f"#request-{cast['hr_request']}")


def test_a_namesake_is_pointed_out(browser, cast, rows, app):
    with app.app_context():
        twin = db.session.get(User, cast["newcomer"])
        twin.first_name, twin.last_name = "Milla", "Lahdenpohja"
        db.session.commit()
    browser("newcomer").post("/networks/hr/join", **TICKS)
    page = browser("moderator").get("/networks/hr/members")
    assert page.has(f"#request-{id_of(rows, cast, 'newcomer', 'hr')} .badge--warn")
    assert not page.has(f"#request-{cast['hr_request']} .badge--warn")


def test_approving_makes_a_member_and_sends_a_letter_in_her_language(browser, cast, rows, app):
    with app.app_context():
        db.session.get(User, cast["pori"]).language = "sv"
        db.session.commit()
    maija = browser("moderator")
    maija.submit(maija.get("/networks/hr/members"), f"#request-{cast['hr_request']} form")
    assert place(rows, cast, "pori", "hr") == ("active", "member")
    letter = rows(Letter)[-1]
    assert (letter.to, letter.language) == ("pori@extranet.example", "sv") and "HR-nätverket" in letter.subject
    assert rows(AuditEvent, AuditEvent.name == "networks.approve")
    assert maija.post(f"/networks/hr/members/{cast['hr_request']}/approve").status == 422


def test_declining_needs_a_reason_which_the_applicant_reads(browser, cast, rows):
    maija = browser("moderator")
    url = f"/networks/hr/members/{cast['hr_request']}/decline"
    assert maija.post(url, ready="own", reason="").status == 422
    assert place(rows, cast, "pori", "hr") == ("requested", "member")
    maija.submit(maija.get(url), "main form", reason="Kysy ensi vuonna.", ready="target")
    assert place(rows, cast, "pori", "hr") == ("declined", "member")
    letter = rows(Letter)[-1]
    assert letter.to == "pori@extranet.example" and "Kysy ensi vuonna." in letter.text
    assert "Kysy ensi vuonna." in rows(AuditEvent, AuditEvent.name == "networks.decline")[0].reason


def test_a_declined_person_may_ask_again(browser, cast, rows):
    browser("moderator").post(f"/networks/hr/members/{cast['hr_request']}/decline", ready="own", reason="Kysy ensi vuonna.")
    assert browser("pori").post("/networks/hr/join", **TICKS).status == 303
    page = browser("moderator").get("/networks/hr/members")
    assert "Kysy ensi vuonna." in page.text(f"#request-{cast['hr_request']}")


def test_an_expert_reads_the_members_but_decides_nothing(browser, cast):
    page = browser("expert").get("/networks/hr/members")
    assert "Milla Lahdenpohja" in page.text() and not page.has(f"#request-{cast['hr_request']}")
