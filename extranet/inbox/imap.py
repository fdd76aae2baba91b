"""The mailbox: letters are taken out of it one by one, and stay in it until they are taken in."""

import imaplib
import logging
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from urllib.parse import unquote, urlsplit

from extranet.inbox.message import MOST_BYTES

TIMEOUT = 30.0
PORTS = {"imap": 143, "imap+starttls": 143, "imaps": 993}
LETTERS_A_TURN = 50

log = logging.getLogger(__name__)


class MailboxDown(Exception):
    """The mailbox cannot be reached or does not know us."""


class Mailbox:
    """The folder of IMAP_URL, opened for one turn."""

    def __init__(self, connection: imaplib.IMAP4) -> None:
        self.connection = connection

    def list_new(self) -> list[bytes]:
        """The oldest letters that nobody has looked at."""
        _kind, found = _check(self.connection.uid("SEARCH", "UNSEEN", "UNDELETED"))
        return list((found[0] or b"").split()[:LETTERS_A_TURN])

    def read(self, uid: bytes) -> bytes | None:
        """The letter as it came; None for one that is too large to be held. It stays unread."""
        _kind, sizes = _check(self.connection.uid("FETCH", uid.decode(), "(RFC822.SIZE)"))
        size = _number(sizes)
        if size > MOST_BYTES:
            return None
        _kind, parts = _check(self.connection.uid("FETCH", uid.decode(), "(BODY.PEEK[])"))
        return next((bytes(part[1]) for part in parts if isinstance(part, tuple)), b"")

    def mark_done(self, uid: bytes) -> None:
        """Nobody looks at it again."""
        _check(self.connection.uid("STORE", uid.decode(), "+FLAGS.SILENT", "(\\Seen)"))

    def sweep(self, before: date) -> None:
        """Remove what was taken in before that day: the discussion has it, or nobody."""
        day = f"{before.day:02}-{_MONTHS[before.month - 1]}-{before.year}"  # English whatever the locale
        _kind, found = _check(self.connection.uid("SEARCH", "SEEN", "BEFORE", day))
        for uid in (found[0] or b"").split()[: 10 * LETTERS_A_TURN]:
            _check(self.connection.uid("STORE", uid.decode(), "+FLAGS.SILENT", "(\\Deleted)"))
        _check(self.connection.expunge())


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@contextmanager
def open_mailbox(url: str) -> Iterator[Mailbox]:
    """Sign in and open the folder; INBOX where the address names none. Raises MailboxDown."""
    parts = urlsplit(url)
    connection: imaplib.IMAP4 | None = None
    try:
        connection = _connect(parts.scheme, parts.hostname or "localhost", parts.port or PORTS[parts.scheme])
        connection.login(unquote(parts.username or ""), unquote(parts.password or ""))
        folder = unquote(parts.path.strip("/")) or "INBOX"
        _check(connection.select('"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'))
        yield Mailbox(connection)
    except (OSError, imaplib.IMAP4.error) as error:
        # The server's own words may hold the name or the password that it was given.
        raise MailboxDown(type(error).__name__) from error
    finally:
        if connection is not None:
            _leave(connection)


def _connect(scheme: str, host: str, port: int) -> imaplib.IMAP4:
    context = ssl.create_default_context()
    if scheme == "imaps":
        return imaplib.IMAP4_SSL(host, port, ssl_context=context, timeout=TIMEOUT)
    connection = imaplib.IMAP4(host, port, timeout=TIMEOUT)
    if scheme == "imap+starttls":
        connection.starttls(context)
    return connection


def _leave(connection: imaplib.IMAP4) -> None:
    try:
        connection.logout()
    except (OSError, imaplib.IMAP4.error):
        connection.shutdown()


def _check(answer: tuple[str, Any]) -> tuple[str, list[bytes]]:
    if answer[0] != "OK":
        raise imaplib.IMAP4.error("the server said no")
    return answer


def _number(parts: list[bytes]) -> int:
    text = b" ".join(part if isinstance(part, bytes) else part[0] for part in parts if part).upper()
    _, _, rest = text.partition(b"RFC822.SIZE ")
    digits = rest.split(b")")[0].split()[0] if rest else b"0"
    return int(digits) if digits.isdigit() else 0
