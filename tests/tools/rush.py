"""A rush: many people sign up at the same minute for an event with parallel workshops, over HTTP, against servers that run.

Each of them opens the event's page and sends its form as a browser would. First all open it, then all press: so everybody
believes that there is room. Part of `make bench`; a small one is a test.
"""

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from queue import Empty, SimpleQueue
from statistics import median
from typing import Any
from urllib.parse import urlencode

from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask_migrate import stamp
from sqlalchemy import func, select

from extranet.accounts.models import AuthSession, Side, User, UserState
from extranet.accounts.tokens import LIFETIME, hash_token
from extranet.app import create_app
from extranet.core import clock, config
from extranet.core.db import Base, db
from extranet.core.text import LocalText
from extranet.demo.build import build_cast
from extranet.demo.cast import join
from extranet.events.kinds import EventState, EventType, Mode, SignupState
from extranet.events.models import Event, Signup
from extranet.events.programme_models import Choice, ChoiceState, Session, SessionType
from extranet.mail.models import Letter
from extranet.networks.models import Network
from extranet.organisations.models import Organisation
from tests.page import fields_of
from tests.waiting import until

EXTRANET = str(Path(sys.executable).with_name("extranet"))


@dataclass(frozen=True)
class Size:
    """How many people want how many places, and how much room each of the parallel workshops has."""

    people: int = 500
    workshops: tuple[int, ...] = (80, 100, 120)
    connections: int = 16
    servers: int = 1

    @property
    def places(self) -> int:
        return sum(self.workshops)


@dataclass
class Answers:
    """What the server said, and how long each of them took."""

    seconds: float = 0.0
    taken: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    pages: dict[int, tuple[str, str]] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        return len(self.taken) / self.seconds

    def __str__(self) -> str:
        return f"{self.rate:>12.0f} {median(self.taken) * 1000:>12.0f} {max(self.taken) * 1000:>12.0f}"


@dataclass
class Outcome:
    """Both steps of the rush, and what stands in the database afterwards."""

    opened: Answers
    pressed: Answers
    states: Counter[SignupState]
    people: int
    in_order: bool
    workshops: list[tuple[int, int, int]]
    without: int
    letters: int
    letters_after: float

    def __str__(self) -> str:
        inside = " + ".join(f"{inside} of {room}" for room, inside, _queue in self.workshops)
        return (
            f"{self.states[SignupState.CONFIRMED]} have a place, {self.states[SignupState.WAITING]} wait; in the workshops {inside}; "
            f"{self.letters} letters {self.letters_after:.1f} s later"
        )

    def faults(self, size: Size) -> list[str]:
        """What went wrong, in words; empty if nobody was lost and no place given twice."""
        found = {
            "pages that did not open": self.opened.statuses != {200: size.people},
            "presses that were not answered": self.pressed.statuses != {303: size.people},
            "people lost": self.people != size.people or sum(self.states.values()) != size.people,
            "places given twice, or left": self.states[SignupState.CONFIRMED] != min(size.places, size.people),
            "a queue out of order": not self.in_order,
            "a workshop too full": any(inside > room for room, inside, _queue in self.workshops),
            "people with a place and without a workshop": self.without > 0,
            "letters missing": self.letters != size.people,
        }
        return [fault for fault, is_so in found.items() if is_so]


@dataclass
class Ground:
    """An installation with a crowd of members who have signed in, and one event that all of them want."""

    app: Flask
    env: dict[str, str]
    event_id: int
    cookies: list[str]


def install(url: str, folder: Path) -> tuple[Flask, dict[str, str]]:
    """Put the cast into an empty database; gives the app and its settings."""
    env = {"EXTRANET_DATA": str(folder), "DATABASE_URL": url, "SECRET_KEY": "r" * 40, "BASE_URL": "http://127.0.0.1"}
    app = create_app(config.load(env | {"EXTRANET_WORKER": "none"}), TESTING=True)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        build_cast()
        db.session.commit()
    return app, env


def gather(app: Flask, env: dict[str, str], size: Size) -> Ground:
    """Add the crowd and the event to the HR network of the cast."""
    with app.app_context():
        stamp()
        network = db.session.scalars(select(Network).where(Network.slug == "hr")).one()
        tokens = _sign_in([user_id for user_id, _organisation_id in add_crowd(network, size.people)])
        event_id = add_event(network, size)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    serializer = app.session_interface.get_signing_serializer(app)
    at = int(clock.now().timestamp())
    cookies = [serializer.dumps({"_user_id": token, "_fresh": True, "touched": at}) for token in tokens]
    return Ground(app, env, event_id, cookies)


def add_crowd(network: Network, count: int) -> list[tuple[int, int]]:
    """So many further members of the network; each with the organisation."""
    organisations = list(db.session.scalars(select(Organisation.id).order_by(Organisation.id)))
    people = [
        User(
            email=f"rush{n}@extranet.example", first_name=f"Jäsen{n}", last_name="Joukko", side=Side.EMPLOYER, state=UserState.ACTIVE,
            organisation_id=organisations[n % len(organisations)],
        )
        for n in range(count)
    ]  # fmt: skip
    db.session.add_all(people)
    db.session.flush()
    for user in people:
        join(network, user)
    return [(user.id, user.organisation_id or 0) for user in people]


def add_event(network: Network, size: Size) -> int:
    """An open event of the network with parallel workshops; its id."""
    begins = (clock.now() + timedelta(days=30)).replace(minute=0, second=0, microsecond=0)
    event = Event(
        network=network, type=EventType.IDEA_WORKSHOP, mode=Mode.ONSITE, title=LocalText(fi="Ryntäys", sv="Rusning"),
        state=EventState.OPEN, starts_at=begins, ends_at=begins + timedelta(hours=6), capacity_onsite=size.places,
    )  # fmt: skip
    db.session.add(event)
    db.session.flush()
    db.session.add_all(
        Session(
            event_id=event.id, type=SessionType.WORKSHOP, slot="A", capacity=room, title=LocalText(fi=f"Työpaja {n}", sv=f"Workshop {n}"),
            starts_at=begins + timedelta(hours=1), ends_at=begins + timedelta(hours=2),
        )
        for n, room in enumerate(size.workshops, 1)
    )  # fmt: skip
    return event.id


def _sign_in(ids: Sequence[int]) -> list[str]:
    now, tokens = clock.now(), [f"rush-{n}" for n in range(len(ids))]
    for token, user_id in zip(tokens, ids, strict=True):
        db.session.add(
            AuthSession(token_hash=hash_token(token), user_id=user_id, created_at=now, last_seen_at=now, expires_at=now + LIFETIME)
        )
    return tokens


@contextmanager
def serving(ground: Ground, servers: int) -> Iterator[list[int]]:
    """So many servers as processes of their own, a worker inside each; gives their ports."""
    running = [_start(ground, number) for number in range(servers)]
    try:
        for process, log, _port in running:
            until(
                lambda p=process, log=log: f"Serving {ground.env['BASE_URL']}" in log.read_text() or p.poll() is not None, 60, log.read_text
            )
            assert process.poll() is None, log.read_text()
        yield [port for _process, _log, port in running]
    finally:
        for process, _log, _port in running:
            process.send_signal(signal.SIGTERM)
        for process, _log, _port in running:
            process.wait(timeout=60)


def _start(ground: Ground, number: int) -> tuple[subprocess.Popen[bytes], Path, int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {"PATH": os.environ["PATH"]} | ground.env | {"PORT": str(port)}
    # What it logs goes into a file: a pipe that nobody empties would stop it.
    log = Path(ground.env["EXTRANET_DATA"]) / f"server-{number}.log"
    with log.open("w") as out:
        return subprocess.Popen([EXTRANET, "serve"], env=env, stdout=out, stderr=subprocess.STDOUT), log, port


Ask = Callable[[HTTPConnection, int], tuple[int, str, str]]


def go(ports: Sequence[int], size: Size, ask: Ask) -> Answers:
    """Everybody asks once, over so many connections that stay open; each takes the next person as soon as it is free."""
    waiting: SimpleQueue[int] = SimpleQueue()
    for person in range(size.people):
        waiting.put(person)
    answers, gate = Answers(), threading.Barrier(size.connections + 1)

    def work(number: int) -> None:
        connection = HTTPConnection("127.0.0.1", ports[number % len(ports)], timeout=60)
        gate.wait()
        while True:
            try:
                person = waiting.get_nowait()
            except Empty:
                break
            began = time.perf_counter()
            status, body, cookie = ask(connection, person)
            answers.taken.append(time.perf_counter() - began)
            answers.statuses[status] += 1
            answers.pages[person] = (body, cookie)
        connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(size.connections)]
    for thread in threads:
        thread.start()
    gate.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    answers.seconds = time.perf_counter() - began
    return answers


def rush(ground: Ground, size: Size) -> Outcome:
    """Serve, let them all come, and look at what is left."""
    with serving(ground, size.servers) as ports:
        path = f"/events/{ground.event_id}/"

        def open_page(connection: HTTPConnection, person: int) -> tuple[int, str, str]:
            return _ask(connection, "GET", path, ground.cookies[person])

        opened = go(ports, size, open_page)
        forms = {person: fill_in(body, random.Random(person)) for person, (body, _cookie) in opened.pages.items()}
        cookies = {person: cookie or ground.cookies[person] for person, (_body, cookie) in opened.pages.items()}

        def press(connection: HTTPConnection, person: int) -> tuple[int, str, str]:
            action, fields = forms[person]
            return _ask(connection, "POST", action, cookies[person], urlencode(fields, doseq=True))

        pressed = go(ports, size, press)
        began = time.monotonic()
        until(lambda: _count_letters(ground) >= size.people or time.monotonic() - began > 120, 150)
        return _look(ground, opened, pressed, time.monotonic() - began)


def _ask(connection: HTTPConnection, method: str, path: str, cookie: str, body: str | None = None) -> tuple[int, str, str]:
    headers = {"Cookie": f"session={cookie}", "Accept-Language": "fi"}
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    fresh = [
        part.partition("=")[2] for line in answer.headers.get_all("Set-Cookie") or () if (part := line.split(";")[0])[:8] == "session="
    ]
    return answer.status, text, fresh[0] if fresh else ""


def fill_in(html: str, rng: random.Random) -> tuple[str, dict[str, Any]]:
    """The sign-up form as this person sends it: what is filled in already, workshops in any order, and a tick where one is required."""
    form = BeautifulSoup(html, "html.parser").select_one("form[action$='/sign-up']")
    assert form is not None, "no sign-up form on the page"
    fields = fields_of(form)
    for choice in form.select("fieldset"):
        lists: list[Tag] = choice.select("select")
        radios: list[Tag] = choice.select("input[type=radio]")
        wanted = [str(tag["value"]) for tag in radios or choice.select("select:first-of-type option[value]") if tag["value"]]
        rng.shuffle(wanted)
        for name in dict.fromkeys(str(tag["name"]) for tag in (*radios, *lists)):
            fields[name] = wanted.pop(0) if wanted else ""
    for tag in form.select("input[type=checkbox][required]"):
        fields[str(tag["name"])] = tag.get("value", "y")
    return str(form["action"]), fields


def _count_letters(ground: Ground) -> int:
    """How many confirmations have been written; one for each person."""
    with ground.app.app_context(), db.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(Letter).where(Letter.template == "events/mail/own_place")) or 0


def _look(ground: Ground, opened: Answers, pressed: Answers, waited: float) -> Outcome:
    """What stands in the database, read from outside."""
    letters = _count_letters(ground)
    with ground.app.app_context():
        signups = list(db.session.scalars(select(Signup).where(Signup.event_id == ground.event_id).order_by(Signup.id)))
        choices = Counter(tuple(row) for row in db.session.execute(select(Choice.session_id, Choice.state)))
        sessions = db.session.scalars(select(Session).where(Session.event_id == ground.event_id).order_by(Session.id))
        workshops = [(s.capacity or 0, choices[s.id, ChoiceState.CONFIRMED], choices[s.id, ChoiceState.WAITING]) for s in sessions]
        chosen = set(db.session.scalars(select(Choice.signup_id)))
        confirmed = [s for s in signups if s.state == SignupState.CONFIRMED]
        outcome = Outcome(
            opened=opened,
            pressed=pressed,
            states=Counter(s.state for s in signups),
            people=len({s.user_id for s in signups}),
            in_order=signups[: len(confirmed)] == confirmed,
            workshops=workshops,
            without=len([s for s in confirmed if s.id not in chosen]),
            letters=letters,
            letters_after=waited,
        )
        db.session.remove()
        db.engine.dispose()
    return outcome
