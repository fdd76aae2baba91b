"""What happens later: letters about people's own places are written, and leave only to those who may still know."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from extranet.accounts.models import User
from extranet.core.db import db
from extranet.core.i18n import in_language
from extranet.events import ics, policy, queries
from extranet.events.kinds import EventState
from extranet.events.letters import LETTERS, PUTS_IN, TAKES_OUT
from extranet.events.models import Event, Signup
from extranet.jobs.queue import task
from extranet.mail import delivery
from extranet.mail.message import Attachment
from extranet.mail.outbox import guard, put_letter
from extranet.networks.access import viewer_for


@guard("events.signup")
def may_go(signup_id: int) -> bool:
    """Whether the person of the sign-up may still see the event when the letter leaves (T23)."""
    row = db.session.execute(select(Signup.user_id, Signup.event_id).where(Signup.id == signup_id)).one_or_none()
    if row is None or row.user_id is None:
        return row is not None
    viewer = viewer_for(row.user_id)
    return (
        viewer.is_signed_in and db.session.scalar(select(Event.id).where(Event.id == row.event_id, policy.visible_to(viewer))) is not None
    )


@task("events.write")
def write(what: str, signup_ids: list[int], edition: int) -> None:
    """Write the letters about people's own places, in their languages."""
    rows = db.session.execute(
        select(Signup, func.coalesce(User.email, Signup.guest_email), func.coalesce(User.language, Signup.guest_language))
        .outerjoin(User, User.id == Signup.user_id)
        .where(Signup.id.in_(signup_ids), Signup.state.in_(LETTERS[what].true_in))
        .options(joinedload(Signup.event).options(joinedload(Event.network), joinedload(Event.organiser)))
        .order_by(Signup.id)
    )
    for signup, email, language in rows.all():
        event = signup.event
        if (event.state == EventState.CANCELLED) != (what == "cancelled"):
            continue
        files = _calendar_file(signup, what, language)
        put_letter(
            to=email,
            user_id=signup.user_id,
            language=language,
            template="events/mail/own_place",
            key=f"signup:{signup.id}:{what}:{edition}",
            guarded=("events.signup", signup.id),
            attachments=files,
            puts_in=bool(files) and what in PUTS_IN,
            what=what,
            words=LETTERS[what],
            event=event,
            signup=signup,
            reason=event.cancelled_reason or signup.note,
            until=signup.confirm_by,
            position=queries.position_of(signup) if what == "waiting" else 0,
        )


def _calendar_file(signup: Signup, what: str, language: str) -> list[Attachment]:
    """The event for the reader's calendar: only a place that is certain stands there."""
    is_off = what in TAKES_OUT
    if signup.event.starts_at is None or not (is_off or (what in PUTS_IN and signup.is_confirmed)):
        return []
    config = delivery.config()
    with in_language(language):
        content = ics.own_file(signup, config.base_url, config.mail_from, is_off)
    method = "CANCEL" if is_off else "REQUEST"
    return [Attachment("event.ics", ics.MIME, content, {"charset": "utf-8", "method": method})]
