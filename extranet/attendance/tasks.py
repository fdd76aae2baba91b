"""What happens later: when an event is over, those who took part are asked what they thought of it, once."""

from datetime import timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from extranet.attendance.forgetting import forget_names
from extranet.attendance.models import Closing, Mark
from extranet.core import clock
from extranet.core.db import db
from extranet.core.i18n import N_
from extranet.core.viewer import SYSTEM
from extranet.events.kinds import EventState, Mode, SignupState
from extranet.events.models import Event, Signup
from extranet.events.tickets import path_of
from extranet.jobs.queue import enqueue, every, task
from extranet.mail.outbox import put_letter
from extranet.notifications.notify import notify

SOON_ENOUGH = timedelta(days=3)  # whoever is asked later has forgotten
ASKED = N_("How was it? Tell in a minute: %(title)s")

every("attendance.ask_all", at="08:10")
every("attendance.forget", at="03:50")


@task("attendance.forget")
def forget() -> None:
    """Every night."""
    forget_names()


@task("attendance.ask_all")
def ask_all() -> None:
    """The morning after, whether or not somebody has closed the list."""
    now = clock.now()
    over = Event.state.in_([EventState.OPEN, EventState.CLOSED, EventState.HELD]), Event.ends_at.between(now - SOON_ENOUGH, now)
    for event_id in db.session.scalars(select(Event.id).where(*over).order_by(Event.id)).all():
        enqueue("attendance.ask", event_id=event_id)


@task("attendance.ask")
def ask(event_id: int) -> None:
    """Ask those who came; while the list is open, those who were marked and those who were to take part remotely.

    A list that nobody has marked says nothing: then all who had a place are asked. Nobody is asked twice.
    """
    event = db.session.scalar(select(Event).where(Event.id == event_id).options(joinedload(Event.network)))
    if event is None or not event.is_over or event.ends_at is None or event.ends_at < clock.now() - SOON_ENOUGH:
        return
    came = Signup.state == SignupState.ATTENDED
    if db.session.get(Closing, event.id) is None:
        marked = select(Mark.signup_id).join(Signup, Signup.id == Mark.signup_id).where(Signup.event_id == event.id).limit(1)
        probably = or_(Signup.checked_in_at.is_not(None), Signup.mode == Mode.REMOTE, ~marked.exists())
        came = or_(came, and_(Signup.state == SignupState.CONFIRMED, probably))
    signups = db.session.scalars(select(Signup).where(Signup.event_id == event.id, came).order_by(Signup.id)).all()
    people = {signup.user_id for signup in signups if signup.user_id is not None}
    notify(
        SYSTEM, people, "attendance.ask", about=event, text=ASKED, path=f"{event.path}feedback", key=f"event:{event.id}:feedback",
        direct=people, title=event.title,
    )  # fmt: skip
    for signup in signups:
        if signup.user_id is None:
            put_letter(
                to=signup.guest_email,
                language=signup.guest_language,
                template="attendance/mail/feedback",
                key=f"signup:{signup.id}:feedback",
                event=event,
                name=signup.guest_name,
                path=path_of(signup.id),
            )
