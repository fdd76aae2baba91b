"""What the demo has of discussions."""

import random
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import insert, select

from extranet.audit.models import AuditEvent
from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import render_markdown
from extranet.demo.cast import Cast
from extranet.demo.profiles import Profile
from extranet.demo.threads import ANSWERS_FI, ANSWERS_SV, MODERATED, QUESTIONS, TAILS
from extranet.discussions.models import Post, Thread, ThreadKind
from extranet.networks.models import Membership, MembershipState

# Replies that the cast has: the one to the HR thread, the answer that waits to be saved, and a new member's that waits.
REPLIES_OF_CAST = 3


def add_to_cast(cast: Cast) -> None:
    """The few that the tests know by name."""
    hr, contacts = cast.networks["hr"].id, cast.networks["contact-persons"].id
    people = {key: user.id for key, user in cast.people.items()}
    thread = add_thread(hr, people["medlem"], "Hur gör ni med tvåspråkiga arbetsintyg?", ["Vi skriver dem på begäran. Hur gör ni?"], days=4)
    cast.things["hr_thread"] = thread.id
    cast.things["hr_post"] = add_post(thread, people["member"], "Meillä on **pohja** molemmilla kielillä.", clock.days_ago(3)).id
    closed = add_thread(hr, people["member"], "Kokemuksia lähtöhaastatteluista", ["Kertokaa, mitä kysytte."], days=30)
    closed.closed_at, closed.closed_reason = clock.days_ago(2), "Aihe on käsitelty."
    cast.things["closed_thread"] = closed.id
    cast.things["contact_thread"] = add_thread(contacts, people["contact"], "Kuukausikahvien aiheet", ["Mitä käsitellään?"], days=6).id
    board = cast.networks["hr-advisory-board"].id
    cast.things["advisory_thread"] = add_thread(board, people["pori"], "Ensi kauden teemat", ["Ehdotan etäjohtamista."], days=5).id
    db.session.flush()


def add_thread(
    network_id: int, author_id: int, title: str, bodies: list[str], days: float, kind: ThreadKind = ThreadKind.QUESTION
) -> Thread:
    """A thread that began `days` days ago, with its opening; `bodies` has the opening's text first."""
    at = clock.now() - timedelta(days=days)
    thread = Thread(
        network_id=network_id, author_id=author_id, title=title, kind=kind, created_at=at, last_post_at=at, last_post_by_id=author_id
    )
    db.session.add(thread)
    db.session.flush()
    db.session.add(
        Post(
            thread_id=thread.id,
            number=1,
            author_id=author_id,
            is_opening=True,
            body=bodies[0],
            body_html=render_markdown(bodies[0]),
            created_at=at,
        )
    )
    return thread


def add_post(thread: Thread, author_id: int, body: str, at: datetime) -> Post:
    """A reply written at that moment."""
    thread.last_number += 1
    thread.reply_count += 1
    text = {"body": body, "body_html": render_markdown(body)}
    post = Post(thread_id=thread.id, number=thread.last_number, author_id=author_id, created_at=at, **text)
    db.session.add(post)
    thread.last_post_at, thread.last_post_by_id = at, author_id
    db.session.flush()
    return post


def fill(cast: Cast, rng: random.Random, size: Profile) -> None:
    """Threads and posts in every network that has members; beyond the written ones, variations of them.

    Some questions stay unanswered for more than five days and some posts are hidden: moderators need work (domain.md §5.2).
    """
    members = _members(cast)
    threads = size.threads - len([key for key in cast.things if key.endswith("_thread")])
    replies = max(0, size.posts - size.threads - REPLIES_OF_CAST - len(MODERATED))
    for n in range(threads):
        slug, kind, title, opening = QUESTIONS[n % len(QUESTIONS)]
        round_number = n // len(QUESTIONS)
        days = (
            6 + n
            if n < 4
            else 5
            if kind == "announcement" and not round_number
            else rng.uniform(0.2, 300)
            if round_number < 3
            else rng.uniform(0.2, 1500)
        )
        author = rng.choice(members[slug])
        bodies = [f"{opening} {rng.choice(TAILS)}".strip()]
        thread = _thread_row(cast.networks[slug].id, author, title if not round_number else f"{title} ({round_number + 1})", kind, days)
        share = 0 if n in (1, 9, 10, 12) else min(replies, _lot(rng, replies, threads - n))
        replies -= share
        _write(thread, bodies, share, members[slug], "?" in title and slug == "hr" and _is_swedish(title), rng)
    _hide_some(cast, rng)


def _thread_row(network_id: int, author_id: int, title: str, kind: str, days: float) -> dict[str, Any]:
    at = _at_work(clock.now() - timedelta(days=days))
    return {
        "network_id": network_id, "author_id": author_id, "title": title, "kind": ThreadKind(kind), "created_at": at,
        "last_post_at": at, "last_post_by_id": author_id, "reply_count": 0, "is_pinned": kind == "announcement" and days < 20,
    }  # fmt: skip


def _write(thread: dict[str, Any], bodies: list[str], replies: int, people: list[int], swedish: bool, rng: random.Random) -> None:
    at: datetime = thread["created_at"]
    step = (clock.now() - at) / (replies + 2)
    lines = [{"author_id": thread["author_id"], "is_opening": True, "body": bodies[0], "created_at": at}]
    answers = ANSWERS_SV if swedish else ANSWERS_FI
    for _ in range(replies):
        at = _at_work(at + step * rng.uniform(0.2, 1.0))
        lines.append({"author_id": rng.choice(people), "is_opening": False, "body": rng.choice(answers), "created_at": at})
    thread |= {"last_post_at": at, "last_post_by_id": lines[-1]["author_id"], "reply_count": replies, "last_number": len(lines)}
    thread_id = db.session.execute(insert(Thread).returning(Thread.id), [thread]).scalar_one()
    db.session.execute(
        insert(Post),
        [
            line | {"thread_id": thread_id, "number": number, "body_html": _html(str(line["body"])), "hidden_reason": ""}
            for number, line in enumerate(lines, 1)
        ],
    )


def _at_work(at: datetime) -> datetime:
    """The same day, in the hours when people write such things; never later than now."""
    at = at.replace(hour=5 + at.hour * 10 // 24)
    return at if at < clock.now() else at - timedelta(days=1)


@lru_cache(maxsize=4096)
def _html(body: str) -> str:
    return render_markdown(body)


def _lot(rng: random.Random, left: int, threads_left: int) -> int:
    """A share of the replies that are left: most threads get about the average, a few get many."""
    average = left / max(threads_left, 1)
    return round(average * rng.choice((0.3, 0.6, 0.9, 1.0, 1.2, 2.0))) if threads_left > 1 else left


def _is_swedish(title: str) -> bool:
    return title.startswith(("Erfarenheter", "Vem", "Hur"))


def _members(cast: Cast) -> dict[str, list[int]]:
    by_slug: dict[str, list[int]] = {slug: [] for slug in cast.networks}
    slugs = {network.id: slug for slug, network in cast.networks.items()}
    rows = db.session.execute(
        select(Membership.network_id, Membership.user_id).where(Membership.state == MembershipState.ACTIVE).order_by(Membership.id)
    )
    for network_id, user_id in rows:
        if network_id in slugs:
            by_slug[slugs[network_id]].append(user_id)
    return by_slug


def _hide_some(cast: Cast, rng: random.Random) -> None:
    threads = db.session.scalars(
        select(Thread).where(Thread.network_id == cast.networks["hr"].id, Thread.reply_count > 2).order_by(Thread.id).limit(len(MODERATED))
    ).all()
    moderator = cast.people["moderator"].id
    for thread, (body, reason) in zip(threads, MODERATED, strict=False):
        author = rng.choice(cast.hr_members)
        thread.last_number += 1
        text = {"body": body, "body_html": _html(body)}
        post = Post(thread_id=thread.id, number=thread.last_number, author_id=author, created_at=thread.last_post_at, **text)
        post.hidden_at, post.hidden_by_id, post.hidden_reason = thread.last_post_at, moderator, reason
        db.session.add(post)
        db.session.flush()
        db.session.add(
            AuditEvent(
                at=thread.last_post_at, user_id=moderator, name="discussions.hide_post", thing="post", thing_id=str(post.id),
                network_id=thread.network_id, reason=reason,
            )
        )  # fmt: skip
