"""What happens later: letters leave, and are forgotten after a while."""

import logging
from datetime import timedelta

from sqlalchemy import delete, update

from extranet.core import clock
from extranet.core.db import db
from extranet.jobs.queue import enqueue, every, task
from extranet.mail import delivery
from extranet.mail.message import BadLetter, Parcel, compose
from extranet.mail.models import Letter, LetterState
from extranet.mail.transport import NotNow, NoWay, Refusal, Transport, open_transport

log = logging.getLogger(__name__)

LETTERS_A_JOB = 100
KEEP = timedelta(days=90)
KEEP_SECRETS = timedelta(days=1)

every("mail.send", minutes=5)
every("mail.sweep", at="03:50")


@task("mail.send", outside=True)
def send() -> None:
    """Send what waits, at most a hundred letters, so that other jobs get their turn; then come back for the rest.

    Whoever is killed here leaves at most the one letter in flight to be sent again, with the same Message-ID (T30).
    """
    is_open = True
    with open_transport(delivery.config().mail_url) as transport:
        for _turn in range(LETTERS_A_JOB):
            with db.session.begin():
                parcel = delivery.claim()
            if parcel is None or not (is_open := _send(transport, parcel)):
                break
    with db.session.begin():
        if due := delivery.next_due():
            enqueue("mail.send", run_at=due if is_open else max(due, clock.now() + delivery.FIRST_WAIT), dedupe="mail.send")


def _send(transport: Transport, parcel: Parcel) -> bool:
    """Send one letter and mark how that went. Returns whether the next one may be tried."""
    mark, why, is_open = delivery.mark_failed, "", True
    try:
        transport.send(parcel, compose(parcel))
    except (Refusal, BadLetter) as error:
        mark, why = delivery.mark_dead, str(error)
    except NotNow as error:
        why = str(error)
    except NoWay as error:
        why, is_open = str(error), False
    with db.session.begin():
        if why:
            mark(parcel, why)
            log.warning("letter %s was not sent at attempt %s: %s", parcel.id, parcel.attempts, why)
        else:
            delivery.mark_sent(parcel)
            log.info("letter %s was sent", parcel.id)
    return is_open


@task("mail.sweep")
def sweep() -> None:
    """Forget letters after ninety days, one-time links that could not be sent after one."""
    now = clock.now()
    db.session.execute(delete(Letter).where(Letter.created_at < now - KEEP))
    stale = (Letter.rank == 0, Letter.state == LetterState.DEAD, Letter.created_at < now - KEEP_SECRETS)
    db.session.execute(update(Letter).where(*stale).values(**delivery.WIPED))
