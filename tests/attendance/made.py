"""An event whose list was closed: who came, who did not, a guest, and what they thought of it."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from extranet.accounts.models import User
from extranet.attendance.models import Closing, Feedback, FeedbackGiven
from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.events.kinds import EventState, EventType, Mode, SignupState
from extranet.events.models import Event, Signup
from extranet.events.tickets import CERTIFICATE, code_of
from tests.conftest import Stage

SAID = ((5, "Esimerkit olivat hyviä.\nKiitos."), (4, ""), (2, "Liian vähän aikaa keskustelulle."))


def add_attended(stage: Stage) -> dict[str, Any]:
    """The ids and codes that came of it."""
    with stage.app.app_context():
        begins = clock.now() - timedelta(days=2)
        event = Event(
            network_id=stage.networks["hr"], type=EventType.NETWORK_DAY, mode=Mode.HYBRID, state=EventState.HELD, starts_at=begins,
            ends_at=begins + timedelta(hours=6), title=LocalText(fi="Verkostopäivä Porissa", sv="Nätverksdagen i Björneborg"),
            venue=LocalText(fi="Porin kaupungintalo", sv="Björneborgs stadshus"),
        )  # fmt: skip
        db.session.add(event)
        db.session.flush()
        came = [_place(event, stage, name) for name in ("member", "medlem", "contact")]
        guest = Signup(
            event_id=event.id, guest_name="Vera Vieras", guest_email="vera@vieras.example", mode=Mode.ONSITE, state=SignupState.ATTENDED
        )
        missing = _place(event, stage, "deputy", SignupState.NO_SHOW)
        db.session.add_all([*came, guest, missing, Closing(event_id=event.id)])
        db.session.flush()
        for one in (*came, guest):
            one.checked_in_at = begins
        db.session.add(FeedbackGiven(signup_id=came[1].id))
        for number, (rating, text) in enumerate(SAID):
            db.session.add(Feedback(id=f"{number:032}", event_id=event.id, rating=rating, text=text))
        db.session.commit()
        return {
            "attended_event": event.id,
            "attended_code": code_of(came[0].id),
            "attended_guest": code_of(guest.id),
            "attended_certificate": code_of(came[0].id, CERTIFICATE),
        }


def _place(event: Event, stage: Stage, name: str, state: SignupState = SignupState.ATTENDED) -> Signup:
    user = db.session.scalars(select(User).where(User.id == stage.ids[name])).one()
    return Signup(event_id=event.id, user_id=user.id, organisation_id=user.organisation_id, mode=Mode.ONSITE, state=state)
