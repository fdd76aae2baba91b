"""Events that are over, and a worker for what happens later."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from extranet.core import clock
from extranet.core.db import db
from extranet.events.kinds import EventState, Mode, SignupState
from extranet.events.models import Signup
from extranet.jobs.queue import enqueue
from tests.conftest import Stage
from tests.events.conftest import plan, work  # noqa: F401  fixtures


@pytest.fixture
def held(stage: Stage, plan: Callable[..., int]) -> Callable[..., int]:  # noqa: F811
    """`held("member", waiting=("medlem",))`: an event of yesterday, who took part and who only waited."""

    def make(*attended: str, waiting: tuple[str, ...] = (), guests: tuple[str, ...] = (), days: float = 1, **more: object) -> int:
        event = plan(in_hours=-24 * days, state=EventState.HELD, **more)
        with stage.app.app_context():
            for name in attended:
                db.session.add(Signup(event_id=event, user_id=stage.ids[name], mode=Mode.ONSITE, state=SignupState.ATTENDED))
            for name in waiting:
                db.session.add(Signup(event_id=event, user_id=stage.ids[name], mode=Mode.ONSITE, state=SignupState.WAITING))
            for name in guests:
                more_of = {"guest_name": name, "guest_email": f"{name}@guest.example", "guest_language": "sv"}
                db.session.add(Signup(event_id=event, mode=Mode.ONSITE, state=SignupState.ATTENDED, **more_of))
            db.session.commit()
        return event

    return make


@pytest.fixture
def run(stage: Stage, work: Callable[[], None]) -> Callable[..., None]:  # noqa: F811
    """`run("outputs.tell", minutes=11)`: do that job, and what comes of it, so much later."""

    def do(name: str, minutes: float = 0, days: float = 0) -> None:
        with time_machine.travel(clock.now() + timedelta(minutes=minutes, days=days), tick=False):
            with stage.app.app_context():
                enqueue(name)
                db.session.commit()
            work()

    return do
