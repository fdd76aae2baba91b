"""Fills the networks with what is written in `data/discussions`."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from zlib import crc32

from sqlalchemy import insert, select, update

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.db import db
from extranet.demo import talk_files, working_hours
from extranet.demo.cast import Cast
from extranet.demo.profiles import Profile
from extranet.demo.threads import Said, Talk, duration, read_talks
from extranet.discussions.attachment_models import Attachment
from extranet.discussions.mention_models import Mention
from extranet.discussions.mentions import render
from extranet.discussions.models import Helpful, Post, PostEdit, Thread, ThreadKind, thread_topic
from extranet.discussions.writing_text import quote, render_post
from extranet.networks.models import Membership, MembershipState
from extranet.previews.queries import request

SEED = 5
REGULARS = 24  # members who write more than once


@dataclass
class Plan:
    """A thread with its posts, who writes them and when. `thread_id` is known once it is in the database."""

    talk: Talk
    network_id: int
    author_id: int
    people: list[int]
    times: list[datetime]
    first: int = 1
    thread_id: int = 0

    @property
    def is_unnamed(self) -> bool:
        return "unnamed" in self.talk.flags


class Room:
    """Who writes in which network, the same people every time."""

    def __init__(self, cast: Cast, rng: random.Random) -> None:
        self.cast, self.rng = cast, rng
        self.named = {key: user.id for key, user in cast.people.items()}
        self.names: dict[int, str] = {}
        self.members: dict[int, list[int]] = {network.id: [] for network in cast.networks.values()}
        self._readers: dict[tuple[int, str], list[int]] = {}
        rows = db.session.execute(
            select(Membership.network_id, User.id, User.language, User.first_name + " " + User.last_name)
            .join(User, User.id == Membership.user_id)
            .where(Membership.state == MembershipState.ACTIVE, Membership.network_id.in_(self.members))
            .order_by(Membership.id)
        ).all()
        for network_id, user_id, language, name in rows:
            self.names[user_id] = name
            self.members[network_id].append(user_id)
            if user_id not in self.named.values():
                self._readers.setdefault((network_id, language), []).append(user_id)
        self.mentions = {key: f"@{self.names[user_id]}" for key, user_id in self.named.items() if user_id in self.names}

    def people(self, talk: Talk, network_id: int, author_id: int | None = None) -> list[int]:
        """The author of each post: `fi1` is somebody else than `fi2`, and the same wherever it stands in the thread."""
        chosen = dict(self.named)
        regulars = {language: self._some(network_id, language) for language in ("fi", "sv")}
        for said in talk.posts:
            if said.author not in chosen and said.author != "author":
                chosen[said.author] = regulars[said.author[:2]].pop()
        if author_id is None:
            author_id = chosen[talk.posts[0].author]
        return [author_id if said.author == "author" else chosen[said.author] for said in talk.posts]

    def _some(self, network_id: int, language: str) -> list[int]:
        readers = self._readers.get((network_id, language)) or self._readers[network_id, "fi"]
        regulars = readers[:REGULARS]
        return self.rng.sample(regulars, len(regulars))


def fill(cast: Cast, _rng: random.Random, _size: Profile) -> None:
    """Every thread that is written, none twice."""
    rng = random.Random(SEED)
    room = Room(cast, rng)
    db.session.flush()
    plans = [_plan(room, talk) for talk in read_talks()]
    _write(room, plans)


def _plan(room: Room, talk: Talk) -> Plan:
    # Nobody writes on the hour: some minutes of difference, always the same.
    gaps = [said.after + timedelta(minutes=crc32(said.body.encode()) % 23) for said in talk.posts]
    if talk.continues:
        thread = db.session.get_one(Thread, room.cast.things[talk.continues])
        people = room.people(talk, thread.network_id, thread.author_id)
        _begin_earlier(thread, thread.last_post_at - working_hours.begin(thread.last_post_at, gaps))
        times = working_hours.follow(thread.last_post_at, gaps)
        return Plan(talk, thread.network_id, thread.author_id, people, times, thread.last_number + 1, thread.id)
    network_id = room.cast.networks[talk.network].id
    people = room.people(talk, network_id)
    start = working_hours.begin(clock.now() - gaps[0] - timedelta(minutes=crc32(talk.title.encode()) % 200), gaps[1:])
    return Plan(talk, network_id, people[0], people, [start, *working_hours.follow(start, gaps[1:])])


def _begin_earlier(thread: Thread, much: timedelta) -> None:
    """So that what comes after its posts was written on working days."""
    thread.created_at -= much
    thread.last_post_at -= much
    for post in db.session.scalars(select(Post).where(Post.thread_id == thread.id, Post.number > 0)):
        post.created_at -= much


def _write(room: Room, plans: list[Plan]) -> None:
    new = [plan for plan in plans if not plan.thread_id]
    ids = db.session.scalars(insert(Thread).returning(Thread.id, sort_by_parameter_order=True), [thread_row(plan) for plan in new]).all()
    for plan, thread_id in zip(new, ids, strict=True):
        plan.thread_id = thread_id
    lines = [(plan, n, said) for plan in plans for n, said in enumerate(plan.talk.posts)]
    rows = [post_row(room, plan, n, said) for plan, n, said in lines]
    post_ids = db.session.scalars(insert(Post).returning(Post.id, sort_by_parameter_order=True), rows).all()
    for plan in plans:
        if plan.talk.continues:
            _lengthen(plan)
        elif key := plan.talk.flags.get("key"):
            room.cast.things[key] = plan.thread_id
    topics = [{"thread_id": plan.thread_id, "topic_id": room.cast.topics[slug].id} for plan in plans for slug in plan.talk.topics]
    db.session.execute(thread_topic.insert(), topics)
    for (plan, n, said), row, post_id in zip(lines, rows, post_ids, strict=True):
        _hang(room, plan, n, said, row, post_id)
    db.session.flush()
    db.session.expire_all()


def thread_row(plan: Plan) -> dict[str, Any]:
    talk, last = plan.talk, len(plan.people)
    answers = [at for said, at in zip(talk.posts, plan.times, strict=True) if "accepted" in said.flags]
    return {
        "network_id": plan.network_id, "author_id": plan.author_id, "title": talk.title, "kind": ThreadKind(talk.kind),
        "language": talk.language, "created_at": plan.times[0], "last_post_at": plan.times[-1], "last_post_by_id": plan.people[-1],
        "reply_count": last - 1, "last_number": last, "is_unnamed": plan.is_unnamed,
        "is_last_unnamed": plan.is_unnamed and plan.people[-1] == plan.author_id,
        "resolved_at": min(answers[0] + timedelta(hours=3), clock.now()) if answers else None,
    }  # fmt: skip


def post_row(room: Room, plan: Plan, n: int, said: Said) -> dict[str, Any]:
    """A post with its place in the thread."""
    body = said.body.format_map(room.mentions)
    return {
        "thread_id": plan.thread_id, "number": plan.first + n, "author_id": plan.people[n], "is_opening": plan.first + n == 1,
        "is_accepted": "accepted" in said.flags, "is_unnamed": plan.is_unnamed and plan.people[n] == plan.author_id,
        "helpful_count": int(said.flags.get("helpful", 0)), "has_files": "file" in said.flags,
        "body": body, "body_html": html_of(body), "created_at": plan.times[n],
        "edited_at": min(plan.times[n] + duration(said.flags["edited"]), clock.now()) if "edited" in said.flags else None, "hidden_reason": "",
    }  # fmt: skip


def _lengthen(plan: Plan) -> None:
    thread = db.session.get_one(Thread, plan.thread_id)
    thread.last_number += len(plan.people)
    thread.reply_count += len(plan.people)
    thread.last_post_at, thread.last_post_by_id = plan.times[-1], plan.people[-1]


def _hang(room: Room, plan: Plan, n: int, said: Said, row: dict[str, Any], post_id: int) -> None:
    """What hangs on one post: thanks, files, its history, a quote, whom it mentions."""
    flags = said.flags
    if n and "key" in flags:
        room.cast.things[flags["key"]] = post_id
    if row["helpful_count"]:
        others = [user_id for user_id in room.members[plan.network_id] if user_id != row["author_id"]]
        thanks = room.rng.sample(others, row["helpful_count"])
        at = row["created_at"] + (clock.now() - row["created_at"]) / 3
        db.session.execute(insert(Helpful), [{"post_id": post_id, "user_id": user_id, "at": at} for user_id in thanks])
    if "file" in flags:
        file = Attachment(post_id=post_id, alt=flags.get("alt", ""), **talk_files.make(flags["file"]))
        db.session.add(file)
        if file.is_picture:
            request(file.sha256, file.mime)
    if said.was:
        at, until = row["created_at"], row["edited_at"]
        db.session.add(PostEdit(post_id=post_id, body=said.was, body_html=html_of(said.was), written_at=at, replaced_at=until))
    body = row["body"]
    if "quote" in flags:
        quoted = db.session.get_one(Post, room.cast.things[flags["quote"]])
        body = quote(room.names[quoted.author_id], quoted.path, quoted.body) + body
    if body != row["body"] or "@" in body:
        html, names = render(plan.network_id, body)
        db.session.execute(update(Post).where(Post.id == post_id).values(body=body, body_html=html))
        db.session.add_all(Mention(post_id=post_id, user_id=user_id) for user_id in names.values())


@lru_cache(maxsize=4096)
def html_of(body: str) -> str:
    """The same text is rendered once."""
    return render_post(body)
