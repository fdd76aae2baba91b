"""Servers that run, and a crowd that comes to them over HTTP: what the rushes of `make bench` and their small ones in the tests need."""

import os
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
from http.client import HTTPConnection
from pathlib import Path
from queue import Empty, SimpleQueue
from statistics import median

from flask import Flask
from sqlalchemy import select

from extranet.accounts.models import AuthSession, Side, User, UserState
from extranet.accounts.tokens import LIFETIME, hash_token
from extranet.app import create_app
from extranet.core import clock, config
from extranet.core.db import Base, db
from extranet.demo.build import build_cast
from extranet.demo.cast import join
from extranet.networks.models import Network
from extranet.organisations.models import Organisation
from tests.waiting import until

EXTRANET = str(Path(sys.executable).with_name("extranet"))


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


@dataclass(frozen=True)
class House:
    """An installation, and the cookies of a crowd who have signed in to it."""

    app: Flask
    env: dict[str, str]
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


def add_crowd(network: Network, count: int, name: str = "rush") -> list[tuple[int, int]]:
    """So many further members of the network; each with the organisation."""
    organisations = list(db.session.scalars(select(Organisation.id).order_by(Organisation.id)))
    people = [
        User(
            email=f"{name}{n}@extranet.example", first_name=f"Jäsen{n}", last_name="Joukko", side=Side.EMPLOYER, state=UserState.ACTIVE,
            organisation_id=organisations[n % len(organisations)],
        )
        for n in range(count)
    ]  # fmt: skip
    db.session.add_all(people)
    db.session.flush()
    for user in people:
        join(network, user)
    return [(user.id, user.organisation_id or 0) for user in people]


def sign_in(app: Flask, ids: Sequence[int]) -> list[str]:
    """A session for each of these people; what their browsers would send as its cookie."""
    now, tokens = clock.now(), [f"crowd-{user_id}" for user_id in ids]
    for token, user_id in zip(tokens, ids, strict=True):
        db.session.add(
            AuthSession(token_hash=hash_token(token), user_id=user_id, created_at=now, last_seen_at=now, expires_at=now + LIFETIME)
        )
    serializer = app.session_interface.get_signing_serializer(app)
    return [serializer.dumps({"_user_id": token, "_fresh": True, "touched": int(now.timestamp())}) for token in tokens]


@contextmanager
def serving(house: House, servers: int) -> Iterator[list[int]]:
    """So many servers as processes of their own, a worker inside each; gives their ports."""
    running = [_start(house, number) for number in range(servers)]
    try:
        for process, log, _port in running:
            until(
                lambda p=process, log=log: f"Serving {house.env['BASE_URL']}" in log.read_text() or p.poll() is not None, 60, log.read_text
            )
            assert process.poll() is None, log.read_text()
        yield [port for _process, _log, port in running]
    finally:
        for process, _log, _port in running:
            process.send_signal(signal.SIGTERM)
        for process, _log, _port in running:
            process.wait(timeout=60)


def _start(house: House, number: int) -> tuple[subprocess.Popen[bytes], Path, int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {"PATH": os.environ["PATH"]} | house.env | {"PORT": str(port)}
    # What it logs goes into a file: a pipe that nobody empties would stop it.
    log = Path(house.env["EXTRANET_DATA"]) / f"server-{number}.log"
    with log.open("w") as out:
        return subprocess.Popen([EXTRANET, "serve"], env=env, stdout=out, stderr=subprocess.STDOUT), log, port


Ask = Callable[[HTTPConnection, int], tuple[int, str, str]]


def go(ports: Sequence[int], ask: Ask, people: int, connections: int) -> Answers:
    """Everybody asks once, over so many connections that stay open; each takes the next person as soon as it is free."""
    waiting: SimpleQueue[int] = SimpleQueue()
    for person in range(people):
        waiting.put(person)
    answers, gate = Answers(), threading.Barrier(connections + 1)

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

    threads = [threading.Thread(target=work, args=(number,)) for number in range(connections)]
    for thread in threads:
        thread.start()
    gate.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    answers.seconds = time.perf_counter() - began
    return answers


def ask(connection: HTTPConnection, method: str, path: str, cookie: str, body: str | None = None) -> tuple[int, str, str]:
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
