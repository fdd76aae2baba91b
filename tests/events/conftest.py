"""Events for one test, people to fill them, and a worker for what happens later."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from extranet.accounts.models import Side, User, UserState
from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.events.kinds import EventState, EventType, Mode
from extranet.events.models import Event, Signup
from extranet.events.programme_models import Session, SessionType
from extranet.events.question_models import Question, QuestionKind
from extranet.jobs.queue import load_tasks
from extranet.jobs.worker import Runner
from extranet.mail.models import Letter
from extranet.networks.models import Membership, MembershipRole, MembershipState
from tests.conftest import Stage
from tests.page import Browser


@pytest.fixture
def plan(stage: Stage) -> Callable[..., int]:
    """`plan(capacity_onsite=1)`: an open event of the HR network, a month from now."""

    def make(network: str = "hr", in_hours: float = 24 * 30, hours: float = 3, **more: Any) -> int:
        begins = (clock.now() + timedelta(hours=in_hours)).replace(second=0, microsecond=0)
        standard = {
            "network_id": stage.networks[network], "type": EventType.MEETING, "mode": Mode.ONSITE, "title": LocalText(fi="Tapaaminen", sv="Träff"),
            "state": EventState.OPEN, "starts_at": begins, "ends_at": begins + timedelta(hours=hours), "organiser_id": stage.ids["moderator"],
        }  # fmt: skip
        with stage.app.app_context():
            event = Event(**(standard | more))
            db.session.add(event)
            db.session.commit()
            return event.id

    return make


@pytest.fixture
def ask(stage: Stage) -> Callable[..., int]:
    """`ask(event, "Mistä puhutaan?", required=True)`: a question of the organiser's own; its id."""

    def make(event_id: int, label: str, kind: QuestionKind = QuestionKind.TEXT, **more: Any) -> int:
        with stage.app.app_context():
            question = Question(event_id=event_id, position=1, kind=kind, label=LocalText(fi=label, sv=f"{label} (sv)"), **more)
            db.session.add(question)
            db.session.commit()
            return question.id

    return make


@pytest.fixture
def programme(stage: Stage, plan: Callable[..., int]) -> Callable[..., tuple[int, list[int]]]:
    """An event with one slot of three workshops, two places each; its id and theirs."""

    def make(*capacities: int, **more: Any) -> tuple[int, list[int]]:
        event_id = plan(**more)
        with stage.app.app_context():
            event = db.session.get_one(Event, event_id)
            sessions = [
                Session(
                    event_id=event_id, type=SessionType.WORKSHOP, slot="A", capacity=capacity, title=LocalText(fi=f"Paja {n}"),
                    starts_at=event.starts_at, ends_at=event.starts_at + timedelta(hours=1),
                )
                for n, capacity in enumerate(capacities)
            ]  # fmt: skip
            db.session.add_all(sessions)
            db.session.commit()
            return event_id, [session.id for session in sessions]

    return make


@pytest.fixture
def crowd(stage: Stage) -> Callable[[int], list[Browser]]:
    """`crowd(3)`: browsers of that many further members of the HR network."""

    def make(count: int) -> list[Browser]:
        with stage.app.app_context():
            people = [
                User(
                    email=f"crowd{n}@extranet.example",
                    first_name=f"Jäsen{n}",
                    last_name="Joukko",
                    side=Side.EMPLOYER,
                    state=UserState.ACTIVE,
                )
                for n in range(count)
            ]
            db.session.add_all(people)
            db.session.flush()
            for user in people:
                db.session.add(
                    Membership(
                        network_id=stage.networks["hr"], user_id=user.id, role=MembershipRole.MEMBER, state=MembershipState.ACTIVE,
                        joined_at=clock.now(),
                    )
                )  # fmt: skip
            db.session.commit()
            ids = [user.id for user in people]
        return [Browser(stage.app, user_id) for user_id in ids]

    return make


@pytest.fixture
def states(stage: Stage) -> Callable[[int], dict[int, str]]:
    """Who has which state in an event, in the order of signing up."""

    def read(event_id: int) -> dict[int, str]:
        with stage.app.app_context():
            rows = db.session.execute(select(Signup.user_id, Signup.state).where(Signup.event_id == event_id).order_by(Signup.id))
            return {user_id: state.value for user_id, state in rows}

    return read


@pytest.fixture
def letters(work: Callable[[], None], rows: Callable[..., list[Any]]) -> Callable[[], list[tuple[str, str]]]:
    """Do the jobs that wait; then who got which letter about an own place."""

    def read() -> list[tuple[str, str]]:
        work()
        found = [letter for letter in rows(Letter) if letter.template == "events/mail/own_place"]
        return [(letter.to.partition("@")[0], letter.key.split(":")[2]) for letter in found]

    return read


@pytest.fixture
def signup_of(stage: Stage) -> Callable[[int, str], int]:
    """The id of somebody's latest sign-up."""

    def find(event_id: int, name: str) -> int:
        with stage.app.app_context():
            found = db.session.scalar(
                select(Signup.id).where(Signup.event_id == event_id, Signup.user_id == stage.ids[name]).order_by(Signup.id.desc())
            )
            assert found is not None
            return found

    return find


@pytest.fixture
def work(stage: Stage) -> Callable[[], None]:
    """Do the jobs that wait."""

    def run() -> None:
        load_tasks()
        runner = Runner(stage.app, threading.Event())
        while runner.step():
            pass

    return run
