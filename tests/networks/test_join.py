"""Coming in: open doors, requests, invitations, and the doors that stay shut."""

import threading

import pytest

from extranet.audit.models import AuditEvent
from extranet.core.db import db
from extranet.mail.models import Letter
from extranet.mail.outbox import guards
from extranet.networks.models import JoinPolicy, Membership, Network, NetworkState
from tests.networks.places import TICKS, id_of, place
from tests.page import Browser


@pytest.fixture
def change_network(app):
    """Change a network from outside, as its administrators could."""

    def change(slug, **values):
        with app.app_context():
            network = db.session.query(Network).filter_by(slug=slug).one()
            for name, value in values.items():
                setattr(network, name, value)
            db.session.commit()

    return change


def test_an_open_network_lets_people_in_at_once(browser, cast, rows):
    nico = browser("newcomer")
    page = nico.submit(nico.get("/networks/rewarding/join"), "main form.form", **TICKS)
    assert page.response.request.path == "/networks/rewarding/"
    assert place(rows, cast, "newcomer", "rewarding") == ("active", "member")
    assert nico.get("/networks/rewarding/members").status == 200
    membership = rows(Membership, Membership.user_id == cast["newcomer"])[0]
    assert membership.declares_employer_side and membership.rules_version_accepted == 1 and membership.joined_at


def test_a_request_waits_for_the_moderators_who_get_a_letter(browser, cast, rows):
    nico = browser("newcomer")
    page = nico.submit(nico.get("/networks/hr/join"), "main form.form", message="Vastaan rekrytoinneista.", **TICKS)
    assert "waiting" in page.html or "odottaa" in page.text()
    assert place(rows, cast, "newcomer", "hr") == ("requested", "member")
    assert nico.get("/networks/hr/members").status == 403
    letter = rows(Letter)[-1]
    assert letter.to == "moderator@extranet.example" and "Niko Saloranta" in letter.text and "/networks/hr/members" in letter.text
    assert rows(AuditEvent, AuditEvent.name == "networks.join")[0].network_id == cast["network:hr"]


def test_whoever_asks_twice_is_told_so(browser, rows, cast):
    nico = browser("newcomer")
    assert nico.post("/networks/hr/join", **TICKS).status == 303
    again = nico.post("/networks/hr/join", **TICKS)
    assert again.status == 422
    assert len(rows(Membership, Membership.user_id == cast["newcomer"])) == 1


def test_without_the_ticks_nothing_happens(browser, rows, cast):
    page = browser("newcomer").post("/networks/hr/join", message="Hei")
    assert page.status == 422
    assert page.has("[aria-invalid=true]") and "Hei" in page.text("textarea")
    assert place(rows, cast, "newcomer", "hr") is None


def test_a_staff_representative_never_enters_an_employer_only_network(browser, rows, cast):
    sanna = browser("staff")
    assert not sanna.get("/networks/hr/join").has("main form.form")
    for slug in ("hr", "rewarding"):
        assert sanna.post(f"/networks/{slug}/join", **TICKS).status == 422
        assert place(rows, cast, "staff", slug) is None
    assert browser("newcomer").post("/networks/work-and-life/join", accepts_rules="y").status == 303


@pytest.mark.parametrize("policy", [JoinPolicy.INVITATION, JoinPolicy.NOMINATION])
def test_an_invited_or_nominated_circle_says_how_to_get_in(browser, rows, cast, change_network, policy):
    change_network("rewarding", join_policy=policy)
    nico = browser("newcomer")
    assert not nico.get("/networks/rewarding/join").has("main form.form")
    assert nico.post("/networks/rewarding/join", **TICKS).status == 422
    assert place(rows, cast, "newcomer", "rewarding") is None


@pytest.mark.parametrize("state", [NetworkState.ARCHIVED, NetworkState.DORMANT])
def test_an_archived_or_quiet_network_takes_nobody(browser, rows, cast, change_network, state):
    change_network("rewarding", state=state)
    assert browser("newcomer").post("/networks/rewarding/join", **TICKS).status == 422
    assert place(rows, cast, "newcomer", "rewarding") is None


def test_one_can_leave_and_come_back(browser, rows, cast):
    nico = browser("newcomer")
    nico.post("/networks/rewarding/join", **TICKS)
    nico.post("/networks/rewarding/leave")
    assert place(rows, cast, "newcomer", "rewarding") == ("left", "member")
    nico.post("/networks/rewarding/join", **TICKS)
    assert place(rows, cast, "newcomer", "rewarding") == ("active", "member")


def test_whoever_was_removed_must_ask_even_where_it_is_open(browser, rows, cast):
    nico = browser("newcomer")
    nico.post("/networks/rewarding/join", **TICKS)
    browser("expert").post(f"/networks/rewarding/members/{id_of(rows, cast, 'newcomer', 'rewarding')}/remove", reason="Mainoksia.")
    assert nico.post("/networks/rewarding/join", **TICKS).status == 303
    assert place(rows, cast, "newcomer", "rewarding") == ("requested", "member")


def test_a_core_team_brings_its_members_into_the_learning_network(browser, rows, cast):
    invitation = browser("external").post("/networks/work-and-life-core/members/invite", email="newcomer@extranet.example")
    assert invitation.status == 303
    nico = browser("newcomer")
    nico.post("/networks/work-and-life-core/accept", accepts_rules="y")
    assert place(rows, cast, "newcomer", "work-and-life-core") == ("active", "core")
    assert place(rows, cast, "newcomer", "work-and-life") == ("active", "member")


def test_a_staff_representative_is_not_brought_past_an_employer_only_door(browser, rows, cast, change_network):
    change_network("work-and-life", employer_only=True)
    browser("external").post("/networks/work-and-life-core/members/invite", email="staff@extranet.example")
    assert browser("staff").post("/networks/work-and-life-core/accept", accepts_rules="y").status == 422
    assert place(rows, cast, "staff", "work-and-life-core") == ("invited", "member")


def test_a_secret_network_is_found_by_the_invited_only(browser, rows, cast):
    milla = browser("member")
    assert milla.get("/networks/hr-advisory-board/join").status == 404
    browser("expert").post("/networks/hr-advisory-board/members/invite", email="member@extranet.example", message="Tervetuloa mukaan.")
    letter = rows(Letter)[-1]
    assert letter.to == "member@extranet.example" and "Tervetuloa mukaan." in letter.text
    assert "Tervetuloa mukaan." in milla.get("/networks/hr-advisory-board/join").text()
    assert milla.get("/networks/hr-advisory-board/").status == 404
    assert "/networks/hr-advisory-board/join" in milla.get("/networks/").links()
    milla.post("/networks/hr-advisory-board/accept", **TICKS)
    assert place(rows, cast, "member", "hr-advisory-board") == ("active", "advisory")
    assert milla.get("/networks/hr-advisory-board/members").status == 200


def test_an_invitation_can_be_turned_down(browser, rows, cast):
    browser("expert").post("/networks/hr-advisory-board/members/invite", email="member@extranet.example")
    milla = browser("member")
    assert milla.post("/networks/hr-advisory-board/decline-invitation").status == 303
    assert place(rows, cast, "member", "hr-advisory-board") == ("declined", "member")
    assert milla.get("/networks/hr-advisory-board/join").status == 404
    assert milla.post("/networks/hr-advisory-board/accept", **TICKS).status == 404


def test_pressing_the_button_twice_at_once_makes_one_request(stage, rows, cast):
    browsers = [Browser(stage.app, cast["newcomer"]) for _ in range(2)]
    barrier, answers = threading.Barrier(2), []

    def ask(number: int) -> None:
        barrier.wait()
        answers.append(browsers[number].post("/networks/hr/join", **TICKS).status)

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [303, 422]
    assert len(rows(Membership, Membership.user_id == cast["newcomer"])) == 1


def test_a_letter_about_an_invitation_goes_only_while_it_waits(browser, app, rows, cast):
    browser("moderator").post("/networks/hr/members/invite", email="newcomer@extranet.example")
    letter = rows(Letter)[-1]
    with app.app_context():
        assert guards[letter.guard](letter.guard_id)
    browser("newcomer").post("/networks/hr/decline-invitation")
    with app.app_context():
        assert not guards[letter.guard](letter.guard_id)


def test_whoever_was_removed_does_not_come_back_by_taking_a_request_back(browser, rows, cast):
    nico, eero = browser("newcomer"), browser("expert")
    nico.post("/networks/rewarding/join", **TICKS)
    members = f"/networks/rewarding/members/{id_of(rows, cast, 'newcomer', 'rewarding')}"
    assert eero.post(f"{members}/remove", reason="Kirjoitti asiattomasti.").status == 303
    for way_out in (lambda: nico.post("/networks/rewarding/leave"), lambda: eero.post(f"{members}/decline", reason="Ei vielä.")):
        assert nico.post("/networks/rewarding/join", **TICKS).status == 303
        assert place(rows, cast, "newcomer", "rewarding") == ("requested", "member")
        assert way_out().status == 303
    nico.post("/networks/rewarding/join", **TICKS)
    assert nico.get("/networks/rewarding/members").status == 403
    assert eero.post(f"{members}/approve").status == 303
    nico.post("/networks/rewarding/leave")
    nico.post("/networks/rewarding/join", **TICKS)
    assert place(rows, cast, "newcomer", "rewarding") == ("active", "member")
