"""A question is open until it has an answer; who waits shows, and a moderator may ask an expert."""

import re

import pytest

from extranet.core.db import db
from extranet.discussions.change_models import ThreadChange
from extranet.discussions.models import Post, Thread
from extranet.networks.models import Membership, MembershipRole, MembershipState, Network
from extranet.notifications.models import Notification
from tests.jobs.work import work_off

URL = "/networks/hr/discussions/"


@pytest.fixture
def thread(browser, rows):
    browser("member").post(URL, title="Kuka tietää lomista?", body="Kysyn.", kind="question")
    return rows(Thread)[-1]


@pytest.fixture
def admit(app, cast):
    """Make the expert a member of the network."""
    with app.app_context():
        network = db.session.get(Network, cast["network:hr"])
        db.session.add(
            Membership(
                user_id=cast["expert"],
                network_id=network.id,
                state=MembershipState.ACTIVE,
                rules_version_accepted=network.ground_rules_version,
            )
        )
        db.session.commit()


def test_a_question_is_open_until_a_reply_is_its_answer(browser, thread, rows):
    link = f"#threads a[href^='{thread.path}']"
    member = browser("member")
    assert member.get(f"{URL}?only=open").has(link) and member.get(f"{URL}?only=unanswered").has(link)
    browser("moderator").post(f"{thread.path}reply", body="Näin.")
    assert member.get(f"{URL}?only=open").has(link) and not member.get(f"{URL}?only=unanswered").has(link)
    member.post(f"{thread.path}posts/{rows(Post)[-1].id}/accept")
    assert not member.get(f"{URL}?only=open").has(link)


def test_the_network_says_how_it_answers_with_the_same_few_queries(browser, thread, count_queries):
    member = browser("member")
    before = member.get(URL).text("#answering")
    browser("moderator").post(f"{thread.path}reply", body="Näin.")
    after = member.get(URL).text("#answering")
    assert before != after and "Puolet kysymyksistä" in after
    assert count_queries(lambda: member.get(URL)) <= 8


def test_the_askers_own_words_are_no_answer(browser, thread):
    before = browser("member").get(URL).text("#answering").split("Puolet")[1:]
    browser("member").post(f"{thread.path}reply", body="Lisään vielä.")
    assert browser("member").get(URL).text("#answering").split("Puolet")[1:] == before


def test_only_what_others_write_and_all_can_read_is_an_answer(app, browser, thread, rows):
    """The list and the number say the same; neither the asker's own reply nor a hidden or waiting one counts."""
    member, link = browser("member"), f"#threads a[href^='{thread.path}']"
    answered = member.get(URL).text("#answering").split("Puolet")[1:]
    number = re.search(r"\d+", member.get(URL).text("#answering"))[0]

    def still_open():
        page = member.get(f"{URL}?only=unanswered")
        assert member.get(URL).text("#answering").split("Puolet")[1:] == answered
        return page.has(link) and re.search(r"\d+", member.get(URL).text("#answering"))[0] == number

    member.post(f"{thread.path}reply", body="Lisään vielä.")
    assert still_open()
    browser("medlem").post(f"{thread.path}reply", body="Mainos.")
    assert not member.get(f"{URL}?only=unanswered").has(link)
    browser("moderator").post(f"{thread.path}posts/{rows(Post)[-1].id}/hide", reason="Mainos.")
    assert still_open()
    with app.app_context():
        held = db.session.get(Post, rows(Post)[-1].id)
        held.number, held.held_at = -1, held.hidden_at
        db.session.commit()
    assert still_open()


def test_an_experience_without_replies_is_no_unanswered_question(browser, rows):
    browser("member").post(URL, title="Näin meillä kävi", body="Kerron.", kind="experience")
    assert not browser("member").get(f"{URL}?only=unanswered").has(f"#threads a[href^='{rows(Thread)[-1].path}']")


def test_whom_nobody_can_ask_there_any_more_is_let_go_when_the_question_moves(app, browser, thread, cast, rows, admit):
    with app.app_context():
        place = {"user_id": cast["moderator"], "network_id": cast["network:work-and-life"], "role": MembershipRole.MODERATOR}
        db.session.add(Membership(**place, state=MembershipState.ACTIVE, rules_version_accepted=1))
        db.session.commit()
    moderator = browser("moderator")
    moderator.post(f"{thread.path}hand", expert=str(cast["expert"]))
    moderator.post(f"{thread.path}move", network_id=str(cast["network:work-and-life"]), reason="Kuuluu tänne.")
    assert rows(Thread, Thread.id == thread.id)[0].handed_to_id is None
    moderator.post(f"/discussions/changes/{rows(ThreadChange)[-1].id}/undo")
    assert rows(Thread, Thread.id == thread.id)[0].handed_to_id == cast["expert"]


def test_an_expert_who_is_no_member_is_not_handed_what_she_cannot_read(browser, thread, cast, rows):
    page = browser("moderator").post(f"{thread.path}hand", expert=str(cast["expert"]))
    assert page.status == 422 and "ei ole tämän verkoston jäsen" in page.text()
    assert rows(Thread, Thread.id == thread.id)[0].handed_to_id is None


def test_a_member_expert_is_told_and_everybody_sees_who_was_asked(app, browser, thread, cast, rows, admit):
    moderator = browser("moderator")
    moderator.submit(moderator.get(f"{thread.path}hand"), "main form", expert=str(cast["expert"]), words="Ehditkö viikolla?")
    work_off(app)
    [note] = rows(Notification, Notification.kind == "discussions.hand")
    assert note.user_id == cast["expert"] and "Ehditkö viikolla?" in str(note.params)
    assert browser("medlem").get(thread.path).has("#handed-title")
    assert browser("expert").post(f"{thread.path}reply", body="Vastaan.").status == 303
    moderator.post(f"{thread.path}take-back")
    assert not browser("medlem").get(thread.path).has("#handed-title")
    browser("member").post(f"{thread.path}posts/{rows(Post)[-1].id}/accept")
    assert moderator.post(f"{thread.path}hand", expert=str(cast["expert"])).status == 422
