"""What happens later: letters for those who may still see the thing and still want them; old notifications are forgotten."""

from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.db import db
from extranet.jobs.queue import every, task
from extranet.mail.outbox import guard, put_letter
from extranet.networks.access import viewer_for
from extranet.notifications import queries
from extranet.notifications.letters import Form, form_of
from extranet.notifications.models import Notification
from extranet.notifications.notify import tell, wants_letter
from extranet.notifications.words import sentence

KEEP_READ = timedelta(days=180)
KEEP = timedelta(days=365)

every("notifications.sweep", at="03:55")


@guard("notification")
def may_go(notification_id: int) -> bool:
    """Asked at the moment of sending: she may see it, has not read it yet, and wants letters of it (T23, T27)."""
    notification = db.session.get(Notification, notification_id)
    return notification is not None and _form(notification) is not None


def _form(notification: Notification) -> Form | None:
    """What its letter looks like; None if there may be none."""
    if notification.read_at is not None:
        return None
    viewer = viewer_for(notification.user_id)
    wanted = wants_letter(queries.chosen_letters(viewer), notification.is_direct) and queries.may_see(viewer, notification)
    return form_of(viewer, notification) if wanted else None


@task("notifications.tell")
def tell_group(shared: dict[str, Any], people: list[int], direct: list[int], letters: bool) -> None:
    """Tell one group of a large audience."""
    tell(shared, people, direct, letters)


@task("notifications.letters")
def letters(ids: list[int]) -> None:
    """Put a letter into the outbox for each notification that may still go."""
    found = db.session.execute(
        select(Notification, User.email, User.language).join(User, User.id == Notification.user_id).where(Notification.id.in_(ids))
    )
    for notification, email, language in found.all():
        if form := _form(notification):
            put_letter(
                to=email,
                user_id=notification.user_id,
                language=language,
                template=form.template,
                key=f"notification:{notification.id}",
                guarded=("notification", notification.id),
                words=lambda told=notification: sentence(told.text, told.params),
                path=notification.path,
                reply_to=form.reply_to,
                unsubscribe=form.unsubscribe,
                conversation=form.conversation,
                **form.context,
            )


@task("notifications.sweep")
def sweep() -> None:
    """Forget what was read half a year ago, and everything after a year."""
    now = clock.now()
    db.session.execute(delete(Notification).where(Notification.read_at < now - KEEP_READ))
    db.session.execute(delete(Notification).where(Notification.created_at < now - KEEP))
