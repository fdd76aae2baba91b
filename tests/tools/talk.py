"""Long threads and large networks for `make bench`: a thread of 5,000 posts and a network of 5,000 threads, each beside one a tenth
of its size, whose pages must cost the same; and people who all write in one thread at once, to servers that run."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode

from bs4 import BeautifulSoup
from flask import Flask
from flask_migrate import stamp
from sqlalchemy import insert, select

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.demo.cast import join
from extranet.discussions.models import Post, Thread, ThreadKind
from extranet.networks.models import MembershipRole, Network, NetworkKind, NetworkState
from tests.page import fields_of
from tests.tools.serving import Answers, House, add_crowd, ask, go, serving, sign_in

FEW, MANY = 500, 5_000
WRITERS = 12
BODY = "<p>Meillä perehdytys alkaa <strong>ennen</strong> ensimmäistä päivää: lista, kummi ja viikon kuluttua keskustelu.</p>"
# Whose page, and its address.
SHAPES = (
    ("member", "/discussions/{%s_posts}/"),
    ("member", "/discussions/{%s_posts}/?page=0"),
    ("moderator", "/discussions/{%s_posts}/"),
    ("member", "/discussions/{%s_posts}/first-new"),
    ("member", "/discussions/{%s_posts}/incoming?after={%s_posts_seen}"),
    ("member", "/networks/{%s_threads}/discussions/"),
    ("moderator", "/networks/{%s_threads}/discussions/"),
    ("member", "/networks/{%s_threads}/discussions/?page=25"),
    ("member", "/networks/{%s_threads}/discussions/?only=unread"),
    ("member", "/networks/{%s_threads}/discussions/?only=unanswered&page=5"),
    ("member", "/networks/{%s_threads}/"),
    ("member", "POST /discussions/{%s_posts}/reply"),
)
PAGES = [(who, path.replace("%s", size)) for who, path in SHAPES for size in ("few", "many")]


def gather() -> dict[str, Any]:
    """Add two long threads and two large networks; what the addresses of PAGES name."""
    found: dict[str, Any] = {}
    for name, number in (("few", FEW), ("many", MANY)):
        network, writers = add_network(f"talk-{name}")
        add_threads(network, writers, number)
        found[f"{name}_threads"] = network.slug
        found[f"{name}_posts"] = add_thread(network, writers, number)
        found[f"{name}_posts_seen"] = number - 2
    db.session.commit()
    return found


def add_network(slug: str) -> tuple[Network, list[int]]:
    """A network of its own for some of the cast, `member` and `moderator` among them; with their ids."""
    network = Network(slug=slug, name=LocalText(fi="Puhe", sv="Tal"), kind=NetworkKind.LEARNING, state=NetworkState.ACTIVE)
    db.session.add(network)
    db.session.flush()
    emails = ("member@extranet.example", "moderator@extranet.example")
    known = list(db.session.scalars(select(User).where(User.email.in_(emails)).order_by(User.id)))
    for user in known:
        leads = user.email == "moderator@extranet.example"
        join(network, user, MembershipRole.MODERATOR if leads else MembershipRole.MEMBER)
    crowd = [user_id for user_id, _organisation_id in add_crowd(network, WRITERS, f"{slug}-")]
    return network, crowd


def add_thread(network: Network, writers: Sequence[int], posts: int, title: str = "Pitkä ketju") -> int:
    """A thread of so many posts, all of today; its id."""
    began = clock.now() - timedelta(hours=20)
    step = timedelta(hours=19) / max(posts, 1)
    last = began + step * (posts - 1)
    thread = Thread(
        network_id=network.id, kind=ThreadKind.EXPERIENCE, title=title, author_id=writers[0], created_at=began, last_post_at=last,
        last_post_by_id=writers[(posts - 1) % len(writers)], last_number=posts, reply_count=posts - 1,
    )  # fmt: skip
    db.session.add(thread)
    db.session.flush()
    rows = [
        {
            "thread_id": thread.id, "number": n + 1, "author_id": writers[n % len(writers)], "is_opening": n == 0,
            "body": "Perehdytys", "body_html": BODY, "created_at": began + step * n,
        }
        for n in range(posts)
    ]  # fmt: skip
    db.session.execute(insert(Post), rows)
    return thread.id


def add_threads(network: Network, writers: Sequence[int], number: int) -> None:
    """So many threads of one post or two: a third are questions, and a third of all have no reply."""
    now = clock.now()
    kinds = (ThreadKind.QUESTION, ThreadKind.EXPERIENCE, ThreadKind.RESOURCE)
    rows = [
        {
            "network_id": network.id, "kind": kinds[n % 3], "title": f"Perehdytys ja osaaminen, asia {n}", "author_id": writers[n % len(writers)],
            "created_at": now - timedelta(hours=n + 2), "last_post_at": now - timedelta(hours=n + 1),
            "last_post_by_id": writers[(n + 1) % len(writers)], "last_number": 1 if n % 9 < 3 else 2, "reply_count": 0 if n % 9 < 3 else 1,
        }
        for n in range(number)
    ]  # fmt: skip
    db.session.execute(insert(Thread), rows)
    wanted = select(Thread.id, Thread.author_id, Thread.last_number, Thread.last_post_by_id, Thread.created_at, Thread.last_post_at)
    posts: list[dict[str, Any]] = []
    for row in db.session.execute(wanted.where(Thread.network_id == network.id)).all():
        common = {"thread_id": row.id, "body": "Perehdytys", "body_html": BODY}
        posts.append(common | {"number": 1, "is_opening": True, "author_id": row.author_id, "created_at": row.created_at})
        if row.last_number == 2:
            reply = {"number": 2, "is_opening": False, "author_id": row.last_post_by_id, "created_at": row.last_post_at}
            posts.append(common | reply)
    db.session.execute(insert(Post), posts)


@dataclass(frozen=True)
class Size:
    """How many people write how many replies each, over how many connections."""

    people: int = 16
    replies: int = 20
    servers: int = 1

    @property
    def all(self) -> int:
        return self.people * self.replies


@dataclass
class Outcome:
    """What the server answered, and what stands in the thread afterwards."""

    answers: Answers
    numbers: list[int]
    last_number: int
    reply_count: int
    bodies: Counter[str] = field(repr=False)

    def __str__(self) -> str:
        return f"{len(self.numbers)} replies, numbered {min(self.numbers)} to {max(self.numbers)}"

    def faults(self, size: Size) -> list[str]:
        """What went wrong, in words; empty if nothing was lost, and no number left out or given twice."""
        found = {
            f"replies that were not taken: {dict(self.answers.statuses)}": self.answers.statuses != {303: size.all},
            "replies lost, or written twice": self.bodies != Counter(_text(n) for n in range(size.all)),
            "numbers left out, or given twice": self.numbers != list(range(2, size.all + 2)),
            "a thread that counts wrongly": (self.last_number, self.reply_count) != (size.all + 1, size.all),
        }
        return [fault for fault, is_so in found.items() if is_so]


def post_at_once(app: Flask, env: dict[str, str], size: Size) -> Outcome:
    """Serve, let them all write in one thread at the same time, and look at what is left."""
    with app.app_context():
        stamp()
        network = db.session.scalars(select(Network).where(Network.slug == "hr")).one()
        people = [user_id for user_id, _organisation_id in add_crowd(network, size.people)]
        thread_id = add_thread(network, people, 1)
        cookies = sign_in(app, people)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    house = House(app, env, cookies)
    with serving(house, size.servers) as ports:
        answers = _all_reply(house, ports, thread_id, size)
    with app.app_context():
        replies = db.session.execute(
            select(Post.number, Post.body).where(Post.thread_id == thread_id, Post.number > 1).order_by(Post.number)
        ).all()
        thread = db.session.get_one(Thread, thread_id)
        outcome = Outcome(
            answers, [row.number for row in replies], thread.last_number, thread.reply_count, Counter(row.body for row in replies)
        )
        db.session.remove()
        db.engine.dispose()
    return outcome


def _all_reply(house: House, ports: Sequence[int], thread_id: int, size: Size) -> Answers:
    path = f"/discussions/{thread_id}/"
    forms: dict[int, tuple[dict[str, Any], str]] = {}

    def open_page(connection: HTTPConnection, person: int) -> tuple[int, str, str]:
        status, page, cookie = ask(connection, "GET", path, house.cookies[person])
        form = BeautifulSoup(page, "html.parser").select_one(f"form[action='{path}reply']")
        assert form is not None, "no form for a reply on the page"
        forms[person] = fields_of(form), cookie or house.cookies[person]
        return status, "", ""

    go(ports, open_page, size.people, size.people)

    def reply(connection: HTTPConnection, n: int) -> tuple[int, str, str]:
        fields, cookie = forms[n % size.people]
        return ask(connection, "POST", f"{path}reply", cookie, urlencode(fields | {"body": _text(n)}, doseq=True))

    return go(ports, reply, size.all, size.people)


def _text(n: int) -> str:
    return f"Vastaus {n}"
