"""What happens later: letters of notifications, for those who may still see the thing and still want letters."""

from sqlalchemy import select

from extranet.accounts.models import User
from extranet.core.db import db
from extranet.jobs.queue import task
from extranet.mail.outbox import guard, put_letter
from extranet.networks.access import viewer_for
from extranet.notifications import queries
from extranet.notifications.models import Notification
from extranet.notifications.notify import wants_letter
from extranet.notifications.words import sentence


@guard("notification")
def may_go(notification_id: int) -> bool:
    """Asked at the moment of sending: she may see it, has not read it yet, and wants letters of it (T23, T27)."""
    notification = db.session.get(Notification, notification_id)
    if notification is None or notification.read_at is not None:
        return False
    viewer = viewer_for(notification.user_id)
    return wants_letter(queries.chosen_letters(viewer), notification.is_direct) and queries.may_see(viewer, notification)


@task("notifications.letters")
def letters(ids: list[int]) -> None:
    """Put a letter into the outbox for each notification that may still go."""
    found = db.session.execute(
        select(Notification, User.email, User.language).join(User, User.id == Notification.user_id).where(Notification.id.in_(ids))
    )
    for notification, email, language in found.all():
        if may_go(notification.id):
            put_letter(
                to=email,
                user_id=notification.user_id,
                language=language,
                template="notifications/mail/notice",
                key=f"notification:{notification.id}",
                guarded=("notification", notification.id),
                words=lambda told=notification: sentence(told.text, told.params),
                path=notification.path,
            )
