"""`make bench`: what the main pages cost with the demo data, beside a bare page of the same run.

Requests go straight into the WSGI application, in one process, in rounds over all pages, so that a busy moment
of the machine falls on all of them. Yardsticks are the last two lines: the posts of one thread with nothing around
them, from two bare queries and from memory. DATABASE_URL measures an empty database of yours instead of a new SQLite file.

Then the pages of an event with 200 and with 2,000 sign-ups (tests/tools/gathering.py), and those of a thread with 500 and 5,000 posts and
of networks with as many threads (tests/tools/talk.py). Last, people rush to an event (tests/tools/rush.py), and others write in one thread
at once, over HTTP, to servers that run.
"""

import argparse
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import sqlalchemy as sa
from flask import Flask
from markupsafe import Markup
from werkzeug.test import EnvironBuilder

from extranet import install
from extranet.app import create_app
from extranet.core import config
from extranet.core.db import db
from extranet.discussions.models import Post
from extranet.materials.models import Material
from tests.databases import Postgresql, Sqlite
from tests.people import sign_in_quietly
from tests.tools import gathering, rush, talk
from tests.tools.serving import install as install_apart

Pages = list[tuple[str, str]]
# Whose page, and its address; `/list/ > /thing/\d+/` is the first link of that shape on the list.
PAGES: Pages = [
    ("visitor", "/"),
    ("visitor", "/sign-in"),
    ("visitor", "/networks/"),
    ("member", "/"),
    ("member", "/networks/"),
    ("member", "/networks/hr/"),
    ("member", "/networks/hr/members"),
    ("member", "/networks/hr/materials/"),
    ("member", "/networks/hr/events/"),
    ("member", "/networks/hr/discussions/"),
    ("member", r"/networks/hr/discussions/ > /discussions/\d+/"),
    ("member", r"/networks/hr/ > /networks/hr/pages/[\w-]+"),
    ("member", "/materials/"),
    ("member", r"/materials/ > /materials/\d+/"),
    ("member", "/events/"),
    ("member", r"/events/ > /events/\d+/"),
    ("member", "/discussions/"),
    ("member", "/account/"),
    ("contact", "/"),
    ("contact", "/materials/"),
    ("moderator", r"/networks/hr/discussions/ > /discussions/\d+/"),
    ("expert", "/organisations/"),
    ("expert", r"/organisations/ > /organisations/\w+/"),
    ("admin", "/"),
    ("admin", "/admin/"),
    ("member", "/discussions/{thread}/"),
]
# The same, where there are many materials; the last ones send files.
LIBRARY: Pages = [
    ("member", "/materials/"),
    ("member", "/materials/?page=40"),
    ("member", "/materials/?q=ohje"),
    ("member", "/materials/?q=perehdytys&kind=guide&topic=induction&audience=supervisors"),
    ("member", "/materials/?network=hr&year=2025&language=sv&sort=title"),
    ("member", "/networks/hr/materials/"),
    ("member", "/networks/hr/"),
    ("member", r"/materials/ > /materials/\d+/"),
    ("contact", "/materials/?q=palkka&series=Kuukausikahvit"),
    ("contact", "/materials/?sort=downloads&page=200"),
    ("contact", r"/materials/?q=laskuri > /materials/\d+/"),
    ("admin", "/materials/?kind=slides"),
    ("visitor", "/materials/"),
    ("member", r"/materials/ > /materials/\d+/file"),
    ("member", "/materials/zip?series=Tapaamiset&year=2025&kind=minutes"),
]
MATERIALS = 20_000
WIDTH = 66
LIMIT = 1.2
DONE = (200, 302, 303)  # a page, the way to the first new post, and after a reply
RUSH_TITLES = " ".join(f"{title:>12}" for title in ("per second", "median ms", "slowest ms"))
BARE = """<!doctype html><title>{{ posts[0].title }}</title><h1>{{ posts[0].title }}</h1>
{% for post in posts %}<article id="post-{{ post.id }}"><h2>{{ post.first_name }} {{ post.last_name }}</h2>
<time>{{ post.created_at }}</time>{{ html(post.body_html) }}</article>{% endfor %}"""


@dataclass
class Line:
    """One page: how to ask for it, and what it cost."""

    who: str
    path: str
    ask: Callable[[str], tuple[int, int]]
    status: int = 0
    queries: int = 0
    raw: int = 0
    sent: int = 0
    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    def measure(self) -> None:
        wall, cpu = time.perf_counter(), time.process_time()
        self.status, self.sent = self.ask("gzip, deflate, br, zstd")
        self.cpu.append((time.process_time() - cpu) * 1000)
        self.wall.append((time.perf_counter() - wall) * 1000)

    def show(self, bare: float) -> str:
        p95 = quantiles(self.wall, n=20)[-1]
        cost = f"{median(self.cpu):8.2f} {median(self.wall):8.2f} {p95:8.2f} {median(self.cpu) / bare:7.1f}"
        return f"{self.who:<10} {self.path:<{WIDTH}} {self.status:>6} {self.queries:>7} {cost} {self.raw:>8} {self.sent:>7}"


def asker(app: Flask, path: str, cookie: str = "") -> Callable[[str], tuple[int, int]]:
    """A function that asks for the page, and answers with its status and how many bytes came."""

    def ask(encodings: str) -> tuple[int, int]:
        headers = {"Accept-Encoding": encodings, "Accept-Language": "fi"} | ({"Cookie": cookie} if cookie else {})
        answer: list[str] = []
        body = app.wsgi_app(
            EnvironBuilder(path=path, base_url="http://localhost", headers=headers).get_environ(), lambda status, *_: answer.append(status)
        )
        length = sum(len(part) for part in body)
        if hasattr(body, "close"):
            body.close()
        return int(answer[0][:3]), length

    return ask


def replier(path: str, client: Any) -> Callable[[str], tuple[int, int]]:
    """A function that sends a reply to a thread, as its page's form does."""
    token = re.findall(r'name="csrf_token" value="([^"]+)"', client.get(path.removesuffix("reply")).get_data(as_text=True))[0]

    def send(encodings: str) -> tuple[int, int]:
        data = {"csrf_token": token, "body": "Kiitos, tästä on **apua**."}
        answer = client.post(path, data=data, headers={"Accept-Encoding": encodings})
        return answer.status_code, len(answer.data)

    return send


def sign_in(app: Flask, name: str) -> tuple[Any, str]:
    """A client of that demo account, and its cookie."""
    client = app.test_client()
    if name == "visitor":
        return client, ""
    with app.app_context():
        user_id = db.session.execute(
            sa.text('SELECT id FROM "user" WHERE email = :email'), {"email": f"{name}@extranet.example"}
        ).scalar_one()
        db.session.rollback()
    sign_in_quietly(client, app, user_id)
    cookie = client.get_cookie("session", domain="localhost")
    assert cookie is not None
    return client, f"session={cookie.value}"


def find(client: Any, path: str) -> str:
    """The address itself, or the first link of its shape on the list before `>`."""
    if " > " not in path:
        return path
    start, shape = path.split(" > ")
    links = re.findall(r'href="([^"]+)"', client.get(start).get_data(as_text=True))
    return next((link for link in links if re.fullmatch(shape, link)), path)


def bare_lines(thread_id: int) -> Iterable[Line]:
    """The same posts with nothing around them: what Flask, Jinja and the database cost by themselves."""
    bare, engine = Flask("bare"), db.engine
    parts = "post.id, post.created_at, post.body_html, author.first_name, author.last_name, thread.title"
    posts = sa.text(
        f'SELECT {parts} FROM post JOIN "user" author ON author.id = post.author_id JOIN thread ON thread.id = post.thread_id '
        "WHERE post.thread_id = :thread ORDER BY post.id LIMIT 20"
    )
    viewer = sa.text('SELECT id, first_name FROM "user" WHERE email = :email')

    def read() -> list[Any]:
        with engine.connect() as connection:
            connection.execute(viewer, {"email": "member@extranet.example"}).one()
            return list(connection.execute(posts, {"thread": thread_id}))

    kept = read()
    template = bare.jinja_env.from_string(BARE, globals={"html": Markup})
    bare.add_url_rule("/queries", "queries", lambda: template.render(posts=read()))
    bare.add_url_rule("/memory", "memory", lambda: template.render(posts=kept))
    yield Line("bare", f"{len(kept)} posts, 2 queries", asker(bare, "/queries"))
    yield Line("bare", f"{len(kept)} posts, from memory", asker(bare, "/memory"))


def busiest_thread() -> int:
    """The thread with the most posts that the member reads."""
    query = sa.text(
        "SELECT thread_id FROM post JOIN thread ON thread.id = thread_id JOIN network ON network.id = thread.network_id "
        "WHERE network.slug = 'hr' AND thread.hidden_at IS NULL GROUP BY thread_id ORDER BY count(*) DESC LIMIT 1"
    )
    return db.session.execute(query).scalar_one()


def make_lines(app: Flask, pages: Pages, ids: dict[str, int]) -> list[Line]:
    with app.app_context():
        thread_id = busiest_thread()
        db.session.rollback()
        bare = list(bare_lines(thread_id))
    clients = {name: sign_in(app, name) for name in dict.fromkeys(who for who, _ in pages)}
    found = [(who, find(clients[who][0], path.format(thread=thread_id, **ids))) for who, path in pages]
    return [Line(who, path, _doing(app, path, *clients[who])) for who, path in found] + bare


def _doing(app: Flask, path: str, client: Any, cookie: str) -> Callable[[str], tuple[int, int]]:
    return replier(path.removeprefix("POST "), client) if path.startswith("POST ") else asker(app, path, cookie)


def run(app: Flask, pages: Pages, rounds: int, ids: dict[str, int]) -> list[Line]:
    """Warm up and count, then measure in rounds over all pages. Outside any context of the app: requests would share it."""
    lines = make_lines(app, pages, ids)
    statements: list[str] = []
    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    for line in lines:
        line.ask("identity")
        statements.clear()
        line.status, line.raw = line.ask("identity")
        line.queries = len([s for s in statements if not s.startswith(("BEGIN", "PRAGMA"))])
    for _ in range(rounds):
        for line in lines:
            line.measure()
    return lines


def measure(
    options: argparse.Namespace, pages: Pages, materials: int | None = None, gather: Callable[[], dict[str, int]] = dict
) -> list[Line]:
    """A new installation with the demo data, and a table of what its pages cost."""
    with tempfile.TemporaryDirectory(prefix="extranet-bench-") as folder:
        env = {"EXTRANET_DATA": folder, "SECRET_KEY": "b" * 40, "BASE_URL": "http://localhost", "EXTRANET_WORKER": "none"}
        env |= {name: os.environ[name] for name in ("DATABASE_URL",) if name in os.environ}
        app = create_app(config.load(env))
        with app.app_context():
            install.check_unused()
            started = time.perf_counter()
            install.fill_demo(options.profile, options.scale, materials)
            ids = gather()
            db.session.commit()
            counts = [db.session.scalar(sa.select(sa.func.count()).select_from(model)) for model in (Post, Material)]
            db.session.remove()
            print(
                f"{db.engine.dialect.name}, profile {options.profile} x {options.scale}, {counts[0]} posts, {counts[1]} materials, "
                f"filled in {time.perf_counter() - started:.1f} s"
            )
        lines = run(app, pages, options.rounds, ids)
        with app.app_context():
            db.engine.dispose()
    yardstick = median(lines[-2].cpu)
    titles = f"{'CPU ms':>8} {'wall ms':>8} {'p95':>8} {'x bare':>7}"
    print(f"{'who':<10} {'page':<{WIDTH}} {'status':>6} {'queries':>7} {titles} {'bytes':>8} {'packed':>7}")
    for line in lines:
        print(line.show(yardstick))
    print()
    return lines


def compare(lines: list[Line]) -> None:
    """What ten times the rows cost more, where the lines come in pairs; a page that costs over the limit is marked."""
    for few, many in zip(lines[:-2:2], lines[1:-2:2], strict=True):
        ratio = median(many.cpu) / median(few.cpu)
        mark = f"   over {LIMIT}" if ratio > LIMIT else ""
        print(f"{many.who:<10} {many.path:<{WIDTH}} ten times the rows cost {ratio:4.2f} x{mark}")
    print()


def on_each(name: str) -> Iterator[tuple[str, int, Flask, dict[str, str]]]:
    """A new installation with the cast on each kind of database, and how many servers shall serve it."""
    postgresql = Postgresql()
    postgresql.be_durable()
    for database, servers in ((Sqlite(), 1), (postgresql, 1), (postgresql, 2)):
        with tempfile.TemporaryDirectory(prefix="extranet-rush-") as folder:
            yield f"{database.name}, {servers}", servers, *install_apart(database.empty(name), Path(folder))


def crowd(people: int) -> list[str]:
    """The rush on both databases, on PostgreSQL to two servers as well; prints its table. Returns what went wrong."""
    print(f"{people} people sign up over {rush.Size().connections} connections: first all open the page, then all press")
    print(f"{'database, servers':<20} {'':<8} {RUSH_TITLES}   {'what stands in the database afterwards'}")
    wrong = []
    for where, servers, app, env in on_each("rush"):
        size = rush.Size(people, servers=servers)
        outcome = rush.rush(rush.gather(app, env, size), size)
        print(f"{where:<20} {'opened':<8} {outcome.opened}")
        print(f"{'':<20} {'pressed':<8} {outcome.pressed}   {outcome}")
        wrong += [f"{where}: {fault}" for fault in outcome.faults(size)]
    print()
    return wrong


def writers(replies: int) -> list[str]:
    """Sixteen people who reply in one thread at once, in the same places. Returns what went wrong."""
    print(f"{talk.Size().people} people write {replies} replies each in one thread, all at once")
    print(f"{'database, servers':<20} {'':<8} {RUSH_TITLES}   {'what stands in the thread afterwards'}")
    wrong = []
    for where, servers, app, env in on_each("talk"):
        size = talk.Size(replies=replies, servers=servers)
        outcome = talk.post_at_once(app, env, size)
        print(f"{where:<20} {'replied':<8} {outcome.answers}   {outcome}")
        wrong += [f"{where}: {fault}" for fault in outcome.faults(size)]
    print()
    return wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--profile", choices=["demo", "full"], default="demo")
    parser.add_argument("--scale", type=int, default=1)
    parser.add_argument("--materials", type=int, help="how large the library of the second table is; 0 leaves it out")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--rush", type=int, default=500, help="how many people sign up at once at the end; 0 leaves it out")
    parser.add_argument("--replies", type=int, default=20, help="how many replies sixteen people write at once at the end; 0 leaves it out")
    options = parser.parse_args()
    if "DATABASE_URL" in os.environ:
        lines = measure(options, PAGES + LIBRARY if options.materials else PAGES, options.materials)
    else:
        lines = measure(options, PAGES)
        if options.materials != 0:
            lines += measure(options, LIBRARY, options.materials or MATERIALS)
        for some in (gathering, talk):
            compare(pairs := measure(options, some.PAGES, gather=some.gather))
            lines += pairs
    wrong = [f"not measured: {line.who} {line.path}: {line.status}" for line in lines if line.status not in DONE]
    wrong += crowd(options.rush) if options.rush else []
    wrong += writers(options.replies) if options.replies else []
    sys.exit("\n".join(wrong) if wrong else 0)


if __name__ == "__main__":
    main()
