"""A poll goes where its discussion's messages go, and back; a merge never crosses networks (T06)."""

import pytest

from extranet.core import clock
from extranet.core.db import db
from extranet.discussions.change_models import ThreadChange
from extranet.discussions.models import Post, Thread
from extranet.networks.models import Membership, MembershipRole, MembershipState
from extranet.polls.models import Poll, PollOption, Vote

REASON = {"reason": "Sama asia."}


@pytest.fixture
def urls(cast):
    """The thread with the poll, and one without."""
    return f"/discussions/{cast['poll_thread']}/", f"/discussions/{cast['hr_thread']}/"


@pytest.fixture
def vote(browser, cast, rows):
    """The member votes."""

    def do():
        option = next(o.id for o in rows(PollOption) if o.poll_id == cast["hr_poll"])
        return browser("member").post(f"/polls/{cast['hr_poll']}/vote", option=str(option)).status

    return do


@pytest.fixture
def both(app, cast):
    """The moderator runs one network more."""
    with app.app_context():
        place = {"user_id": cast["moderator"], "network_id": cast["network:work-and-life"], "role": MembershipRole.MODERATOR}
        db.session.add(Membership(**place, state=MembershipState.ACTIVE, joined_at=clock.now(), rules_version_accepted=1))
        db.session.commit()
    return cast["network:work-and-life"]


def undo(browser, rows):
    return browser("moderator").post(f"/discussions/changes/{rows(ThreadChange)[-1].id}/undo").status


def where(rows, cast):
    """The thread of the poll, and which threads say that they have one."""
    poll = next(poll for poll in rows(Poll) if poll.id == cast["hr_poll"])
    return poll.thread_id, {thread.id for thread in rows(Thread) if thread.has_poll}


def test_a_poll_comes_along_with_its_votes_and_goes_back(browser, cast, rows, urls, vote):
    assert vote() == 303
    assert browser("moderator").post(urls[0] + "merge", into=cast["hr_thread"], **REASON).status == 303
    assert where(rows, cast) == (cast["hr_thread"], {cast["hr_thread"]})
    member = browser("member")
    assert member.get(urls[1]).soup.select_one("#poll a")["href"] == f"/polls/of/{cast['hr_thread']}"
    assert "Vilken dag passar" in member.get(f"/polls/of/{cast['poll_thread']}").text("#poll"), "an open page still finds it"
    assert vote() == 303 and len(rows(Vote)) == 1

    assert undo(browser, rows) == 303
    assert where(rows, cast) == (cast["poll_thread"], {cast["poll_thread"]})
    assert vote() == 303 and len(rows(Vote)) == 1


def test_a_discussion_with_a_poll_takes_in_one_without_and_two_polls_stay_apart(browser, cast, rows, urls):
    moderator = browser("moderator")
    moderator.post(f"/polls/new/{cast['hr_thread']}", question="Kumpi?", options="A\nB", kind="single")
    page = moderator.post(urls[0] + "merge", into=cast["hr_thread"], **REASON)
    assert page.status == 422 and "Molemmissa keskusteluissa on äänestys" in page.text()
    assert {thread.merged_into_id for thread in rows(Thread)} == {None}
    assert moderator.post(f"/discussions/{cast['closed_thread']}/merge", into=cast["poll_thread"], **REASON).status == 303
    assert where(rows, cast)[0] == cast["poll_thread"]
    assert undo(browser, rows) == 303
    assert where(rows, cast)[0] == cast["poll_thread"]


def test_the_poll_of_a_split_discussion_comes_back_with_its_messages(browser, cast, rows, urls):
    moderator = browser("moderator")
    moderator.post(urls[1] + "split", **REASON, **{"from": 2}, title="Pohjista", which="after")
    new = rows(Thread)[-1]
    moderator.post(f"/polls/new/{new.id}", question="Kumpi?", options="A\nB", kind="single")
    assert undo(browser, rows) == 303
    assert rows(Poll)[-1].thread_id == cast["hr_thread"]


def test_a_merge_across_networks_is_refused_and_says_what_to_do_first(browser, cast, rows, urls, both):
    moderator = browser("moderator")
    moderator.post(urls[1] + "move", network_id=both, **REASON)
    page = moderator.post(urls[0] + "merge", address=urls[1], **REASON)
    assert page.status == 422 and "Siirrä" in page.text()
    moderator.post(urls[0] + "move", network_id=both, **REASON)
    assert moderator.post(urls[0] + "merge", into=cast["hr_thread"], **REASON).status == 303


def test_taking_back_a_merge_or_a_split_brings_nothing_to_other_readers(browser, cast, rows, urls, both):
    moderator = browser("moderator")
    moderator.post(urls[1] + "split", **REASON, **{"from": 2}, title="Pohjista", which="after")
    split, new = rows(ThreadChange)[-1].id, rows(Thread)[-1]
    moderator.post(f"{new.path}move", network_id=both, **REASON)
    browser("staff").post(f"{new.path}reply", body="Vain täällä luettavaksi.")
    assert moderator.post(f"/discussions/changes/{split}/undo").status == 422
    assert "Vain täällä" not in browser("member").get(urls[1]).html

    moderator.post(f"/discussions/{cast['poll_thread']}/merge", into=cast["answered_thread"], **REASON)
    merge = rows(ThreadChange)[-1].id
    moderator.post(f"/discussions/{cast['answered_thread']}/move", network_id=both, **REASON)
    before = [(post.id, post.thread_id) for post in rows(Post)]
    assert moderator.post(f"/discussions/changes/{merge}/undo").status == 422
    assert [(post.id, post.thread_id) for post in rows(Post)] == before
