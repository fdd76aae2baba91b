"""Two equal events for `make bench`, one with 200 and one with 2,000 sign-ups: their pages must cost the same."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.events.kinds import Mode, SignupState
from extranet.events.models import Event, Signup
from extranet.events.programme_models import Choice, ChoiceState, Session
from extranet.events.question_models import Answer, Needs, Question, QuestionKind
from extranet.networks.models import Network
from tests.tools.rush import Size, add_event
from tests.tools.serving import add_crowd

FEW, MANY = 200, 2_000
# Whose page, and what follows the event's address. The member has not signed up, so she gets the form; `medlem` has.
SHAPES = (
    ("visitor", ""),
    ("member", ""),
    ("medlem", ""),
    ("medlem", "signup"),
    ("medlem", "participants"),
    ("moderator", ""),
    ("moderator", "desk"),
    ("moderator", "desk?q=joukko&sort=organisation"),
    ("moderator", "desk?state=waiting"),
    ("moderator", "attendance"),
)
PAGES = [(who, f"/events/{{{size}}}/{rest}") for who, rest in SHAPES for size in ("few", "many")]


def gather() -> dict[str, Any]:
    """Add both events to the HR network; their ids."""
    network = db.session.scalars(select(Network).where(Network.slug == "hr")).one()
    people = add_crowd(network, MANY)
    found = {name: _fill(network, people[:count]) for name, count in (("few", FEW), ("many", MANY))}
    db.session.commit()
    return found


def _fill(network: Network, people: Sequence[tuple[int, int]]) -> int:
    event = db.session.get_one(Event, add_event(network, Size(workshops=(5000, 5000, 5000))))
    event.capacity_onsite, event.catering = len(people), True
    question = Question(event_id=event.id, position=1, kind=QuestionKind.TEXT, label=LocalText(fi="Mistä toivot puhuttavan?"))
    db.session.add(question)
    db.session.flush()
    states = (SignupState.CONFIRMED,) * 8 + (SignupState.WAITING, SignupState.CANCELLED)
    rows = [
        {
            "event_id": event.id, "user_id": user_id, "organisation_id": organisation_id, "mode": Mode.ONSITE, "state": states[n % 10],
            "cancelled_at": clock.now() if states[n % 10] == SignupState.CANCELLED else None, "shows_name": n % 3 > 0,
        }
        for n, (user_id, organisation_id) in enumerate(people)
    ]  # fmt: skip
    db.session.execute(insert(Signup), rows)
    _sign_up_named(event)
    ids = db.session.scalars(select(Signup.id).where(Signup.event_id == event.id, Signup.state == SignupState.CONFIRMED)).all()
    rooms = db.session.scalars(select(Session.id).where(Session.event_id == event.id)).all()
    db.session.execute(insert(Choice), [{"signup_id": i, "session_id": rooms[i % 3], "state": ChoiceState.CONFIRMED} for i in ids])
    db.session.execute(insert(Answer), [{"signup_id": i, "question_id": question.id, "text": "Mittareista"} for i in ids if i % 2])
    db.session.execute(insert(Needs), [{"signup_id": i, "diet": "kasvisruoka"} for i in ids if i % 5 == 0])
    return event.id


def _sign_up_named(event: Event) -> None:
    row = db.session.execute(select(User.id, User.organisation_id).where(User.email == "medlem@extranet.example")).one()
    signup = Signup(event_id=event.id, user_id=row.id, organisation_id=row.organisation_id, mode=Mode.ONSITE, state=SignupState.CONFIRMED)
    db.session.add(signup)
    db.session.flush()
