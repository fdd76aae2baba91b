"""Quotes, mentions, similar threads, titles of links: what one may open, and nothing else (T13, T24, T25, I-29)."""

import pytest

from extranet.core import clock
from extranet.core.db import db
from extranet.discussions.mention_models import Mention
from extranet.discussions.models import Post, Thread
from extranet.discussions.writing_text import render_post
from extranet.networks.models import Membership, MembershipState
from extranet.notifications.models import Notification

START = "/networks/hr/discussions/"


@pytest.fixture
def name_of(cast, rows):
    from extranet.accounts.models import User

    return lambda key: next(user.name for user in rows(User, User.id == cast[key]))


def test_a_quote_fills_the_editor_without_what_it_quoted_itself(browser, cast, rows, name_of):
    member, url = browser("member"), f"/discussions/{cast['hr_thread']}/"
    member.post(f"{url}reply", body="> vanha lainaus\n\nOma *ajatus*")
    page = member.get(url)
    link = page.soup.select("[data-quote]")[-1]
    words = browser("moderator").get(link["href"]).soup.select_one("#body").get_text()
    number = rows(Post, Post.thread_id == cast["hr_thread"])[-1].id
    assert words.strip() == f"> [{name_of('member')}](/discussions/posts/{number}):\n> Oma *ajatus*"
    assert browser("moderator").client.get(link["data-quote"]).get_data(as_text=True).strip() == words.strip()
    assert browser("contact").get(link["data-quote"]).status == 404


def test_a_mentioned_member_hears_once_and_others_never(browser, cast, rows, name_of):
    """She wrote in the thread too, so she has two reasons; the contact person is no member."""
    before = len(rows(Notification))
    body = f"@{name_of('medlem')}, @{name_of('member')} ja @{name_of('contact')}: `@{name_of('member')}`\n\n> @{name_of('moderator')}"
    page = browser("moderator").post(f"/discussions/{cast['hr_thread']}/reply", body=body, follow=True)

    assert [tag.get_text() for tag in page.soup.select(".mention")] == [f"@{name_of('medlem')}", f"@{name_of('member')}"]
    assert {mention.user_id for mention in rows(Mention)} == {cast["medlem"], cast["member"]}
    heard = rows(Notification)[before:]
    assert sorted((n.user_id, n.kind) for n in heard) == sorted((cast[key], "discussions.mention") for key in ("medlem", "member"))

    post = rows(Post, Post.thread_id == cast["hr_thread"])[-1]
    browser("moderator").post(f"/discussions/{cast['hr_thread']}/posts/{post.id}/edit", body=f"{body} uudestaan")
    assert len(rows(Notification)) == before + 2


def test_ten_thousand_mentions_are_refused_with_a_sentence(browser, cast, rows):
    before = (len(rows(Post)), len(rows(Notification)))
    body = " ".join(f"@Ab C{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}" for n in range(2_000))
    page = browser("member").post(f"/discussions/{cast['hr_thread']}/reply", body=body)
    assert page.status == 422
    assert "20" in page.text(".error")
    assert page.text("#body").strip() == body
    assert (len(rows(Post)), len(rows(Notification))) == before


def test_only_members_of_the_network_are_offered(browser, cast, app, name_of):
    url = f"{START}people"

    def offered(begun):
        return [tag["data-name"] for tag in browser("moderator").get(f"{url}?begun={begun}").soup.select("[role=option]")]

    first, last = name_of("member").split(" ", 1)
    assert name_of("member") in offered(first.lower()) and name_of("member") in offered(f"{first} {last[:2]}")
    assert offered(name_of("contact")) == offered("") == offered("%25") == []
    with app.app_context():
        db.session.query(Membership).filter_by(user_id=cast["member"]).update({"state": MembershipState.REMOVED, "role": "member"})
        db.session.commit()
    assert name_of("member") not in offered(first)


def test_similar_threads_are_those_that_one_may_open(browser, cast, app):
    with app.app_context():
        for slug, title, hidden in (
            ("hr", "Etätyö ulkomailta: ohjeet", None),
            ("hr", "Etätyön ohjeistus ulkomailla, piilotettu", clock.now()),
            ("contact-persons", "Etätyö ulkomailta ja sopimukset", None),
            ("hr", "Kesälomien sijaiset", None),
        ):
            person = cast["moderator"]
            db.session.add(
                Thread(network_id=cast[f"network:{slug}"], title=title, author_id=person, last_post_by_id=person, hidden_at=hidden)
            )
        db.session.commit()
    asked = f"{START}similar?title=Miten teillä on ohjeistettu etätyö ulkomailta"
    assert [tag.find(string=True).strip() for tag in browser("member").get(asked).soup.select("a")] == ["Etätyö ulkomailta: ohjeet"]
    assert "sopimukset" in browser("contact").get(asked.replace("hr", "contact-persons")).html
    page = browser("member").post(START, look="1", title="Etätyö ulkomailta", body="Alku")
    assert "ohjeet" in page.text("#similar") and page.text("#body").strip() == "Alku"
    assert not browser("member").get(f"{START}similar?title=%25%25%25%25 ____").soup.select("a")


def test_a_bare_link_shows_the_title_to_whoever_may_open_it(browser, cast, rows, count_queries):
    url = f"/discussions/{cast['hr_thread']}/"
    links = [f"/materials/{cast['hr_material']}/", f"/events/{cast['hr_event']}/", f"/discussions/{cast['advisory_thread']}/"]
    body = (
        " ".join(f"http://localhost{link}" for link in links) + f" [oma sana](http://localhost{links[0]}) https://esimerkki.example/a_b_c."
    )
    member = browser("member")
    post = member.post(f"{url}reply", body=body, follow=True).soup.select(".post__body")[-1]

    found = {a["href"]: a.get_text() for a in post.select("a")[:3]}
    assert found[links[2]] == links[2]  # the advisory board's is not hers, and says nothing
    assert all(found[link] not in ("", link) for link in links[:2])
    assert [a.get_text() for a in post.select("a")[3:]] == ["oma sana", "https://esimerkki.example/a_b_c"]
    assert count_queries(lambda: member.get(url)) <= 8


@pytest.mark.parametrize("piece", ["[", "![", "*a_", "[[](", "|a|\n|-|\n", "> ", "@Aa Bb ", "http://a.example "])
def test_hostile_markdown_stays_small(app, piece):
    with app.test_request_context():
        assert len(render_post(piece * (20_000 // len(piece)))) < 400_000


def test_a_table_bomb_stays_as_it_was_typed(app):
    with app.test_request_context():
        assert len(render_post("|" + "a|" * 300 + "\n|" + "-|" * 300 + "\n" + "||\n" * 6000)) < 100_000
        assert "<table>" in render_post("|a|b|\n|-|-|\n|1|2|")


def test_nobodys_html_survives(app):
    hostile = (
        '<span class="mention">x</span> <a href="/x" data-own="">y</a> [z](javascript:alert(1)) ![a](http://t.example/a.png) @<b>Aa Bb</b>'
    )
    with app.test_request_context():
        html = render_post(hostile, {"<b>Aa Bb": 1})
    assert "<span" not in html and "<a" not in html and "<img" not in html and "<b>" not in html


def test_the_preview_shows_what_the_members_will_see(browser, cast, rows, name_of):
    from extranet.networks.models import Network
    from extranet.pages.models import NetworkPage

    page = next(page for page in rows(NetworkPage, NetworkPage.id == cast["hr_page"]))
    secret = next(network for network in rows(Network) if network.slug == "hr-advisory-board")
    own = f"http://localhost/networks/hr/pages/{page.slug}"
    body = f"@{name_of('medlem')} {own} http://localhost/networks/hr/ http://localhost/networks/{secret.slug}/"
    seen = browser("member").post("/networks/hr/discussions/preview", body=body).soup.select_one("#preview")
    assert seen.select_one(".mention").get_text() == f"@{name_of('medlem')}"
    assert [a.get_text() for a in seen.select("a")] == [page.title["fi"], "HR-verkosto", f"/networks/{secret.slug}/"]


def test_a_change_tells_only_those_whom_it_mentions_anew(app, browser, cast, rows, name_of):
    """Whoever was taken out of the text and put back is not told again either."""
    url, moderator = f"/discussions/{cast['hr_thread']}/", browser("moderator")
    moderator.post(f"{url}reply", body=f"@{name_of('medlem')}, miten teillä?")
    post = rows(Post, Post.thread_id == cast["hr_thread"])[-1]
    before = len(rows(Notification))
    for body in (f"@{name_of('medlem')} ja @{name_of('member')}", "Ei ketään.", f"@{name_of('member')} ja @{name_of('medlem')}"):
        assert moderator.post(f"{url}posts/{post.id}/edit", body=body).status == 303
    assert [(n.user_id, n.kind) for n in rows(Notification)[before:]] == [(cast["member"], "discussions.mention")]


@pytest.mark.parametrize(
    "body", ["@{name}", "@{name}#{id}", '<span class="mention">@{name}</span>', "[@{name}](/people/{id})", "@{name}&#35;{id}"]
)
def test_nobody_but_members_is_mentioned_whatever_is_typed(browser, cast, rows, name_of, body):
    """T24: neither now nor by what is written later."""
    url, contact = f"/discussions/{cast['hr_thread']}/", cast["contact"]
    before = len(rows(Notification, Notification.user_id == contact))
    page = browser("moderator").post(f"{url}reply", body=body.format(name=name_of("contact"), id=contact), follow=True)
    browser("member").post(f"{url}reply", body="Kiitos.")
    assert not page.soup.select(".post__body span")
    assert rows(Mention) == [] and len(rows(Notification, Notification.user_id == contact)) == before


def test_mentions_say_nothing_of_who_asked_without_a_name(app, browser, cast, rows, name_of):
    """A moderator knows who; her list of names is everybody's, and what she writes carries no more than what she typed."""
    with app.app_context():
        for thing in (db.session.get(Thread, cast["hr_thread"]), *db.session.query(Post).filter_by(author_id=cast["medlem"])):
            thing.is_unnamed = True
        db.session.commit()
    begun = name_of("medlem")[:2]
    lists = [browser(who).get(f"{START}people?begun={begun}").html for who in ("moderator", "member")]
    assert lists[0] == lists[1] and name_of("medlem") in lists[0]
    url = f"/discussions/{cast['hr_thread']}/"
    before = len(rows(Notification))
    browser("moderator").post(f"{url}reply", body=f"Kysyjälle: @{name_of('member')} tietää.")
    page = browser("member").get(url)
    assert name_of("medlem") not in page.text("main") and f"/people/{cast['medlem']}" not in page.html
    assert {tag.name: dict(tag.attrs) for tag in page.soup.select(".mention")} == {"span": {"class": ["mention"]}}
    assert all(name_of("medlem") not in str(n.params) for n in rows(Notification)[before:])
