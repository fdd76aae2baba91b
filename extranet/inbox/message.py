"""A letter taken apart: who wrote it, to which of our addresses, what, and which files came with it."""

import codecs
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import getaddresses
from mimetypes import guess_extension
from typing import Any

from lxml import etree, html  # type: ignore[import-untyped]

MOST_BYTES = 35_000_000
MOST_FILES = 10
MOST_TEXT = 200_000
MOST_PARTS = 100
MOST_MARKS = 200  # lines that may part a letter from its parts
MOST_LINES = 1_000_000  # line ends; a letter of MOST_BYTES has somewhat fewer
LONGEST_HEADER = 5_000
LONGEST_OF_PART = 1_500
MOST_OF_ONE_HEADER = 20
ODD_CHARSETS = ("punycode", "idna")  # for names of hosts; a text in them takes the square of its length
ADDRESSED = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Delivered-To")
BLOCKS = {"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "blockquote", "hr", "ul", "ol", "table", "pre"}
SPACED = {"p", "h1", "h2", "h3", "h4", "blockquote", "ul", "ol", "table", "pre"}
SIGNATURES = (
    "application/pgp-signature",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
)  # of the letter, not of its writer
UNSEEN = {"script", "style", "head", "title"}
LOGO = 8_000  # a picture in the text that is smaller than this belongs to a signature


class Unreadable(Exception):
    """It is no letter, or too broken to be read."""


class Brief(EmailPolicy):
    """The standard library's rules, for headers that are no longer than people's: reading a header takes the square of its length."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        return super().header_fetch_parse(name, value[: LONGEST_OF_PART if name.casefold().startswith("content-") else LONGEST_HEADER])


@dataclass(frozen=True)
class File:
    """What came with a letter."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Message:
    """A letter as far as we need it. `sender`: the one address in From; empty where there is none or several."""

    message_id: str
    sender: str
    recipients: tuple[str, ...]
    is_automatic: bool
    is_forged: bool
    text: str = field(repr=False)
    files: tuple[File, ...] = ()

    @property
    def digest(self) -> str:
        """What the letter is known by."""
        return hashlib.sha256(self.message_id.encode("utf-8", "replace")).hexdigest()


def read(raw: bytes) -> Message:
    """Take a letter apart; anybody can send one, so it is measured first. Raises Unreadable."""
    if sum(map(raw.count, (b"\n--", b"\r--"))) > MOST_MARKS or sum(map(raw.count, (b"\n", b"\r"))) > MOST_LINES:
        raise Unreadable("more parts or lines than a person's letter has")
    try:
        letter = message_from_bytes(raw, policy=Brief())
        assert isinstance(letter, EmailMessage)  # noqa: S101  that is what the policy makes
        parts = [part for part, _ in zip(letter.walk(), range(MOST_PARTS), strict=False)]
        senders = [address for _, address in getaddresses(_all(letter, "From")) if address]
        return Message(
            message_id=_one(letter, "Message-ID").strip() or hashlib.sha256(raw).hexdigest(),
            sender=senders[0].casefold() if len(senders) == 1 else "",
            recipients=tuple(address for _, address in getaddresses([v for name in ADDRESSED for v in _all(letter, name)]) if address),
            is_automatic=_is_automatic(letter),
            is_forged=any(re.search(r"\bdmarc=fail\b", value, re.I) for value in _all(letter, "Authentication-Results")),
            text=_text(parts).encode("utf-8", "replace").decode(),  # UTF-7 allows halves of characters
            files=tuple(_files(parts)),
        )
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError, AssertionError) as error:
        # What the standard library's parser raises at hostile headers is not documented.
        raise Unreadable(type(error).__name__) from error


# Whatever answers by itself: RFC 3834 and its forerunners, then what programs put in front of the subject.
_SAYS_AUTO = re.compile(
    r"^\s*(?:automaattinen (?:vastaus|poissaolo)|automaattivastaus|poissa\b|poissaolo|lomalla|autosvar|automatiskt svar|"
    r"frånvaro|frånvarande|out of (?:the )?office|automatic reply|auto(?:matic)?[- ]?(?:reply|response|svar)|auto:|on vacation|"
    r"undeliver|undelivered|delivery (?:status|failure|has failed)|mail delivery|returned mail|failure notice|"
    r"ei voitu toimittaa|toimitus (?:epäonnistui|ei onnistunut)|viestin toimit|går inte att leverera|olevererat|obeställbart|"
    r"(?:read|luettu|läst|lukukuittaus|läskvitto)\s*:)",
    re.I,
)


def _is_automatic(letter: EmailMessage) -> bool:
    sender = _one(letter, "From").casefold()
    return (
        _one(letter, "Auto-Submitted").split(";")[0].strip().casefold() not in ("", "no")
        or _one(letter, "Precedence").strip().casefold() in ("bulk", "junk", "list", "auto_reply", "auto-reply")
        or any(letter[name] is not None for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "X-Failed-Recipients", "List-Id", "List-Post"))
        or _one(letter, "Return-Path").strip() == "<>"
        or letter.get_content_type() in ("multipart/report", "message/delivery-status", "message/disposition-notification", "multipart/digest")
        or bool(re.search(r"\b(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply)\b", sender))
        or bool(_SAYS_AUTO.match(_one(letter, "Subject")))
    )  # fmt: skip


def _text(parts: list[EmailMessage]) -> str:
    """The plain words; of a letter in HTML alone, what it shows."""
    shown = [part for part in parts if not part.is_multipart() and part.get_content_disposition() != "attachment"]
    plain = _put_together(_decoded(part) for part in shown if part.get_content_type() == "text/plain")
    return plain or _put_together(_shown(_decoded(part)) for part in shown if part.get_content_type() == "text/html")


def _put_together(texts: Iterator[str]) -> str:
    """One text of those that are not empty, as far as there is room."""
    found = ""
    for text in texts:
        if text.strip():
            found = f"{found}\n\n{text}" if found else text
        if len(found) > MOST_TEXT:
            break
    return found[:MOST_TEXT]


def _decoded(part: EmailMessage) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    text = _letters(content, part.get_content_charset("utf-8")).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return _unflowed(text, str(part.get_param("delsp", "")).casefold() == "yes") if part.get_param("format") == "flowed" else text


def _letters(content: bytes, charset: str) -> str:
    """In what the letter says that it is written in; where that cannot be, in what programs mean most often."""
    mode = "replace" if len(content) > 4 * MOST_TEXT else "strict"
    for one in (charset, "utf-8", "cp1252"):
        try:
            if codecs.lookup(one).name not in ODD_CHARSETS:
                return content[: 4 * MOST_TEXT].decode(one, mode)
        except (LookupError, UnicodeError):
            continue
    return content[: 4 * MOST_TEXT].decode("latin-1")


def _unflowed(text: str, drops_space: bool) -> str:
    """Lines that a program has broken to be short are one again (RFC 3676): those that end with a space, but for "-- "."""
    pieces: list[str] = []
    goes_on, depth = False, 0
    for line in text.split("\n"):
        bare = line.lstrip(">")
        quoted, words = len(line) - len(bare), bare.removeprefix(" ")
        is_joined = goes_on and quoted == depth and words != "-- "
        goes_on, depth = words.endswith(" ") and words != "-- ", quoted
        if not is_joined:
            pieces.append(("\n" if pieces else "") + (f"{'>' * quoted} " if quoted else ""))
        pieces.append(words[:-1] if goes_on and drops_space else words)
    return "".join(pieces)


def _shown(source: str) -> str:
    """The words of HTML."""
    try:
        tree = html.document_fromstring(source[: 4 * MOST_TEXT].encode(), parser=html.HTMLParser(encoding="utf-8", remove_comments=True))
    except (etree.ParserError, etree.XMLSyntaxError):
        return ""
    shown = _Shown()
    # By events, not by recursion: a hostile letter nests a million deep.
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            shown.begin(tag, element.text or "")
        else:
            shown.end(tag, element.tail or "")
    shown.end_line()
    return "\n".join(shown.lines)


class _Shown:
    """Blocks on lines of their own, what is quoted behind ">"."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.words: list[str] = []
        self.quoted = 0

    def begin(self, tag: str, text: str) -> None:
        if tag in BLOCKS:
            self.end_line(is_kept=tag == "br")
        self.quoted += tag == "blockquote"
        if tag == "li":
            self.words.append("- ")
        if tag not in UNSEEN:
            self.words.append(text)

    def end(self, tag: str, tail: str) -> None:
        if tag in BLOCKS and tag != "br":
            self.end_line()
        if tag in SPACED:
            self.end_line(is_kept=True)
        self.quoted -= tag == "blockquote"
        self.words.append(tail)

    def end_line(self, is_kept: bool = False) -> None:
        text = " ".join("".join(self.words).split())
        if text or is_kept:
            self.lines.append(f"> {text}" if self.quoted else text)
        self.words.clear()


def _files(parts: list[EmailMessage]) -> Iterator[File]:
    count = 0
    for part in parts:
        if part.is_multipart() or count == MOST_FILES:
            continue
        content, name = part.get_payload(decode=True), part.get_filename()
        is_attached = part.get_content_disposition() == "attachment" or bool(name) or part.get_content_maintype() == "image"
        is_signed = part.get_content_type() in SIGNATURES
        if not is_attached or is_signed or not isinstance(content, bytes) or not content or _is_logo(part, content):
            continue
        count += 1
        yield File(" ".join(str(name or f"liite-{count}{guess_extension(part.get_content_type()) or ''}").split())[:200], content)


def _is_logo(part: EmailMessage, content: bytes) -> bool:
    return part.get_content_disposition() != "attachment" and part["Content-ID"] is not None and len(content) < LOGO


def _one(letter: EmailMessage, name: str) -> str:
    return str(letter[name]) if letter[name] is not None else ""


def _all(letter: EmailMessage, name: str) -> list[str]:
    found = (raw for key, raw in letter.raw_items() if key.casefold() == name.casefold())
    return [str(letter.policy.header_fetch_parse(name, raw)) for raw, _ in zip(found, range(MOST_OF_ONE_HEADER), strict=False)]
