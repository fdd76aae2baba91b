"""T17 for discussions: whoever is removed from a network meets closed doors at the next request of the pages that she still has open."""

import pytest

from extranet.core.db import db
from extranet.discussions.draft_models import Draft
from extranet.discussions.models import Post
from extranet.discussions.reading_models import NetworkRead, ReadMark
from extranet.networks.models import Membership
from extranet.polls.models import PollOption, Vote
from tests.networks.places import id_of

TITLE = "Hur gör ni med tvåspråkiga arbetsintyg?"


@pytest.fixture
def left_open(browser, cast, rows):
    """A member's browser with a page of hers open; she has drafts, a mark and a level; then she is removed."""
    member, thread = browser("member"), f"/discussions/{cast['hr_thread']}/"
    assert member.get(thread).status == member.get(thread + "print").status == 200
    member.post(thread + "draft", body="Kesken oleva ajatus", quietly="1")
    member.post("/networks/hr/discussions/draft", title="Uusi aihe", body="Toinen ajatus", quietly="1")
    member.post("/discussions/read", mark=f"{cast['hr_thread']}:1")
    member.post(thread + "follow", level="follow")
    assert TITLE in member.get("/discussions/following").text() and TITLE in member.get("/discussions/drafts").text()
    row = id_of(rows, cast, "member", "hr")
    assert browser("moderator").post(f"/networks/hr/members/{row}/remove", reason="Vaihtoi tehtävää.").status == 303
    return member


def test_polls_and_fragments_refuse(left_open, cast, rows):
    thread, option = f"/discussions/{cast['hr_thread']}/", str(rows(PollOption)[0].id)
    for target, url in (
        ("incoming", thread + "incoming?after=1"),
        ("replies", thread),
        ("following", thread + "follow"),
        (None, thread + "print"),
        (None, thread + "first-new"),
        (None, f"{thread}posts/{cast['hr_post']}/quote"),
        (None, f"{thread}posts/{cast['hr_post']}/edit"),
        (None, f"{thread}posts/{cast['hr_post']}/edits"),
        (None, f"/discussions/posts/{cast['hr_post']}"),
        ("poll", f"/polls/of/{cast['poll_thread']}"),
        ("poll", f"/polls/{cast['hr_poll']}/"),
        (None, f"/discussions/{cast['poll_thread']}/print"),
    ):
        page = left_open.get(url, target=target)
        assert page.status == 404 and TITLE not in page.html and "Linda" not in page.html, url
    assert left_open.post(f"/polls/{cast['hr_poll']}/vote", option=option).status == 404
    assert not rows(Vote, Vote.user_id == cast["member"])


def test_the_beacon_is_silent_and_marks_nothing(left_open, cast, rows):
    assert left_open.post("/discussions/read", mark=f"{cast['hr_thread']}:2").status == 204
    assert [mark.number for mark in rows(ReadMark, ReadMark.user_id == cast["member"])] == [1]
    assert left_open.post("/networks/hr/discussions/read").status == 403
    assert not rows(NetworkRead)


def test_lists_counts_and_drafts_show_nothing_of_it_any_more(left_open, cast, rows):
    for url in ("/discussions/", "/discussions/drafts", "/discussions/following", "/"):
        page = left_open.get(url)
        assert page.status == 200 and TITLE not in page.html, url
    drafts = left_open.get("/discussions/drafts")
    assert "ajatus" not in drafts.html, "a quote in it may be somebody else's words"
    assert "HR-verkosto" not in drafts.text() and f"/discussions/{cast['hr_thread']}/" not in " ".join(drafts.links())
    assert not left_open.get("/networks/hr/about").has(".tabs .count") and "uutta" not in left_open.get("/networks/").text()

    assert left_open.post(f"/discussions/{cast['hr_thread']}/draft", body="Vielä", quietly="1").status == 404
    assert left_open.post("/networks/hr/discussions/draft", title="Vielä", body="x", quietly="1").status == 403
    assert {draft.words["body"] for draft in rows(Draft)} == {"Kesken oleva ajatus", "Toinen ajatus"}


def test_mentions_suggestions_and_previews_refuse_and_nobody_can_mention_her(left_open, browser, rows, cast):
    there = "/networks/hr/discussions/"
    for url in (there, there + "new", there + "people?begun=l", there + "similar?title=arbetsintyg", there + "follow"):
        page = left_open.get(url)
        assert page.status == 403 and "Linda" not in page.text() and TITLE not in page.html, url
    assert left_open.post(there + "preview", body="x").status == 403
    assert left_open.post(there, title="Otsikko", body="Teksti").status == 403
    before = len(rows(Post))
    reply = left_open.post(f"/discussions/{cast['hr_thread']}/reply", body="Vielä yksi sana")
    assert reply.status == 404 and "Vielä yksi sana" in reply.html, "her text is handed back"
    assert len(rows(Post)) == before
    assert "Milla" not in browser("medlem").get(there + "people?begun=mil").soup.get_text()


def test_the_counts_and_print_of_one_who_comes_back_are_hers_again(left_open, app, cast):
    with app.app_context():
        db.session.query(Membership).filter_by(user_id=cast["member"], network_id=cast["network:hr"]).update({"state": "active"})
        db.session.commit()
    assert left_open.get(f"/discussions/{cast['hr_thread']}/print").status == 200
    assert "Kesken oleva ajatus" in left_open.get("/discussions/drafts").text()
