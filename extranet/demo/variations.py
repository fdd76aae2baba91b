"""Further threads for measurements: what is written in `data/discussions` again and again, under numbered titles."""

import random
from datetime import timedelta

from sqlalchemy import func, insert, select

from extranet.core import clock
from extranet.core.db import db
from extranet.demo import working_hours
from extranet.demo.cast import Cast
from extranet.demo.profiles import Profile
from extranet.demo.talks import Plan, Room, post_row, thread_row
from extranet.demo.threads import Said, Talk, read_talks
from extranet.discussions.models import Post, Thread, ThreadKind

SEED = 6
AT_ONCE = 250


def fill(cast: Cast, _rng: random.Random, size: Profile) -> None:
    """As many as the profile lacks; the demo lacks none."""
    threads = size.threads - (db.session.scalar(select(func.count(Thread.id))) or 0)
    left = size.posts - (db.session.scalar(select(func.count(Post.id))) or 0) - threads
    rng = random.Random(SEED)
    room = Room(cast, rng)
    waiting = db.session.get_one(Post, cast.things["hr_held"]).author_id  # it is her first
    room.members = {network_id: [one for one in people if one != waiting] for network_id, people in room.members.items()}
    talks = [talk for talk in read_talks() if not talk.continues]
    replies = {language: _replies(talks, language) for language in ("fi", "sv")}
    plans: list[Plan] = []
    for n in range(threads):
        talk = talks[n % len(talks)]
        share = min(left, _lot(rng, left, threads - n))
        left -= share
        flags = {"unnamed": ""} if talk.kind == ThreadKind.QUESTION and n % 10 == 7 else {}
        opening = Said("", talk.posts[0].after, talk.posts[0].body, "", {})
        said = [Said("", timedelta(), rng.choice(replies[talk.language]), "", {}) for _ in range(share)]
        title = f"{talk.title} ({n // len(talks) + 2})"
        copy = Talk(title, "", talk.network, talk.kind, talk.language, flags, (opening, *said))
        plans.append(_plan(room, copy, has_answer=talk.kind == ThreadKind.QUESTION and n % 3 == 0))
        if len(plans) == AT_ONCE or n == threads - 1:
            _write(room, plans)
            plans = []


def _replies(talks: list[Talk], language: str) -> list[str]:
    return [said.body for talk in talks if talk.language == language for said in talk.posts[1:] if "{" not in said.body]


def _plan(room: Room, talk: Talk, has_answer: bool) -> Plan:
    """Who wrote when. Where it has an answer that is the first reply, if somebody else wrote it."""
    network_id = room.cast.networks[talk.network].id
    people = [room.rng.choice(room.members[network_id]) for _ in talk.posts]
    if has_answer and len(people) > 1 and people[1] != people[0]:
        talk.posts[1].flags["accepted"] = ""
    times = [working_hours.before(clock.now() - timedelta(days=room.rng.uniform(6, 1500)))]
    step = (clock.now() - times[0]) / (len(people) + 1)
    for _ in talk.posts[1:]:
        times.append(times[-1] + step * room.rng.uniform(0.2, 1.0))
    return Plan(talk, network_id, people[0], people, times)


def _write(room: Room, plans: list[Plan]) -> None:
    ids = db.session.scalars(insert(Thread).returning(Thread.id, sort_by_parameter_order=True), [thread_row(plan) for plan in plans]).all()
    for plan, thread_id in zip(plans, ids, strict=True):
        plan.thread_id = thread_id
    db.session.execute(insert(Post), [post_row(room, plan, n, said) for plan in plans for n, said in enumerate(plan.talk.posts)])


def _lot(rng: random.Random, left: int, threads_left: int) -> int:
    """A share of the replies that are left: most threads get about the average, a few get many."""
    average = left / max(threads_left, 1)
    return round(average * rng.choice((0.3, 0.6, 0.9, 1.0, 1.2, 2.0))) if threads_left > 1 else left
