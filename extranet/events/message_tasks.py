"""What happens later: a message to participants becomes letters."""

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from extranet.accounts.models import User
from extranet.core.db import db
from extranet.events.kinds import IN_FORCE
from extranet.events.message_models import Message
from extranet.events.models import Event, Signup
from extranet.events.places import LETTERS_A_JOB
from extranet.jobs.queue import task
from extranet.mail.outbox import put_letter
from extranet.notifications.models import Letters, NotificationChoice


@task("events.send_message")
def send_message(message_id: int, start: int) -> None:
    """Letters to a part of the group; not to those who have left meanwhile, nor to those who want no letters (T27): they have the notification."""
    message = db.session.scalar(
        select(Message)
        .where(Message.id == message_id)
        .options(joinedload(Message.sender), joinedload(Message.event).joinedload(Event.network))
    )
    if message is None:
        return
    rows = db.session.execute(
        select(
            Signup.id, Signup.user_id, func.coalesce(User.email, Signup.guest_email), func.coalesce(User.language, Signup.guest_language)
        )
        .outerjoin(User, User.id == Signup.user_id)
        .outerjoin(NotificationChoice, NotificationChoice.user_id == Signup.user_id)
        .where(
            Signup.id.in_(message.signup_ids[start : start + LETTERS_A_JOB]),
            Signup.state.in_(IN_FORCE),
            or_(NotificationChoice.letters.is_(None), NotificationChoice.letters != Letters.NONE),
        )
        .order_by(Signup.id)
    )
    for signup_id, user_id, email, language in rows.all():
        put_letter(
            to=email,
            user_id=user_id,
            language=language,
            template="events/mail/message",
            key=f"event-message:{message.id}:{signup_id}",
            guarded=("events.signup", signup_id),
            reply_to=message.reply_to,
            message=message,
            event=message.event,
            is_guest=user_id is None,
        )
