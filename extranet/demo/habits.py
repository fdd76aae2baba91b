"""How people use the demo's discussions: what they have read, follow, are writing, and were told, so that each finds something new."""

import random
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import joinedload

from extranet.core import clock
from extranet.core.db import db
from extranet.core.i18n import N_
from extranet.demo.cast import Cast
from extranet.demo.past import dated, put_in_order
from extranet.demo.profiles import Profile
from extranet.demo.threads import read_talks
from extranet.discussions import following, mentions, naming
from extranet.discussions.draft_models import Draft
from extranet.discussions.following_models import Level, NetworkFollow, ThreadFollow
from extranet.discussions.mention_models import Mention
from extranet.discussions.models import Post, Thread
from extranet.discussions.reading_models import NetworkRead, ReadMark
from extranet.networks.access import viewer_for
from extranet.networks.models import Membership, MembershipState
from extranet.notifications.notify import notify

SEED = 8
CONTINUED = ("hr_thread", "closed_thread", "poll_thread", "contact_thread", "advisory_thread")
READERS = 45  # at most, of one thread
# Who looked at everything in her networks so many days ago, and how much of which thread she has read since: 0 is all of it, -2 all but two.
SEEN: dict[str, tuple[float, dict[str, int]]] = {
    "member": (4.5, {"abroad": -2, "metrics": 0, "homework": 0, "unheld": -3, "poll_thread": 0}),
    "medlem": (6.5, {"abroad": -1, "hr_thread": 0, "homework": -2, "poll_thread": 0}),
    "moderator": (2.5, {"abroad": -3, "metrics": 0, "homework": 0, "unheld": 0}),
    "contact": (5.0, {"supplement": -2, "contact_thread": 0, "coffee": -2}),
    "deputy": (5.0, {"supplement": 0, "coffee": 0}),
    "expert": (4.0, {"coffee": 0, "bonus": 0, "contact_thread": 0}),
    "staff": (4.0, {"shifts": -2, "day": 0}),
    "external": (3.0, {"day": 0}),
    "helsinki": (6.0, {"coreday": 0}),
    "pori": (6.0, {"shifts": 0, "advisory_thread": -1}),
}
THREAD_LEVELS = (
    ("member", "sixq", Level.FOLLOW), ("member", "system", Level.MUTE), ("medlem", "abroad", Level.WATCH), ("moderator", "unheld", Level.WATCH),
    ("contact", "coffee", Level.FOLLOW), ("deputy", "linecheck", Level.FOLLOW), ("expert", "counties", Level.WATCH), ("staff", "care", Level.WATCH),
)  # fmt: skip
NETWORK_LEVELS = (
    ("medlem", "hr", Level.FOLLOW), ("moderator", "hr", Level.WATCH), ("contact", "contact-persons", Level.WATCH),
    ("expert", "contact-persons", Level.FOLLOW), ("staff", "work-and-life", Level.FOLLOW), ("pori", "hr-advisory-board", Level.MUTE),
)  # fmt: skip
# Who writes what, in which thread or network; with a title it will be a thread.
DRAFTS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("member", "ratio", {"body": "Meillä 31 esihenkilöä ja kaksi asiantuntijaa, mutta palkanlaskenta on"}),
    ("medlem", "=hr", {"kind": "question", "language": "sv", "title": "Hur introducerar ni förtroendevalda?", "body": "Efter valet kommer tio nya. Vi tänker oss en kväll om"}),
    ("moderator", "=hr", {"kind": "announcement", "language": "fi", "title": "Kevään teemat: valitaan yhdessä", "body": "Ehdotukset kerätään tähän ketjuun kahden viikon ajan."}),
    ("contact", "supplement", {"body": "Löysin vanhan päätöksen, jossa lisä korjattiin"}),
    ("staff", "=work-and-life", {"kind": "experience", "language": "fi", "title": "Vuoronvaihto puhelimella", "body": "Otimme käyttöön ryhmäviestin, jossa"}),
)  # fmt: skip
NEW_REPLIES = ("abroad", "unheld", "supplement", "shifts", "coffee")
NEW_THREADS = ("ratio", "interns", "supplement", "coffee", "shifts", "homework")


def fill(cast: Cast, _rng: random.Random, _size: Profile) -> None:
    """The named people as it is written here, the others by lot."""
    _read(cast, random.Random(SEED))
    _follow(cast)
    _draft(cast)
    _tell(cast)
    put_in_order()
    db.session.flush()


def _read(cast: Cast, rng: random.Random) -> None:
    """The newer a thread, the fewer have read it; those who wrote in it have seen it up to there."""
    named = {user.id for user in cast.people.values()}
    members = _members(cast)
    keys = [talk.flags["key"] for talk in read_talks() if "key" in talk.flags and not talk.continues]
    threads = db.session.execute(
        select(Thread.id, Thread.network_id, Thread.created_at, Thread.last_post_at, Thread.last_number)
        .where(Thread.id.in_([cast.things[key] for key in (*keys, *CONTINUED)]))
        .where(Thread.merged_into_id.is_(None))
        .order_by(Thread.id)
    ).all()
    wrote: dict[tuple[int, int], int] = {}
    for author_id, thread_id, number in db.session.execute(
        select(Post.author_id, Post.thread_id, Post.number).where(Post.thread_id.in_([t.id for t in threads]), Post.number > 0)
    ):
        wrote[author_id, thread_id] = max(number, wrote.get((author_id, thread_id), 0))
    rows = {key: _mark(key[0], key[1], number, clock.now()) for key, number in wrote.items() if key[0] not in named}
    for thread in threads:
        days = (clock.now() - thread.created_at) / timedelta(days=1)
        others = [user_id for user_id in members[thread.network_id] if user_id not in named]
        for user_id in rng.sample(others, min(len(others) // 2, round(READERS * days / (days + 1)))):
            number = thread.last_number if rng.random() < 0.7 else rng.randint(1, thread.last_number)
            number = max(number, wrote.get((user_id, thread.id), 0))
            rows[user_id, thread.id] = _mark(user_id, thread.id, number, thread.last_post_at)
    last = {thread.id: (thread.last_number, thread.last_post_at) for thread in threads}
    for key, (days, seen) in SEEN.items():
        user_id = cast.people[key].id
        # What is new came after that, also where the last working day is long ago.
        news = [last[cast.things[thread_key]][1] for thread_key, less in seen.items() if less]
        at = min([clock.now() - timedelta(days=days), *(moment - timedelta(hours=1) for moment in news)])
        for slug, network in cast.networks.items():
            if user_id in members[network.id] and slug != "inventive-solutions":
                db.session.add(NetworkRead(user_id=user_id, network_id=network.id, at=at))
        for thread_key, less in seen.items():
            thread_id = cast.things[thread_key]
            number = last[thread_id][0]
            rows[user_id, thread_id] = _mark(user_id, thread_id, max(number + less, 1), clock.now() - timedelta(hours=2))
    db.session.execute(insert(ReadMark), list(rows.values()))


def _mark(user_id: int, thread_id: int, number: int, at: datetime) -> dict[str, Any]:
    return {"user_id": user_id, "thread_id": thread_id, "number": number, "at": at}


def _members(cast: Cast) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {network.id: [] for network in cast.networks.values()}
    active = select(Membership.network_id, Membership.user_id).where(Membership.state == MembershipState.ACTIVE)
    for network_id, user_id in db.session.execute(active.where(Membership.network_id.in_(found)).order_by(Membership.id)):
        found[network_id].append(user_id)
    return found


def _follow(cast: Cast) -> None:
    for who, key, level in THREAD_LEVELS:
        db.session.add(ThreadFollow(user_id=cast.people[who].id, thread_id=cast.things[key], level=level, at=clock.days_ago(1)))
    for who, slug, level in NETWORK_LEVELS:
        db.session.add(NetworkFollow(user_id=cast.people[who].id, network_id=cast.networks[slug].id, level=level, at=clock.days_ago(90)))
    for n, user_id in enumerate(cast.hr_members[5:41:9]):
        level = Level.MUTE if n % 4 == 3 else Level.FOLLOW
        db.session.add(NetworkFollow(user_id=user_id, network_id=cast.networks["hr"].id, level=level, at=clock.days_ago(30)))


def _draft(cast: Cast) -> None:
    for hours, (who, place, words) in enumerate(DRAFTS, 1):
        slug = place.removeprefix("=")
        where = {"network_id": cast.networks[slug].id} if place != slug else {"thread_id": cast.things[place]}
        whole = {"title": "", "kind": "", "language": "", "is_unnamed": False, "topics": [], "files": []} | words
        at = clock.now() - timedelta(hours=hours)
        db.session.add(Draft(user_id=cast.people[who].id, words=whole, changed_at=at, **where))


def _tell(cast: Cast) -> None:
    """What the named people would have been told of the newest threads and replies, and of posts that mention them."""
    loads = joinedload(Post.thread).joinedload(Thread.network), joinedload(Post.thread).joinedload(Thread.author)
    named = {user.id for user in cast.people.values()}
    there = select(Post).options(*loads).join(Thread, Thread.id == Post.thread_id).order_by(Post.id)
    for post in db.session.scalars(there.join(Mention, Mention.post_id == Post.id).distinct()):
        mentioned = set(db.session.scalars(select(Mention.user_id).where(Mention.post_id == post.id)))
        with dated(post.created_at):
            mentions.tell(viewer_for(post.author_id), post, (mentioned & named) - {post.author_id})
    openings = there.where(Thread.id.in_([cast.things[key] for key in NEW_THREADS]), Post.is_opening)
    for post in db.session.scalars(openings):
        with dated(post.created_at):
            _tell_of_thread(post, named)
    last = there.where(Thread.id.in_([cast.things[key] for key in NEW_REPLIES]), Post.number == Thread.last_number)
    for post in db.session.scalars(last):
        with dated(post.created_at):
            following.tell_followers(post.id)


def _tell_of_thread(post: Post, people: set[int]) -> None:
    """As the network's members are told of a new one."""
    thread = post.thread
    notify(
        viewer_for(thread.author_id), people - {thread.author_id}, "discussions.start",
        about=thread, text=N_("%(who)s started a discussion: %(title)s"), path=thread.path, key=f"thread:{thread.id}",
        who=naming.SOMEBODY if thread.is_unnamed else thread.author.name, title=thread.title, post=post.id,
    )  # fmt: skip
