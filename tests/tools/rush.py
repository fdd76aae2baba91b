"""A rush: many people sign up at the same minute for an event with parallel workshops, over HTTP, against servers that run.

Each of them opens the event's page and sends its form as a browser would. First all open it, then all press: so everybody
believes that there is room. Part of `make bench`; a small one is a test.
"""

import random
import time
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode

from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask_migrate import stamp
from sqlalchemy import func, select

from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.events.kinds import EventState, EventType, Mode, SignupState
from extranet.events.models import Event, Signup
from extranet.events.programme_models import Choice, ChoiceState, Session, SessionType
from extranet.mail.models import Letter
from extranet.networks.models import Network
from tests.page import fields_of
from tests.tools.serving import Answers, House, add_crowd, ask, go, serving, sign_in
from tests.waiting import until


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


@dataclass(frozen=True)
class Ground(House):
    """An installation with a crowd of members who have signed in, and one event that all of them want."""

    event_id: int


def gather(app: Flask, env: dict[str, str], size: Size) -> Ground:
    """Add the crowd and the event to the HR network of the cast."""
    with app.app_context():
        stamp()
        network = db.session.scalars(select(Network).where(Network.slug == "hr")).one()
        cookies = sign_in(app, [user_id for user_id, _organisation_id in add_crowd(network, size.people)])
        event_id = add_event(network, size)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return Ground(app, env, cookies, event_id)


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


def rush(ground: Ground, size: Size) -> Outcome:
    """Serve, let them all come, and look at what is left."""
    with serving(ground, size.servers) as ports:
        path = f"/events/{ground.event_id}/"

        def open_page(connection: HTTPConnection, person: int) -> tuple[int, str, str]:
            return ask(connection, "GET", path, ground.cookies[person])

        opened = go(ports, open_page, size.people, size.connections)
        forms = {person: fill_in(body, random.Random(person)) for person, (body, _cookie) in opened.pages.items()}
        cookies = {person: cookie or ground.cookies[person] for person, (_body, cookie) in opened.pages.items()}

        def press(connection: HTTPConnection, person: int) -> tuple[int, str, str]:
            action, fields = forms[person]
            return ask(connection, "POST", action, cookies[person], urlencode(fields, doseq=True))

        pressed = go(ports, press, size.people, size.connections)
        began = time.monotonic()
        until(lambda: _count_letters(ground) >= size.people or time.monotonic() - began > 120, 150)
        return _look(ground, opened, pressed, time.monotonic() - began)


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
