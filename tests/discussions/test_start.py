from sqlalchemy import select

from extranet.audit.models import AuditEvent
from extranet.discussions.models import Post, Thread
from extranet.jobs.models import Job

URL = "/networks/hr/discussions/"


def test_a_member_starts_a_discussion(browser, cast, rows):
    page = browser("member").post(URL, title="Miten  teillä\n?", body="Kysyn **tätä**.", kind="question", follow=True)

    assert page.text("h1") == "Miten teillä ?"
    assert page.soup.select_one(".post strong") is not None
    thread = rows(Thread)[-1]
    assert (thread.network_id, thread.author_id) == (cast["network:hr"], cast["member"])
    assert [p.is_opening for p in rows(Post, Post.thread_id == thread.id)] == [True]
    assert "discussions.start" in [e.name for e in rows(AuditEvent)]
    assert "discussions.tell_members" in [j.name for j in rows(Job)]


def test_without_a_kind_it_is_a_question(browser, rows):
    browser("member").post(URL, title="Otsikko", body="Teksti")
    assert rows(Thread)[-1].kind == "question"


def test_what_was_typed_stays_when_the_title_is_missing(browser, rows):
    before = len(rows(Thread))
    page = browser("member").post(URL, title=" ", body="Pitkä teksti, jota ei saa hukata.")

    assert page.status == 422
    assert "Pitkä teksti, jota ei saa hukata." in page.text("textarea")
    assert page.soup.select_one("[aria-invalid=true]")["name"] == "title"
    assert len(rows(Thread)) == before


def test_a_title_of_201_letters_is_refused_at_the_field(browser):
    page = browser("member").post(URL, title="a" * 201, body="Teksti")
    assert page.status == 422
    assert "200" in page.text("#title-error, .error")


def test_an_archived_network_takes_no_discussions(browser, app, cast, rows):
    from extranet.core.db import db
    from extranet.networks.models import Network

    with app.app_context():
        db.session.scalar(select(Network).where(Network.slug == "hr")).state = "archived"
        db.session.commit()
    member = browser("member")
    assert member.post(URL, title="Otsikko", body="Teksti").status == 403
    assert not member.get(URL).has(f"a[href='{URL}new']")


def test_hostile_markdown_is_harmless(browser):
    body = "<script>alert(1)</script> [x](javascript:alert(1)) ![y](http://tracker.example/a.png) <b onclick=x>z</b>"
    page = browser("member").post(URL, title="Otsikko", body=body, follow=True)
    post = page.soup.select_one(".post__body")
    assert post.find(["script", "img", "b"]) is None
    assert all(not a["href"].startswith("javascript") for a in post.select("a[href]"))


def test_a_discussion_has_topics_and_a_language(browser, cast, rows):
    page = browser("member").post(URL, title="Rubrik", body="Text", language="sv", topics=["2", "3"], follow=True)
    assert page.soup.select_one("h1")["lang"] == "sv"
    assert {"työkykyjohtaminen", "osaaminen"} <= {word.get_text(strip=True) for word in page.soup.select(".page-head .meta span")}
    assert rows(Thread)[-1].language == "sv"
    assert browser("member").post(URL, title="Rubrik", body="Text", topics=["9999"]).status == 422
