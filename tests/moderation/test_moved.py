"""T06: a thread that moves to another network takes every right with it, and brings them back."""

import pytest

from extranet.core import clock
from extranet.core.db import db
from extranet.discussions.change_models import ThreadChange
from extranet.discussions.models import Post, Thread
from extranet.mail.models import Letter, LetterState
from extranet.moderation.models import Case
from extranet.networks.models import Membership, MembershipRole, MembershipState
from tests.jobs.work import work_off

WORD = "höstträffen"


@pytest.fixture
def world(app, browser, cast, rows):
    """A thread with a poll, a reply that was reported, a draft, followers and notes; the moderator moderates both networks."""
    url = f"/discussions/{cast['poll_thread']}/"
    with app.app_context():
        place = {"user_id": cast["moderator"], "network_id": cast["network:work-and-life"], "role": MembershipRole.MODERATOR}
        db.session.add(Membership(**place, state=MembershipState.ACTIVE, joined_at=clock.now(), rules_version_accepted=1))
        db.session.commit()
    member = browser("member")
    member.post(url + "reply", body="Torstai sopii.")
    reply = rows(Post)[-1].id
    member.post(url + "draft", body="Vielä yksi asia.")
    member.post(url + "follow", level="watch")
    browser("moderator").post(url + "reply", body="Keskiviikko käy minulle.")
    browser("medlem").post(f"/moderation/report/{reply}", why="off_topic")
    return url, reply, rows(Case)[-1].id


def seen(browser, cast, name, world):
    """Where that person meets the thread: addresses that open, and pages that name it."""
    url, reply, case = world
    someone = browser(name)
    paths = {
        "thread": url, "reply": f"/discussions/posts/{reply}", "incoming": url + "incoming?after=1", "first": url + "first-new",
        "poll": f"/polls/of/{cast['poll_thread']}", "poll page": f"/polls/{cast['hr_poll']}/", "case": f"/moderation/{case}/",
        "report": f"/moderation/report/{reply}", "edits": f"{url}posts/{reply}/edits", "follow": url + "follow",
    }  # fmt: skip
    lists = (
        "/", "/discussions/", "/discussions/?only=unread", "/networks/hr/", "/networks/hr/discussions/", "/networks/work-and-life/",
        "/networks/work-and-life/discussions/", "/notifications/", "/moderation/", "/discussions/drafts", "/discussions/following",
        "/networks/hr/discussions/similar?title=Vilken+dag", "/networks/work-and-life/discussions/similar?title=Vilken+dag",
    )  # fmt: skip
    opens = {key for key, path in paths.items() if someone.client.get(path).status_code in (200, 204, 302)}
    return opens, {path for path in lists if WORD in someone.client.get(path).get_data(as_text=True)}


def test_every_right_moves_with_the_thread_and_back(app, browser, cast, rows, world):
    work_off(app)
    before = {name: seen(browser, cast, name, world) for name in ("member", "staff")}
    assert {"thread", "poll"} <= before["member"][0] and "/notifications/" in before["member"][1]
    assert before["staff"] == (set(), set())

    url, reply, case = world
    browser("moderator").post(url + "move", network_id=cast["network:work-and-life"], reason="Kuuluu tänne.")
    after = {name: seen(browser, cast, name, world) for name in ("member", "medlem", "staff", "moderator", "external")}
    assert after["member"] == (set(), set())
    assert after["medlem"][0] == set()
    assert after["medlem"][1] == {"/notifications/"}, "the author hears that it was moved, and reads its title there alone"
    assert {"thread", "reply", "poll", "poll page"} <= after["staff"][0]
    assert {"/discussions/", "/networks/work-and-life/discussions/"} <= after["staff"][1]
    assert "case" in after["moderator"][0] and "case" in after["external"][0], "the lead there decides the report now"
    assert browser("staff").post(f"/polls/{cast['hr_poll']}/vote", option=1).status in (303, 422)
    assert browser("medlem").post(url + "reply", body="Ei pitäisi päästä.").status == 404
    assert "Vielä yksi asia." not in browser("member").get("/discussions/drafts").text(), "a draft may quote others"

    change = rows(ThreadChange)[-1].id
    browser("moderator").post(f"/discussions/changes/{change}/undo")
    assert rows(Thread, Thread.id == cast["poll_thread"])[0].network_id == cast["network:hr"]
    assert seen(browser, cast, "staff", world) == (set(), set())
    assert seen(browser, cast, "member", world) == before["member"]
    assert "Vielä yksi asia." in browser("member").get("/discussions/drafts").text(), "her own words are hers again"
    browser("moderator").post(f"/moderation/{case}/decide", outcome="leave", reason="Asiallinen.")
    assert browser("member").get(f"/moderation/{case}/decision").status == 200


def test_letters_that_have_not_left_do_not_leave(app, browser, cast, rows, world):
    url, _reply, _case = world
    browser("moderator").post(url + "move", network_id=cast["network:work-and-life"], reason="Kuuluu tänne.")
    work_off(app)
    reached = {letter.user_id for letter in rows(Letter) if "Keskiviikko" in letter.text and letter.state == LetterState.SENT}
    assert reached.isdisjoint({cast["member"], cast["medlem"]})


def test_what_was_told_of_a_merged_thread_leads_to_the_other(app, browser, cast, rows):
    url = f"/discussions/{cast['hr_thread']}/"
    browser("moderator").post(url + "reply", body="Vielä tästä.")
    work_off(app)
    assert "arbetsintyg" in browser("member").get("/notifications/").text()
    browser("moderator").post(url + "merge", into=cast["poll_thread"], reason="Sama asia.")
    assert "arbetsintyg" in browser("member").get("/notifications/").text()
