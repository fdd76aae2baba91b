"""Caption files on their way in: WebVTT and SubRip are read cue by cue and written anew, so that only what we know is kept."""

import io
import re
from dataclasses import dataclass
from html import unescape
from typing import BinaryIO

from extranet.core.db import let_go
from extranet.core.i18n import gettext as _
from extranet.storage import store

MAX_BYTES = 2_000_000
MAX_CUES = 20_000
ENDINGS = ("vtt", "srt")
PAUSE = 3.0  # seconds of silence after which a transcript begins a paragraph
LONG = 700  # letters after which it does so at the next full stop
_TIMES = re.compile(r"^\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})\s*-->\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})")
# Bounded, and without the sign that they begin with: a file that is made for it would keep the server busy for hours.
_SPEAKER = re.compile(r"<v(?:\.[^\s<>]{0,80})?\s{1,9}([^<>]{1,80})>")
_TAG = re.compile(r"<[^<>]{0,200}>|\{\\[^{}]{0,50}\}")
_APART = ("NOTE", "STYLE", "REGION", "WEBVTT")


class BadCaptions(Exception):
    """The file cannot be taken. The message is a translated sentence that says what to do."""


@dataclass(frozen=True)
class Cue:
    """What is said from one moment to another, in seconds."""

    start: float
    end: float
    speaker: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class NewCaptions:
    """A WebVTT file that is in the store, and its words."""

    sha256: str
    size: int
    text: str


def store_captions(cues: list[Cue]) -> NewCaptions:
    """Put them into the store. That may take a while, so the transaction ends here: load everything anew."""
    let_go()
    stored = store.put(io.BytesIO(as_vtt(cues)))
    return NewCaptions(stored.sha256, stored.size, as_transcript(cues))


def read_captions(stream: BinaryIO, name: str) -> list[Cue]:
    """The cues of a .vtt or .srt file; BadCaptions where something is wrong with it."""
    if name.rpartition(".")[2].casefold() not in ENDINGS:
        raise BadCaptions(_("Captions come as a .vtt or .srt file. Save them in one of these forms and choose the file again."))
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise BadCaptions(_("The file is larger than captions ever are. Check that it is the right one."))
    cues = _cues(_decode(data))
    if not cues:
        raise BadCaptions(
            _("There are no captions in the file. Each needs a line with its times, such as 00:00:01.000 --> 00:00:04.000, and its words below.")
        )  # fmt: skip
    return cues


def as_vtt(cues: list[Cue]) -> bytes:
    """The one form that browsers play."""
    parts = ["WEBVTT\n"]
    for cue in cues:
        first, *rest = (_escape(line) for line in cue.lines)
        voice = f"<v {_escape(cue.speaker)}>" if cue.speaker else ""
        parts.append("\n".join([f"{_clock(cue.start)} --> {_clock(cue.end)}", voice + first, *rest]) + "\n")
    return "\n".join(parts).encode()


def as_transcript(cues: list[Cue]) -> str:
    """The words as paragraphs: a new one when somebody else speaks, after a pause, or when one has become long."""
    paragraphs: list[str] = []
    speaker, end = "", 0.0
    for cue in cues:
        words = " ".join(cue.lines)
        is_full = bool(paragraphs) and len(paragraphs[-1]) > LONG and paragraphs[-1].endswith((".", "?", "!"))
        if not paragraphs or cue.speaker != speaker or cue.start - end > PAUSE or is_full:
            paragraphs.append(f"{cue.speaker}: {words}" if cue.speaker and cue.speaker != speaker else words)
        else:
            paragraphs[-1] += f" {words}"
        speaker, end = cue.speaker, cue.end
    return "\n\n".join(paragraphs)


def _decode(data: bytes) -> str:
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise BadCaptions(_("The file is no text. Captions come as a .vtt or .srt file."))


def _cues(text: str) -> list[Cue]:
    found: list[Cue] = []
    lines = text.split("\n")
    number = 0
    while number < len(lines) and len(found) < MAX_CUES:
        line = lines[number]
        number += 1
        if "-->" not in line or line.startswith(_APART):
            continue
        start, end = _times(line, number)
        words = []
        while number < len(lines) and lines[number].strip() and "-->" not in lines[number]:
            words.append(lines[number])
            number += 1
        if number < len(lines) and "-->" in lines[number] and words and words[-1].strip().isdecimal():
            words.pop()  # the number of the next cue, where the empty line before it is missing
        if cue := _cue(start, end, words):
            found.append(cue)
    return sorted(found, key=lambda cue: cue.start)


def _cue(start: float, end: float, lines: list[str]) -> Cue | None:
    named = _SPEAKER.search("\n".join(lines))
    plain = [" ".join(unescape(_TAG.sub("", line)).split()) for line in lines]
    kept = tuple(line for line in plain if line)
    return Cue(start, end, " ".join(unescape(named[1]).split()) if named else "", kept) if kept else None


def _times(line: str, number: int) -> tuple[float, float]:
    found = _TIMES.match(line)
    if not found:
        raise BadCaptions(_("Line %(line)s: the times cannot be read. Write them as 00:00:01.000 --> 00:00:04.000.", line=number))
    start, end = _seconds(found.groups()[:4]), _seconds(found.groups()[4:])
    if end <= start:
        raise BadCaptions(_("Line %(line)s: the caption ends before it begins. Correct its times and choose the file again.", line=number))
    return start, end


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = parts
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0) + int((fraction or "0").ljust(3, "0")) / 1000


def _clock(seconds: float) -> str:
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{thousandths:03}"


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
