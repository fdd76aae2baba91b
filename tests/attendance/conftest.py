"""An event that is going on, with people who have places."""

import pytest
from sqlalchemy import select

from extranet.accounts.models import User
from extranet.core.db import db
from extranet.events.kinds import EventState, Mode, SignupState
from extranet.events.models import Signup
from extranet.events.tickets import CERTIFICATE, code_of
from tests.events.conftest import plan, work  # noqa: F401  fixtures


@pytest.fixture
def going_on(plan):  # noqa: F811
    """`going_on()`: an event that began an hour ago and lasts two more."""
    return lambda **more: plan(**({"in_hours": -1, "hours": 3} | more))


@pytest.fixture
def over(plan):  # noqa: F811
    """`over()`: an event that ended an hour ago."""
    return lambda **more: plan(**({"in_hours": -4, "hours": 3, "state": EventState.HELD} | more))


@pytest.fixture
def place(stage):
    """`place(event, "member", "medlem")`: their places, as ids; an address makes a guest."""

    def add(event_id, *names, mode=Mode.ONSITE, state=SignupState.CONFIRMED, **more):
        with stage.app.app_context():
            made = []
            for name in names:
                if "@" in name:
                    who = {"guest_name": name.partition("@")[0].replace(".", " ").title(), "guest_email": name, "guest_language": "sv"}
                else:
                    user = db.session.scalar(select(User).where(User.id == stage.ids[name]))
                    who = {"user_id": user.id, "organisation_id": user.organisation_id}
                made.append(Signup(event_id=event_id, mode=mode, state=state, **who, **more))
            db.session.add_all(made)
            db.session.commit()
            ids = [one.id for one in made]
        return ids[0] if len(ids) == 1 else ids

    return add


@pytest.fixture
def ticket(stage):
    """The address behind somebody's QR code; or of a certificate."""

    def path(signup_id, kind="ticket"):
        with stage.app.app_context():
            return f"/{'certificates' if kind == CERTIFICATE else 'tickets'}/{code_of(signup_id, kind)}"

    return path


@pytest.fixture
def send(browser):
    """`send(event, {"signup": 5, "present": True, "age": 0})`: what a phone's script sends."""

    def post(event_id, *marks, name="moderator", status=200):
        someone = browser(name)
        answer = someone.client.post(f"/events/{event_id}/attendance/marks", json={"marks": list(marks)})
        assert answer.status_code == status, answer.get_data(as_text=True)
        return answer.get_json()

    return post


@pytest.fixture
def close(browser):
    """Look at the list and close it."""

    def press(event_id, name="moderator"):
        someone = browser(name)
        return someone.submit(someone.get(f"/events/{event_id}/attendance/close"), "main form")

    return press


@pytest.fixture
def how(rows):
    """Each one's state and whether she is marked, in the order of signing up."""
    return lambda event_id: [(one.state.value, one.checked_in_at is not None) for one in rows(Signup, Signup.event_id == event_id)]
