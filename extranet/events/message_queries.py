"""What can you see of the messages of an event: organisers all, participants those that went to them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from extranet.accounts.models import User
from extranet.core.db import db
from extranet.core.errors import NotFound
from extranet.core.viewer import Viewer
from extranet.events import desk_queries, policy
from extranet.events.desk_filters import Chosen
from extranet.events.message_models import Message
from extranet.events.models import Event, Signup


def list_recipients(viewer: Viewer, event: Event, chosen: Chosen) -> Sequence[Any]:
    """Who would get a message: those of the choice that have a place, or that wait where the queue was chosen (T41)."""
    return desk_queries.list_all(viewer, event, chosen.only_places())


def list_sent(viewer: Viewer, event: Event) -> Sequence[Message]:
    """What has been sent, newest first."""
    desk_queries.check_desk(viewer, event)
    sent = select(Message).where(Message.event_id == event.id).options(joinedload(Message.sender)).order_by(Message.id.desc()).limit(50)
    return db.session.scalars(sent).all()


def get_message(viewer: Viewer, event: Event, message_id: int) -> Message:
    """A message, for organisers and for those to whom it went; NotFound for others."""
    message = db.session.scalar(
        select(Message).where(Message.id == message_id, Message.event_id == event.id).options(joinedload(Message.sender))
    )
    if message is None:
        raise NotFound
    own = set(db.session.scalars(select(Signup.id).where(Signup.event_id == event.id, Signup.user_id == viewer.user_id)))
    if not policy.can_see_participants(viewer, event) and own.isdisjoint(message.signup_ids):
        raise NotFound
    return message


def reply_address(viewer: Viewer, event: Event) -> str:
    """Who gets the answers: the event's organiser, or whoever writes where there is none."""
    if event.organiser is not None and event.organiser.is_active:
        return event.organiser.email
    return db.session.scalar(select(User.email).where(User.id == viewer.user_id)) or ""
