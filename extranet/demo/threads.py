"""The demo's threads as they stand in `data/discussions`: what HR people ask each other, and what they answer.

    # Title, or =name of a thread that the cast has
    @@ network kind language age author flags     the opening, `age` ago
    @@ author time flags                          a reply, so long after the post before it

An author is somebody of the cast, `author` for whoever began the thread, or `fi1`, `sv2` …: the first Finnish reader who
writes in this thread, the second Swedish one. `@<` begins what a post said before it was edited, `{name}` mentions somebody.
"""

import re
import shlex
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "data" / "discussions"
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


@dataclass(frozen=True)
class Said:
    """One post. `flags`: accepted, and with a value key, quote, helpful, edited, file and alt."""

    author: str
    after: timedelta
    body: str
    was: str
    flags: dict[str, str]


@dataclass(frozen=True)
class Talk:
    """One thread: its opening and its replies. `continues` is the cast's name of a thread that has its opening already."""

    title: str
    continues: str
    network: str
    kind: str
    language: str
    flags: dict[str, str]
    posts: tuple[Said, ...]

    @property
    def topics(self) -> list[str]:
        return [slug for slug in self.flags.get("topics", "").split(",") if slug]


@cache
def read_talks() -> tuple[Talk, ...]:
    """Everything that is written for the demo."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(_FOLDER.glob("*.md"))]
    return tuple(_read(part) for text in texts for part in re.split(r"(?m)^# ", text) if part.strip())


def _read(text: str) -> Talk:
    title, *posts = re.split(r"(?m)^@@ ", text)
    title = title.strip()
    if title.startswith("="):
        return Talk("", title[1:], "", "", "fi", {}, tuple(_post(post) for post in posts))
    head, _, body = posts[0].partition("\n")
    network, kind, language, age, author, *flags = shlex.split(head)
    opening = _post(f"{author} {age} {shlex.join(flags)}\n{body}")
    return Talk(title, "", network, kind, language, opening.flags, (opening, *(_post(post) for post in posts[1:])))


def _post(text: str) -> Said:
    head, _, body = text.partition("\n")
    author, after, *flags = shlex.split(head)
    lines = body.strip().split("\n")
    was = "\n".join(line[3:] for line in lines if line.startswith("@< "))
    body = "\n".join(line for line in lines if not line.startswith("@< "))
    return Said(author, duration(after), body, was, {name: value for name, _, value in (flag.partition("=") for flag in flags)})


def duration(text: str) -> timedelta:
    """ "40m", "3h", "1.5d"."""
    return timedelta(**{_UNITS[text[-1]]: float(text[:-1])})
