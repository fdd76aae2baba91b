"""A new member's first message waits where the network wants it: seen by its author and the moderators, then by everybody."""

import pytest

from extranet.core.db import db
from extranet.discussions.models import Post, Thread
from extranet.jobs.models import Job
from extranet.networks.models import Network
from extranet.notifications.models import Notification

TEXT = "Hei, olen uusi ja kysyisin matkakorvauksista."


@pytest.fixture
def url(app, cast):
    """The thread's address; the network lets first messages wait, and of medlem nothing stands there but what waits."""
    with app.app_context():
        db.session.get(Network, cast["network:hr"]).holds_first_posts = True
        for post in db.session.query(Post).filter_by(author_id=cast["medlem"]):
            post.author_id = cast["member"] if post.held_at is None else post.author_id
        db.session.commit()
    return f"/discussions/{cast['hr_thread']}/"


def written(rows):
    return next(post for post in rows(Post) if post.body == TEXT)


def thread_of(rows, cast):
    return rows(Thread, Thread.id == cast["hr_thread"])[0]


def told(rows, kind):
    return {note.user_id for note in rows(Notification) if note.kind == f"discussions.{kind}"}


def facts(thread):
    return thread.reply_count, thread.last_number, thread.last_post_at, thread.last_post_by_id


def test_it_waits_unseen_and_uncounted(browser, cast, rows, url):
    before = facts(thread_of(rows, cast))
    browser("medlem").post(url + "reply", body=TEXT)
    assert TEXT in browser("medlem").get(url).text("#replies .post--hidden")
    assert TEXT in browser("moderator").get(url).text("#replies")
    for path in (url, url + "incoming?after=1", "/networks/hr/discussions/?only=unread", f"/discussions/posts/{written(rows).id}"):
        assert TEXT not in browser("member").get(path).html, path
    assert len(browser("member").get(url).soup.select("#replies article")) == 2, "not even that something waits"
    assert facts(thread_of(rows, cast)) == before
    assert told(rows, "held") == {cast["moderator"]}
    assert not [job for job in rows(Job) if job.kwargs.get("post_id") == written(rows).id and "letter" in job.name]


def test_let_through_it_stands_last_and_is_told(browser, cast, rows, url):
    browser("medlem").post(url + "reply", body=TEXT)
    browser("member").post(url + "reply", body="Kirjoitettu sillä välin.")
    moderator = browser("moderator")
    queue = moderator.get("/moderation/?shelf=held")
    assert TEXT in queue.text("#cases")
    moderator.submit(moderator.get(f"/moderation/held/{written(rows).id}/"), "form[action$='let-through']")
    post, thread = written(rows), thread_of(rows, cast)
    assert (post.number, post.hidden_at, thread.last_number, thread.last_post_by_id) == (4, None, 4, cast["medlem"])
    assert TEXT in browser("member").get(url).text("#replies")
    assert told(rows, "let_through") == {cast["medlem"]}
    assert any(job.name == "discussions.tell_followers" and job.kwargs["post_id"] == post.id for job in rows(Job))
    assert moderator.post(f"/moderation/held/{post.id}/let-through").status == 404, "it waits no more"

    browser("medlem").post(url + "reply", body="Toinen viestini.")
    assert rows(Post)[-1].hidden_at is None, "only the first waits"


def test_turned_down_it_stays_with_its_author_who_reads_why(browser, cast, rows, url):
    browser("medlem").post(url + "reply", body=TEXT)
    post = written(rows)
    moderator = browser("moderator")
    assert moderator.post(f"/discussions/{cast['hr_thread']}/posts/{post.id}/restore").status == 422
    assert moderator.post(f"/moderation/held/{post.id}/turn-down", reason=" ").status == 422
    moderator.submit(moderator.get(f"/moderation/held/{post.id}/"), "form.form", reason="Ilmoita ensin, kuka olet.")
    assert "Ilmoita ensin" in browser("medlem").get(url).text("#replies")
    assert TEXT not in browser("member").get(url).html
    assert told(rows, "turn_down") == {cast["medlem"]}
    browser("medlem").post(url + "reply", body="Toinen yritys.")
    assert rows(Post)[-1].held_at is not None
    moderator.post(f"/discussions/{cast['hr_thread']}/posts/{post.id}/restore")
    assert written(rows).number == 3


def test_a_first_thread_waits_whole(browser, cast, rows, url):
    browser("medlem").post("/networks/hr/discussions/", title="Uuden kysymys", body=TEXT, kind="question", language="fi")
    thread = rows(Thread)[-1]
    path = f"/discussions/{thread.id}/"
    assert browser("member").get(path).status == 404
    assert "Uuden kysymys" not in browser("member").get("/networks/hr/discussions/").text()
    assert browser("medlem").get(path).status == 200
    assert browser("moderator").post(path + "restore").status == 422
    opening = written(rows)
    assert browser("medlem").post(f"{path}posts/{opening.id}/delete").status == 403, "no way around the moderator"
    browser("moderator").post(f"/moderation/held/{opening.id}/let-through")
    assert TEXT in browser("member").get(path).text("#replies")
    assert any(job.name == "discussions.tell_members" for job in rows(Job))


def test_moderators_do_not_wait(browser, cast, rows, url):
    browser("moderator").post(url + "reply", body="Tervetuloa.")
    assert rows(Post)[-1].hidden_at is None


def test_what_waits_goes_along_when_threads_are_merged(browser, cast, rows, url):
    browser("medlem").post(url + "reply", body=TEXT)
    browser("moderator").post(url + "merge", into=cast["closed_thread"], reason="Sama asia.")
    assert (written(rows).thread_id, written(rows).number) == (cast["closed_thread"], -2)
    browser("moderator").post(f"/moderation/held/{written(rows).id}/let-through")
    assert TEXT in browser("member").get(f"/discussions/{cast['closed_thread']}/").text("#replies")
