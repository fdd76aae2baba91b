"""Ways out: SMTP with STARTTLS, TLS or neither, or a folder of .eml files. Chosen by MAIL_URL."""

import os
import smtplib
import ssl
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self
from urllib.parse import SplitResult, unquote, urlsplit

from extranet.jobs.reasons import scrub
from extranet.mail.message import Parcel

TIMEOUT = 20.0
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


class Refusal(Exception):
    """The server will not take this letter, now or ever (5xx)."""


class NotNow(Exception):
    """The server did not take this letter, but may take it later (4xx)."""


class NoWay(Exception):
    """There is no connection, or the server does not know us: no letter gets out now."""


class Transport(Protocol):
    def __enter__(self) -> Self: ...
    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...

    def send(self, parcel: Parcel, message: EmailMessage) -> None:
        """Hand one letter over. Raises Refusal, NotNow or NoWay."""
        ...


def open_transport(url: str) -> Transport:
    """The way out that MAIL_URL names; connected at the first letter."""
    parts = urlsplit(url)
    return Folder(Path(unquote(parts.path))) if parts.scheme == "file" else Smtp(parts)


def keeps_letters(url: str) -> bool:
    """Whether letters only go to a folder of this machine, for people who develop and try out."""
    return urlsplit(url).scheme == "file"


class Folder:
    """One file per letter; the same letter again is the same file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        return None

    def send(self, parcel: Parcel, message: EmailMessage) -> None:
        """Write `<when>-<id>.eml`; a half-written file never has that name."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            name = f"{parcel.created_at:%Y%m%d-%H%M%S}-{parcel.id}"
            half = self.path / f".{name}.{os.getpid()}"
            half.write_bytes(message.as_bytes())
            half.replace(self.path / f"{name}.eml")
        except OSError as error:
            raise NoWay(scrub(error.strerror or "")) from error


class Smtp:
    """One connection for many letters."""

    def __init__(self, parts: SplitResult) -> None:
        self.parts = parts
        self.connection: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.connection is not None:
            try:
                self.connection.quit()
            except (OSError, smtplib.SMTPException):
                self.connection.close()

    def send(self, parcel: Parcel, message: EmailMessage) -> None:
        """Hand one letter over."""
        try:
            if self.connection is None:
                self.connection = self._connect()
            self.connection.sendmail(parcel.sender, [parcel.to], message.as_bytes())
        except smtplib.SMTPRecipientsRefused as refused:
            code, words = next(iter(refused.recipients.values()))
            raise _verdict(code, words) from refused
        except smtplib.SMTPDataError as refused:
            raise _verdict(refused.smtp_code, refused.smtp_error) from refused
        except smtplib.SMTPResponseException as refused:
            # Greeting, sign-in and sender: that concerns every letter, not this one.
            raise NoWay(_words(refused.smtp_code, refused.smtp_error)) from refused
        except (OSError, smtplib.SMTPException) as broken:
            raise NoWay(f"{type(broken).__name__}: {scrub(str(broken))}") from broken

    def _connect(self) -> smtplib.SMTP:
        scheme, host = self.parts.scheme, self.parts.hostname or "localhost"
        port = self.parts.port or PORTS[scheme]
        context = ssl.create_default_context()
        connection: smtplib.SMTP
        if scheme == "smtps":
            connection = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=context)
        else:
            connection = smtplib.SMTP(host, port, timeout=TIMEOUT)
        try:
            if scheme == "smtp+starttls":
                connection.starttls(context=context)
            if self.parts.username:
                connection.login(unquote(self.parts.username), unquote(self.parts.password or ""))
        except BaseException:
            connection.close()
            raise
        return connection


def _verdict(code: int, words: bytes | str) -> Refusal | NotNow | NoWay:
    if code == 421:
        return NoWay(_words(code, words))
    return Refusal(_words(code, words)) if code >= 500 else NotNow(_words(code, words))


def _words(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {scrub(text)}"
