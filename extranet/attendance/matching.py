"""Who of the list was in a remote meeting: the meeting's own list of names and addresses against ours."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extranet.attendance.queries import Person
from extranet.core.text import fold
from extranet.events.kinds import Mode

ADDRESS = re.compile(r"[^\s<>;,\"'()]+@[^\s<>;,\"'()]+")
NOISE = re.compile(r"\([^)]*\)|\[[^\]]*\]|\"|\d{1,2}[.:]\d{2}(?:[.:]\d{2})?")  # "(Guest)", "[external]", the time of joining
HEADINGS = {"name", "full name", "nimi", "namn", "e-mail", "email", "sähköposti", "e-post", "participants", "osallistujat", "deltagare"}
MOST_LINES = 5000


@dataclass
class Match:
    """What the list says: those it surely names, those who share a name with another, and lines that name nobody here."""

    sure: list[Person] = field(default_factory=list)
    unsure: list[tuple[str, list[Person]]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    missing: list[Person] = field(default_factory=list)


def match(text: str, people: Sequence[Person]) -> Match:
    """Find each line's person by address, else by name in either order; a name that two people have is for a person to decide."""
    addresses = {fold(one.email): one for one in people if one.email}
    names: dict[str, list[Person]] = {}
    for one in people:
        for spelled in {fold(one.name), fold(one.sorted_name)}:
            names.setdefault(spelled, []).append(one)
    found, sure, asked = Match(), {}, set()
    for line in dict.fromkeys(text.splitlines()[:MOST_LINES]):
        known = [addresses[fold(word)] for word in ADDRESS.findall(line) if fold(word) in addresses]
        candidates = known or _by_name(line, names)
        if len(candidates) == 1:
            sure[candidates[0].id] = candidates[0]
        elif candidates and candidates[0].id not in asked:
            asked.add(candidates[0].id)
            found.unsure.append((line.strip(), candidates))
        elif not candidates and _says_something(line):
            found.unknown.append(line.strip()[:120])
    found.sure = [one for one in people if one.id in sure]
    named = set(sure) | {one.id for _line, many in found.unsure for one in many}
    found.unsure = [(line, [one for one in many if one.id not in sure]) for line, many in found.unsure]
    found.unsure = [(line, many) for line, many in found.unsure if many]
    found.missing = [one for one in people if one.mode == Mode.REMOTE and one.id not in named]
    return found


def _by_name(line: str, names: dict[str, list[Person]]) -> list[Person]:
    """The line as a whole, its two sides of a comma, or one of its columns."""
    bare = NOISE.sub(" ", ADDRESS.sub(" ", line)).strip(" \t,;<>-–")
    columns = [part.strip(" ,") for part in re.split(r"[;\t|]", bare)]
    for spelled in (bare, bare.replace(",", " "), *columns, *(part.replace(",", " ") for part in columns)):
        if many := names.get(fold(spelled)):
            return many
    return []


def _says_something(line: str) -> bool:
    words = {fold(part) for part in re.split(r"[;,\t|]", line) if part.strip()}
    return bool(words) and not words <= HEADINGS
