"""What is new to whom."""

from datetime import timedelta

import pytest

from extranet.core import clock
from extranet.core.db import db
from extranet.discussions.models import Post, Thread
from extranet.discussions.reading_models import ReadMark
from extranet.networks.models import Membership


@pytest.fixture
def since(app):
    """All joined a month ago, so that what the cast wrote is new to those who have not read it."""
    with app.app_context():
        db.session.query(Membership).update({"joined_at": clock.now() - timedelta(days=31)})
        db.session.commit()


def _lengthen(app, thread_id, author_id, replies):
    with app.app_context():
        thread = db.session.get(Thread, thread_id)
        for _ in range(replies):
            thread.last_number += 1
            text = {"body": "x", "body_html": f"<p>viesti {thread.last_number}</p>"}
            db.session.add(Post(thread_id=thread.id, number=thread.last_number, author_id=author_id, **text))
        thread.last_post_at = clock.now()
        db.session.commit()


def _unread(page):
    return [li.select_one("a").get_text() for li in page.soup.select("#threads li.is-unread")]


def test_a_thread_is_new_until_it_was_read_and_again_when_somebody_writes(browser, cast, since):
    reader, title, listing = browser("moderator"), "Hur gör ni med tvåspråkiga arbetsintyg?", "/networks/hr/discussions/"
    assert title in _unread(reader.get(listing))

    assert (
        reader.post(
            "/discussions/read", mark=[f"{cast[one]}:{n}" for one, n in (("hr_thread", 2), ("closed_thread", 1), ("poll_thread", 1))]
        ).status
        == 204
    )
    assert not _unread(reader.get(listing))
    assert title in _unread(browser("medlem").get(listing))
    assert title not in _unread(browser("member").get(listing)), "her own word came last"

    browser("medlem").post(f"/discussions/{cast['hr_thread']}/reply", body="Tack!")
    page = reader.get(listing + "?only=unread")
    assert _unread(page) == [title]
    assert "1 uusi" in page.text("#threads")


def test_opening_the_page_marks_nothing(browser, cast, since, rows):
    browser("member").get(f"/discussions/{cast['hr_thread']}/")
    assert not rows(ReadMark)


def test_a_mark_moves_only_forward_and_never_past_the_end(browser, cast, rows):
    member = browser("member")
    for number in (1, 2, 1, 999):
        member.post("/discussions/read", mark=f"{cast['hr_thread']}:{number}")
    assert [mark.number for mark in rows(ReadMark)] == [2]


def test_nothing_is_marked_where_one_may_not_read_and_rubbish_is_silence(browser, cast, rows):
    newcomer = browser("newcomer")
    for mark in (f"{cast['hr_thread']}:2", "x:y", "1", "", "9" * 40 + ":1"):
        assert newcomer.post("/discussions/read", mark=mark).status == 204
    assert not rows(ReadMark)


def test_jump_to_the_first_new_on_its_page(app, browser, cast):
    member, thread = browser("member"), cast["hr_thread"]
    _lengthen(app, thread, cast["medlem"], 70)
    member.post("/discussions/read", mark=f"{thread}:55")
    page = member.get(member.get(f"/discussions/{thread}/first-new").location)

    assert page.soup.select_one("article[data-focus]")["data-number"] == "56"
    assert [post["data-number"] for post in page.soup.select("article.post")] == [str(n) for n in range(51, 73)]


def test_all_of_a_network_can_be_marked_as_read(browser, cast, since):
    reader = browser("moderator")
    assert _unread(reader.get("/networks/hr/discussions/"))
    reader.post("/networks/hr/discussions/read")
    assert not _unread(reader.get("/networks/hr/discussions/"))


def test_what_was_there_before_one_joined_is_not_new(app, browser, cast):
    with app.app_context():
        db.session.query(Membership).update({"joined_at": clock.now()})
        db.session.commit()
    assert not _unread(browser("moderator").get("/networks/hr/discussions/"))


def test_a_reply_that_comes_while_one_reads_is_fetched_once_and_announced(browser, cast):
    member, url = browser("member"), f"/discussions/{cast['hr_thread']}/incoming"
    assert member.get(f"{url}?after=2").status == 204
    browser("medlem").post(f"/discussions/{cast['hr_thread']}/reply", body="Tack för svaret!")

    page = member.get(f"{url}?after=2")
    assert "Tack för svaret!" in page.text("article")
    assert "after=3" in page.soup.select_one("#incoming a")["hx-get"]
    assert "Uusi vastaus" in page.text("#heard")
    assert page.text("#answers-title") == "2 vastausta"  # the heading above them counts it, too


def test_a_permalink_finds_the_page(app, browser, cast, rows):
    _lengthen(app, cast["hr_thread"], cast["medlem"], 60)
    last = max(rows(Post), key=lambda post: post.id)
    assert browser("member").get(f"/discussions/posts/{last.id}").location.endswith(f"?page=2#post-{last.id}")
