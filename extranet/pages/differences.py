"""Two texts side by side: what one has and the other has not, line by line."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from extranet.core.text import CONTENT_LANGUAGES


@dataclass(frozen=True)
class Difference:
    """One field in one language; `lines` are (mark, text): "+" only in the second, "-" only in the first, " " in both."""

    field: str
    language: str
    lines: list[tuple[str, str]]


def differences(first: Mapping[str, Mapping[str, str]], second: Mapping[str, Mapping[str, str]]) -> list[Difference]:
    """The fields (title, body) whose text differs in some language."""
    found = []
    for field in first:
        for language in CONTENT_LANGUAGES:
            old, new = first[field].get(language, ""), second[field].get(language, "")
            if old != new:
                found.append(Difference(field, language, _lines(old.splitlines(), new.splitlines())))
    return found


def _lines(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    lines: list[tuple[str, str]] = []
    for kind, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            lines += [(" ", line) for line in old[a:b]]
        else:
            lines += [("-", line) for line in old[a:b]]
            lines += [("+", line) for line in new[c:d]]
    return lines
