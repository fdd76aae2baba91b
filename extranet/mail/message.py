"""A letter as it travels: RFC 5322, with a text and an HTML part."""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy

ADDRESS = re.compile(r"[!-?A-~]+@[!-?A-~]+")  # visible ASCII around one @


class Verbatim(UnstructuredHeader, BaseHeader):
    """A header of links or ids. The library would encode one that is longer than a line, and mail programs do not decode it."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


_HEADERS = HeaderRegistry()
for _name in ("list-unsubscribe", "reply-to", "references", "in-reply-to"):
    _HEADERS.map_to_type(_name, Verbatim)
_POLICY = SMTP.clone(header_factory=_HEADERS)


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
    attachments: str = field(repr=False, default="")
    reply_to: str = ""
    unsubscribe: str = ""
    conversation: str = ""


@dataclass(frozen=True)
class Attachment:
    """A small file that goes with a letter. `params` stand behind its type: a calendar file says its method there."""

    name: str
    mime: str
    content: bytes
    params: dict[str, str] = field(default_factory=dict)


class BadLetter(Exception):
    """It can never be sent as it is."""


def compose(parcel: Parcel) -> EmailMessage:
    """The message of a parcel. Raises BadLetter where an address or header is impossible."""
    message = EmailMessage(policy=_POLICY)
    try:
        message["From"] = Address(parcel.sender_name, addr_spec=parcel.sender)
        message["To"] = Address(addr_spec=parcel.to)
        message["Subject"] = parcel.subject
        if parcel.reply_to:
            message["Reply-To"] = str(Address(addr_spec=parcel.reply_to))
        message["Message-ID"] = parcel.message_id
        if parcel.conversation:
            message["References"] = message["In-Reply-To"] = parcel.conversation
        if parcel.unsubscribe:
            message["List-Unsubscribe"] = f"<{parcel.unsubscribe}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
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
    for attachment in unpack(parcel.attachments):
        maintype, _, subtype = attachment.mime.partition("/")
        message.add_attachment(
            attachment.content, maintype=maintype, subtype=subtype, filename=attachment.name, params=attachment.params
        )  # fmt: skip
    return message


def pack(attachments: Sequence[Attachment]) -> str:
    """Attachments as the letter's row keeps them; nothing where there are none."""
    files = [{"name": a.name, "mime": a.mime, "params": a.params, "content": b64encode(a.content).decode()} for a in attachments]
    return json.dumps(files) if files else ""


def unpack(kept: str) -> list[Attachment]:
    """What `pack` wrote."""
    return [Attachment(f["name"], f["mime"], b64decode(f["content"]), f["params"]) for f in json.loads(kept or "[]")]
