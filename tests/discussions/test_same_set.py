"""T13 for threads: whatever lists, counts, suggests or completes tells a person of exactly the threads that she can open (I-26, I-29)."""

import re
from datetime import timedelta
from itertools import product

import pytest
from sqlalchemy import select

from extranet.core import clock
from extranet.core.db import db
from extranet.discussions.draft_models import Draft
from extranet.discussions.following_models import Level, ThreadFollow
from extranet.discussions.models import Post, Thread
from extranet.networks.models import Membership, MembershipState, Network

ROLES = ("newcomer", "member", "medlem", "staff", "contact", "moderator", "expert", "admin")
THREAD = re.compile(r"^/discussions/(\d+)/")


@pytest.fixture
def titles(app, cast):
    """Every thread has a title of its own with a word that no other has; one is hidden, one is merged, and everybody has chosen and typed something in each."""
    with app.app_context():
        db.session.query(Membership).update({"joined_at": clock.now() - timedelta(days=61)})
        found = {}
        for thread in db.session.scalars(select(Thread).order_by(Thread.id)):
            thread.title = f"Yhteinen aihe tunnus{'abcdefghijklmnopqrstuvwxyz'[thread.id % 26]}{thread.id}"
            found[thread.id] = thread.title
        _put(cast, found, "Hidden", cast["network:hr"], hidden_at=clock.now())
        _put(cast, found, "Merged", cast["network:hr"], merged_into_id=cast["hr_thread"])
        for thread_id, name in product(found, ROLES):
            db.session.add(ThreadFollow(user_id=cast[name], thread_id=thread_id, level=Level.FOLLOW))
            db.session.add(Draft(user_id=cast[name], thread_id=thread_id, words={"body": f"luonnos {thread_id}"}))
        db.session.commit()
        return found


def _put(cast, found, word, network_id, **state):
    thread = Thread(title=f"Yhteinen aihe {word}", network_id=network_id, author_id=cast["medlem"], last_post_by_id=cast["medlem"], **state)
    db.session.add(thread)
    db.session.flush()
    db.session.add(Post(thread_id=thread.id, number=1, is_opening=True, author_id=cast["medlem"], body="x", body_html="x"))
    found[thread.id] = thread.title


def ids(page, selector="main"):
    """The threads to which a part of the page leads."""
    hrefs = [a["href"] for part in page.soup.select(selector) for a in part.select("a[href]")]
    return {int(found[1]) for href in hrefs if (found := THREAD.match(href))}


def told(page, titles):
    """The threads of which the page tells by name."""
    return {i for i, title in titles.items() if title in page.html}


@pytest.fixture
def whole(app, titles):
    """What each test asks of one person: the threads that open, and of them those that are not hidden."""

    def do(reader):
        opens = {i for i in titles if reader.get(f"/discussions/{i}/").status == 200}
        with app.app_context():
            hidden = set(db.session.scalars(select(Thread.id).where(Thread.hidden_at.is_not(None))))
        return opens, opens - hidden

    return do


@pytest.fixture
def slugs(app):
    """The networks that have threads, and one that has none."""
    with app.app_context():
        talks = select(Thread.network_id)
        some = db.session.execute(select(Network.slug, Network.id).where(Network.id.in_(talks))).all()
        some += db.session.execute(select(Network.slug, Network.id).where(Network.id.not_in(talks)).limit(1)).all()
        return {row.slug: row.id for row in some}


@pytest.mark.parametrize("name", ROLES)
def test_lists_counts_and_choices_equal_what_opens(browser, app, cast, titles, whole, slugs, name):
    reader = browser(name)
    opens, shown = whole(reader)
    page = reader.get("/discussions/")
    assert ids(page, "#threads") == told(page, titles) == opens
    if opens:
        assert f"{len(opens)} keskustelu" in reader.get("/discussions/?lang=fi").text("#threads")
    for only in ("unread", "open", "unanswered", "mine"):
        part = reader.get(f"/discussions/?only={only}")
        assert ids(part, "#threads") == told(part, titles) <= opens, only
    assert ids(reader.get("/discussions/drafts")) == told(reader.get("/discussions/drafts"), titles) == opens
    assert ids(reader.get("/discussions/following")) == told(reader.get("/discussions/following"), titles) == opens
    for url in ("/", "/networks/", "/notifications/"):
        assert told(reader.get(url), titles) <= shown, url

    with app.app_context():
        where = {row.id: row.network_id for row in db.session.execute(select(Thread.id, Thread.network_id))}
    for slug, network_id in slugs.items():
        there = reader.get(f"/networks/{slug}/discussions/")
        listed = ids(there, "#threads") if there.status == 200 and there.has("#threads") else set()
        assert listed == {i for i in opens if where[i] == network_id}, slug
        assert told(there, titles) == listed, "nor does a refusal name one"


@pytest.mark.parametrize("name", ROLES)
def test_what_is_counted_as_new_is_what_the_lists_show_as_new(browser, titles, whole, slugs, name):
    reader = browser(name)
    _opens, shown = whole(reader)
    counted = {}
    for slug in slugs:
        page = reader.get(f"/networks/{slug}/discussions/?only=unread")
        unread = ids(page, "#threads") if page.status == 200 and page.has("#threads") else set()
        assert unread <= shown
        counted[slug] = len(unread)
        mark = page.soup.select_one('.tabs a[href$="/discussions/"] .count')
        assert (int(mark.get_text()) if mark else 0) == len(unread), slug
    page = reader.get("/discussions/?only=unread")
    chip = page.soup.select_one('.chip[href$="only=unread"] .count')
    assert (int(chip.get_text()) if chip else 0) == sum(counted.values()) == len(ids(page, "#threads"))
    cards = reader.get("/networks/?lang=fi").soup.select("article.card")
    words = {card.select_one("h3 a")["href"].split("/")[2]: re.search(r"uutta (\d+) keskustelussa", card.get_text()) for card in cards}
    listed = {slug: int(found[1]) for slug, found in words.items() if found}
    assert listed == {slug: number for slug, number in counted.items() if number}


@pytest.mark.parametrize("name", ROLES)
def test_suggestions_and_completions_tell_of_nothing_else(browser, app, cast, titles, whole, slugs, name):
    reader = browser(name)
    _opens, shown = whole(reader)
    entered = []
    for slug, network_id in slugs.items():
        similar = reader.get(f"/networks/{slug}/discussions/similar?title=Yhteinen aihe")
        people = reader.get(f"/networks/{slug}/discussions/people?begun=l")
        assert similar.status == people.status
        if people.status != 200:
            assert not told(similar, titles) and not people.soup.select("[data-name]")
            continue
        entered.append(slug)
        assert ids(similar, "ul") == told(similar, titles) <= shown
        with app.app_context():
            there = select(Membership.user_id).where(Membership.network_id == network_id, Membership.state == MembershipState.ACTIVE)
            members = {f"mention-{i}" for i in db.session.scalars(there)}
        assert {li["id"] for li in people.soup.select("[data-name]")} <= members - {f"mention-{cast[name]}"}
    assert bool(entered) == (name not in ("newcomer", "staff", "admin"))
    for i, title in titles.items() if entered else ():
        similar = reader.get(f"/networks/{entered[0]}/discussions/similar?title={title}")
        assert ids(similar, "ul") == told(similar, titles) <= shown
        assert (i in told(similar, titles)) == (i in shown), "the thread itself is suggested to whoever can open it"
