"""What the cast has of questions, invitations and guests."""

from extranet.accounts.tokens import hash_token
from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.demo.cast import Cast
from extranet.events import guest_links
from extranet.events.guest_models import Invitation
from extranet.events.kinds import Mode, SignupState
from extranet.events.models import Event, Signup
from extranet.events.question_models import Question, QuestionKind


def add_to_cast(cast: Cast) -> None:
    """A question, a link for guests, and a guest who came by it: in two events that the tests know by name."""
    question = Question(
        event_id=cast.things["crowded_event"], position=1, kind=QuestionKind.TEXT, label=LocalText(fi="Mistä haluat puhua?", sv="Vad vill du tala om?")
    )  # fmt: skip
    event = db.session.get_one(Event, cast.things["hr_event"])
    assert event.starts_at is not None  # noqa: S101  the cast's own
    event.takes_guests = True
    link = Invitation(event=event, guests=10, created_by_id=event.organiser_id, expires_at=event.starts_at, created_at=clock.days_ago(3))
    db.session.add_all([question, link])
    db.session.flush()
    guest = Signup(
        event=event, guest_name="Kaisu Kutsuttu", guest_email="kaisu@guest.example", guest_organisation="Kehitysosuuskunta Kipinä",
        invitation_id=link.id, mode=Mode.REMOTE, state=SignupState.CONFIRMED, created_at=clock.days_ago(2),
    )  # fmt: skip
    db.session.add(guest)
    db.session.flush()
    link.token_hash = hash_token(guest_links.make_token(link))
    guest.guest_token_hash = hash_token(guest_links.make_token(guest))
    cast.things["crowded_question"], cast.things["hr_invitation"] = question.id, link.id
    cast.things["hr_invitation_token"], cast.things["hr_guest_token"] = guest_links.make_token(link), guest_links.make_token(guest)
