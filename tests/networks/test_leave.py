"""Going: by oneself, except for the last leader and the core team."""

import threading

from extranet.core.signals import member_left
from extranet.networks.models import Membership
from tests.networks.places import TICKS, id_of, place
from tests.page import Browser


def test_a_member_leaves_after_one_question(browser, rows, cast):
    told = []
    milla = browser("member")
    page = milla.get("/networks/hr/leave")
    with member_left.connected_to(lambda _sender, **who: told.append(who)):
        milla.submit(page, "main form")
    assert place(rows, cast, "member", "hr") == ("left", "member")
    assert told == [{"network_id": cast["network:hr"], "user_id": cast["member"]}]
    assert milla.get("/networks/hr/members").status == 403


def test_the_only_leader_stays(browser, rows, cast):
    refused = browser("moderator").post("/networks/hr/leave")
    assert refused.status == 422
    assert place(rows, cast, "moderator", "hr") == ("active", "lead")


def test_a_leader_leaves_when_there_is_another(browser, rows, cast):
    maija = browser("moderator")
    maija.post(f"/networks/hr/members/{cast['hr_membership']}/role", role="lead")
    assert maija.post("/networks/hr/leave").status == 303
    assert place(rows, cast, "moderator", "hr") == ("left", "member")


def test_the_core_team_stays_in_the_learning_network(browser, rows, cast):
    sari = browser("pori")
    assert sari.post("/networks/work-and-life/leave").status == 422
    assert sari.post("/networks/work-and-life-core/leave").status == 303
    assert sari.post("/networks/work-and-life/leave").status == 303
    assert place(rows, cast, "pori", "work-and-life") == ("left", "member")


def test_a_request_is_taken_back(browser, rows, cast):
    nico = browser("newcomer")
    nico.post("/networks/hr/join", **TICKS)
    nico.submit(nico.get("/networks/hr/join"), "main form")
    assert place(rows, cast, "newcomer", "hr") == ("left", "member")
    gone = browser("moderator").post(f"/networks/hr/members/{id_of(rows, cast, 'newcomer', 'hr')}/approve")
    assert gone.status == 422


def test_of_two_leaders_who_leave_in_the_same_moment_one_stays(stage, browser, rows, cast):
    browser("moderator").post(f"/networks/hr/members/{cast['hr_membership']}/role", role="lead")
    browsers = [Browser(stage.app, cast[name]) for name in ("moderator", "member")]
    barrier, answers = threading.Barrier(2), []

    def go(number: int) -> None:
        barrier.wait()
        answers.append(browsers[number].post("/networks/hr/leave").status)

    threads = [threading.Thread(target=go, args=(n,)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [303, 422]
    leads = [m for m in rows(Membership, Membership.network_id == cast["network:hr"]) if m.role == "lead"]
    assert len(leads) == 1
