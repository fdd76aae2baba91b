"""What becomes of a post once it is written."""

from datetime import timedelta

import pytest

from extranet.core.db import db
from extranet.discussions.models import EDIT_WINDOW, Post, PostEdit, Thread
from extranet.notifications.models import Notification


@pytest.fixture
def post_url(cast):
    return f"/discussions/{cast['hr_thread']}/posts/{cast['hr_post']}/"


def _age(app, post_id, age):
    with app.app_context():
        post = db.session.get(Post, post_id)
        post.created_at -= age
        db.session.commit()


def test_the_author_edits_and_within_half_an_hour_nobody_notices(app, browser, cast, rows, post_url, monkeypatch):
    with app.app_context():
        from extranet.core import clock

        db.session.get(Post, cast["hr_post"]).created_at = clock.now()
        db.session.commit()
    member = browser("member")
    page = member.submit(member.get(post_url + "edit"), "main form[action$=edit]", follow=False, body="Meillä on *kaksi* pohjaa.")

    assert page.location.endswith(f"#post-{cast['hr_post']}")
    shown = member.get(f"/discussions/{cast['hr_thread']}/").soup.select_one(f"#post-{cast['hr_post']}")
    assert shown.select_one("em").get_text() == "kaksi"
    assert "muokattu" not in shown.get_text()


def test_later_the_change_shows_and_the_moderator_reads_what_it_said(app, browser, cast, rows, post_url):
    _age(app, cast["hr_post"], EDIT_WINDOW + timedelta(minutes=1))
    browser("member").post(post_url + "edit", body="Aivan muuta.")

    moderator = browser("moderator")
    shown = moderator.get(f"/discussions/{cast['hr_thread']}/").soup.select_one(f"#post-{cast['hr_post']}")
    assert "muokattu" in shown.get_text()
    assert "pohja" in moderator.get(post_url + "edits").text("main")
    assert [edit.body for edit in rows(PostEdit)] == ["Meillä on **pohja** molemmilla kielillä."]
    assert browser("medlem").get(post_url + "edits").status == 403


def test_an_empty_edit_is_explained_and_a_closed_discussion_stays_as_it_is(app, browser, cast, rows, post_url):
    assert browser("member").post(post_url + "edit", body=" ").status == 422
    browser("moderator").post(f"/discussions/{cast['hr_thread']}/close", reason="Käsitelty.")
    page = browser("member").post(post_url + "edit", body="Vielä yksi asia.")

    assert page.status == 422
    assert "lukittu" in page.text("main")
    assert not rows(PostEdit)


def test_the_author_removes_a_reply_and_brings_it_back(browser, cast, rows, post_url):
    browser("member").post(post_url + "delete")

    other = browser("medlem").get(f"/discussions/{cast['hr_thread']}/").text(f"#post-{cast['hr_post']}")
    assert "pohja" not in other
    assert "Skribenten tog bort" in other
    assert "pohja" in browser("moderator").get(f"/discussions/{cast['hr_thread']}/").text(f"#post-{cast['hr_post']}")
    assert next(t for t in rows(Thread) if t.id == cast["hr_thread"]).reply_count == 0
    assert next(t for t in rows(Thread) if t.id == cast["hr_thread"]).last_post_by_id != cast["member"], "she is not who wrote last"

    browser("member").post(post_url + "undelete")
    assert "pohja" in browser("medlem").get(f"/discussions/{cast['hr_thread']}/").text(f"#post-{cast['hr_post']}")
    assert next(t for t in rows(Thread) if t.id == cast["hr_thread"]).reply_count == 1
    assert next(t for t in rows(Thread) if t.id == cast["hr_thread"]).last_post_by_id == cast["member"]


def test_an_opening_with_replies_stays_and_one_without_takes_the_discussion_along(app, browser, cast, rows):
    opening = next(p for p in rows(Post) if p.thread_id == cast["hr_thread"] and p.is_opening)
    assert browser("medlem").post(f"/discussions/{cast['hr_thread']}/posts/{opening.id}/delete").status == 422

    lonely = next(p for p in rows(Post) if p.thread_id == cast["closed_thread"] and p.is_opening)
    browser("moderator").post(f"/discussions/{cast['closed_thread']}/reopen")
    browser("member").post(f"/discussions/{cast['closed_thread']}/posts/{lonely.id}/delete")
    assert browser("medlem").get(f"/discussions/{cast['closed_thread']}/").status == 404
    browser("member").post(f"/discussions/{cast['closed_thread']}/posts/{lonely.id}/undelete")
    assert browser("medlem").get(f"/discussions/{cast['closed_thread']}/").status == 200


def test_helpful_counts_a_person_once_and_not_the_author(browser, cast, rows, post_url):
    def count():
        return next(p for p in rows(Post) if p.id == cast["hr_post"]).helpful_count

    for _ in range(2):
        browser("medlem").post(post_url + "helpful")
    browser("moderator").post(post_url + "helpful")
    assert count() == 2
    assert browser("member").post(post_url + "helpful").status == 403
    for _ in range(2):
        browser("medlem").post(post_url + "unhelpful")
    assert count() == 1


def test_the_one_who_asked_accepts_an_answer_which_then_stands_on_top(browser, cast, rows, post_url):
    before = len(rows(Notification))
    page = browser("medlem").post(post_url + "accept", follow=True)

    assert "Meillä on" in page.text(".post--accepted")
    assert {n.user_id for n in rows(Notification)[before:]} == {cast["member"]}
    row = f"#threads li:has(a[href^='/discussions/{cast['hr_thread']}/'])"
    assert "Vastattu" in browser("member").get("/networks/hr/discussions/").text(row)

    browser("moderator").post(f"/discussions/{cast['hr_thread']}/posts/{cast['hr_post']}/hide", reason="Henkilötietoja.")
    assert next(t for t in rows(Thread) if t.id == cast["hr_thread"]).resolved_at is None
    assert not rows(Post, Post.thread_id == cast["hr_thread"], Post.is_accepted)


def test_the_opening_is_no_answer(browser, cast, rows):
    opening = next(p for p in rows(Post) if p.thread_id == cast["hr_thread"] and p.is_opening)
    assert browser("medlem").post(f"/discussions/{cast['hr_thread']}/posts/{opening.id}/accept").status == 422
