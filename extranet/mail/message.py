"""A letter as it travels: RFC 5322, with a text and an HTML part."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

ADDRESS = re.compile(r"[!-?A-~]+@[!-?A-~]+")  # visible ASCII around one @


@dataclass(frozen=True)
class Parcel:
    """A letter in a worker's hands, apart from its row."""

    id: int
    to: str
    sender: str
    sender_name: str
    language: str
    subject: str
    text: str = field(repr=False)
    html: str = field(repr=False)
    message_id: str
    created_at: datetime
    attempts: int
    is_secret: bool


class BadLetter(Exception):
    """It can never be sent as it is."""


def compose(parcel: Parcel) -> EmailMessage:
    """The message of a parcel. Raises BadLetter where an address or header is impossible."""
    message = EmailMessage(policy=SMTP)
    try:
        message["From"] = Address(parcel.sender_name, addr_spec=parcel.sender)
        message["To"] = Address(addr_spec=parcel.to)
        message["Subject"] = parcel.subject
        message["Message-ID"] = parcel.message_id
    except (ValueError, IndexError, TypeError, MessageError) as error:
        raise BadLetter("the address or the subject cannot stand in a letter") from error
    if not ADDRESS.fullmatch(parcel.to):
        raise BadLetter("this is no address that mail servers take")
    message["Date"] = parcel.created_at
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(parcel.text, cte="quoted-printable")
    message.add_alternative(parcel.html, subtype="html", cte="quoted-printable")
    message["Content-Language"] = parcel.language
    return message
