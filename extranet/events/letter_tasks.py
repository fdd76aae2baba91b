"""What happens later: letters about people's own places are written, and leave only to those who may still know."""

from collections import defaultdict
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from extranet.accounts.models import User
from extranet.core.db import db
from extranet.core.i18n import in_language
from extranet.core.text import LocalText
from extranet.events import guest_links, ics, policy, qr, queries, tickets
from extranet.events.kinds import EventState, Mode
from extranet.events.letters import LETTERS, PUTS_IN, REMINDS, TAKES_OUT, TELLS_SESSIONS
from extranet.events.models import Event, Signup
from extranet.events.programme_models import Choice, ChoiceState, Session
from extranet.events.programme_queries import list_themes_to_join
from extranet.events.signup_queries import REVISION
from extranet.jobs.queue import task
from extranet.mail import delivery
from extranet.mail.message import Attachment
from extranet.mail.outbox import guard, put_letter
from extranet.networks.access import viewer_for
from extranet.notifications.models import Letters, NotificationChoice


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
def write(what: str, signup_ids: list[int], edition: int, about: dict[str, str] | None = None) -> None:
    """Write the letters about people's own places, in their languages; guests get the address of their own page."""
    rows = db.session.execute(_addressees(what, signup_ids)).all()
    sessions = _sessions([row.Signup for row in rows])
    themes = list_themes_to_join([row.Signup for row in rows]) if what in TELLS_SESSIONS else {}
    for signup, email, language, revision in rows:
        event = signup.event
        if not email or (event.state == EventState.CANCELLED) != (what == "cancelled"):
            continue
        path = event.path if signup.user_id is not None else guest_links.path_of(signup)
        files = _calendar_file(signup, what, language, int(revision), path)
        ticket = tickets.path_of(signup.id) if _needs_ticket(signup, what) else ""
        put_letter(
            to=email,
            user_id=signup.user_id,
            language=language,
            template="events/mail/own_place",
            key=f"signup:{signup.id}:{what}:{edition}:{signup.sequence}",
            guarded=("events.signup", signup.id),
            attachments=files + _ticket_file(ticket, what),
            puts_in=bool(files) and what in PUTS_IN,
            reminds=what in REMINDS,
            what=what,
            words=LETTERS[what],
            event=event,
            signup=signup,
            path=path,
            ticket=ticket,
            sessions=sessions[signup.id] if what in (*TELLS_SESSIONS, *REMINDS) else [],
            themes=themes.get(signup.id, []),
            about=LocalText(about or {}),
            reason=event.cancelled_reason or signup.note,
            until=signup.confirm_by,
            position=queries.position_of(signup) if what == "waiting" else 0,
        )


def _addressees(what: str, signup_ids: list[int]) -> Any:
    """The sign-ups of which the letter is still true, with address and language; no reminder to those who want no letters (T27)."""
    wanted = (
        select(Signup, func.coalesce(User.email, Signup.guest_email), func.coalesce(User.language, Signup.guest_language), REVISION)
        .outerjoin(User, User.id == Signup.user_id)
        .where(Signup.id.in_(signup_ids), Signup.state.in_(LETTERS[what].true_in))
        .options(joinedload(Signup.event).options(joinedload(Event.network), joinedload(Event.organiser)))
        .order_by(Signup.id)
    )
    if what in REMINDS:
        silent = select(NotificationChoice.user_id).where(NotificationChoice.letters == Letters.NONE)
        wanted = wanted.where(or_(Signup.user_id.is_(None), Signup.user_id.not_in(silent)))
    return wanted


def _sessions(signups: list[Signup]) -> dict[int, list[Session]]:
    """In which sessions of the programme each of them has a place."""
    found: dict[int, list[Session]] = defaultdict(list)
    chosen = select(Choice.signup_id, Session).join(Session, Session.id == Choice.session_id)
    chosen = chosen.where(Choice.signup_id.in_([signup.id for signup in signups]), Choice.state == ChoiceState.CONFIRMED)
    for signup_id, session in db.session.execute(chosen.order_by(Session.starts_at, Session.id)):
        found[signup_id].append(session)
    return found


def _needs_ticket(signup: Signup, what: str) -> bool:
    return signup.is_confirmed and signup.mode == Mode.ONSITE and what in (*PUTS_IN, *REMINDS)


def _ticket_file(ticket: str, what: str) -> list[Attachment]:
    """The ticket's code as a picture, with the reminder: at the door there may be no connection."""
    if not ticket or what not in REMINDS:
        return []
    return [Attachment("ticket.png", "image/png", qr.make_png(f"{delivery.config().base_url}{ticket}"))]


def _calendar_file(signup: Signup, what: str, language: str, revision: int, path: str | None) -> list[Attachment]:
    """The event for the reader's calendar: only a place that is certain stands there, and only one that was is taken out."""
    is_off = what in TAKES_OUT
    stands_there = signup.is_confirmed or (is_off and signup.sequence > 0)
    if signup.event.starts_at is None or not stands_there or not (is_off or what in PUTS_IN):
        return []
    config = delivery.config()
    with in_language(language):
        content = ics.own_file(signup, config.base_url, config.mail_from, is_off, revision, path)
    method = "CANCEL" if is_off else "REQUEST"
    return [Attachment("event.ics", ics.MIME, content, {"charset": "utf-8", "method": method})]
