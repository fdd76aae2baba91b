"""Claim, send, mark: no transaction is open while a server is spoken to. Each function here is part of a short one."""

import random
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import func, select, update

from extranet.core import clock
from extranet.core.config import Config
from extranet.core.db import db
from extranet.core.i18n import in_language, local_plain
from extranet.core.settings import get_setting
from extranet.mail.message import Parcel
from extranet.mail.models import Letter, LetterState
from extranet.mail.outbox import guards
from extranet.mail.transport import keeps_letters

LEASE = timedelta(minutes=3)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)
MAX_ATTEMPTS = 12
WAITING = {LetterState.QUEUED: Letter.send_at, LetterState.FAILED: Letter.send_at, LetterState.SENDING: Letter.lease_until}
WIPED: dict[str, Any] = {"text": "", "html": "", "attachments": ""}


def config() -> Config:
    found: Config = current_app.extensions["extranet"]
    return found


def claim() -> Parcel | None:
    """Take the next letter: new ones, then those to be tried again, then those whose sender has vanished.

    One that may no longer go is dropped on the way, its words with it (T23). Where that cannot be told, it waits, and holds up no other.
    """
    while (letter := _next()) is not None:
        try:
            with db.session.begin_nested():
                may_go = letter.guard is None or guards[letter.guard](letter.guard_id or 0)
        except Exception as error:
            current_app.logger.exception("the guard of letter %s failed", letter.id)
            _put_off(letter.id, letter.attempts + 1, type(error).__name__)
            continue
        if not may_go:
            _set(letter.id, state=LetterState.DROPPED, lease_until=None, subject="", **WIPED)
            continue
        _set(letter.id, state=LetterState.SENDING, lease_until=clock.now() + LEASE, attempts=letter.attempts + 1)
        with in_language(letter.language):
            sender_name = local_plain(get_setting("service_name"))
        return Parcel(
            letter.id, letter.to, config().mail_from, sender_name, letter.language, letter.subject, letter.text, letter.html,
            letter.message_id, letter.created_at, letter.attempts + 1, letter.rank == 0, letter.attachments,
            letter.reply_to, letter.unsubscribe, letter.conversation,
        )  # fmt: skip
    return None


def _next() -> Any:
    for state, since in WAITING.items():
        row = db.session.execute(
            select(
                Letter.id, Letter.to, Letter.language, Letter.subject, Letter.text, Letter.html, Letter.message_id,
                Letter.created_at, Letter.attempts, Letter.rank, Letter.guard, Letter.guard_id,
                Letter.attachments, Letter.reply_to, Letter.unsubscribe, Letter.conversation,
            )
            .where(Letter.state == state, since <= clock.now())
            .order_by(Letter.rank, Letter.send_at, Letter.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        ).first()  # fmt: skip
        if row is not None:
            return row
    return None


def mark_sent(parcel: Parcel) -> None:
    """It is out. A one-time link in it is wiped, unless letters only go to a folder."""
    wiped = WIPED if parcel.is_secret and not keeps_letters(config().mail_url) else {}
    _set(parcel.id, state=LetterState.SENT, sent_at=clock.now(), lease_until=None, last_error="", **wiped)


def mark_failed(parcel: Parcel, why: str) -> None:
    """Try again later, or give up after the last attempt, about a day."""
    _put_off(parcel.id, parcel.attempts, why)


def mark_dead(parcel: Parcel, why: str) -> None:
    """Give up: the server refused the address or the letter for good."""
    _set(parcel.id, state=LetterState.DEAD, lease_until=None, last_error=why[:300])


def _put_off(letter_id: int, attempts: int, why: str) -> None:
    wait = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** (attempts - 1)) * random.uniform(0.75, 1.25)  # noqa: S311
    again: dict[str, Any] = (
        {"state": LetterState.DEAD} if attempts >= MAX_ATTEMPTS else {"state": LetterState.FAILED, "send_at": clock.now() + wait}
    )
    _set(letter_id, attempts=attempts, lease_until=None, last_error=why[:300], **again)


def next_due() -> datetime | None:
    """When there is something to do again, for letters that wait."""
    times = [
        db.session.scalar(select(func.min(since)).where(Letter.state == state, since.is_not(None))) for state, since in WAITING.items()
    ]
    return min((moment for moment in times if moment is not None), default=None)


def _set(letter_id: int, **values: Any) -> None:
    db.session.execute(update(Letter).where(Letter.id == letter_id).values(**values))
