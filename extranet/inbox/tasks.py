"""What happens later: the mailbox is looked into every two minutes; notes of letters are forgotten after ninety days."""

import logging
from datetime import timedelta

from sqlalchemy import delete

from extranet.core import clock
from extranet.core.db import db
from extranet.inbox.imap import MailboxDown, open_mailbox
from extranet.inbox.models import InboundLetter
from extranet.inbox.receiving import receive
from extranet.jobs.queue import every, task
from extranet.mail.delivery import config

KEEP = timedelta(days=90)
KEEP_LETTERS = timedelta(days=30)

every("inbox.fetch", minutes=2)
every("inbox.sweep", at="04:05")

log = logging.getLogger(__name__)


@task("inbox.fetch", outside=True, max_attempts=1)
def fetch() -> None:
    """Take in what lies in the mailbox. A letter is marked after it was taken in: who is killed between meets it again, as known."""
    if not config().imap_url:
        return
    try:
        with open_mailbox(config().imap_url) as mailbox:
            for uid in mailbox.list_new():
                raw = mailbox.read(uid)
                try:
                    if raw is not None:
                        receive(raw)
                except Exception:
                    # One letter that breaks us must not hold up all others for ever: it stays in the mailbox, read.
                    db.session.rollback()
                    log.exception("a letter could not be taken in; it stays in the mailbox, marked as read")
                mailbox.mark_done(uid)
    except MailboxDown as down:
        log.warning("the mailbox cannot be read: %s", down)


@task("inbox.sweep", outside=True)
def sweep() -> None:
    """Forget the notes after ninety days, and remove letters from the mailbox that were taken in a month ago."""
    with db.session.begin():
        db.session.execute(delete(InboundLetter).where(InboundLetter.at < clock.now() - KEEP))
    if config().imap_url:
        try:
            with open_mailbox(config().imap_url) as mailbox:
                mailbox.sweep((clock.now() - KEEP_LETTERS).date())
        except MailboxDown as down:
            log.warning("the mailbox cannot be tidied: %s", down)
