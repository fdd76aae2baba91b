"""What one text has and another has not: paragraphs first, then words inside paragraphs that changed.

The time it takes is bounded whatever the texts are. Paragraphs that stand once in both are the anchors (as in patience
diff); only the stretches between them are compared step by step, and only while they are short.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

PARAGRAPHS = 5_000  # of each text; what comes after these is not compared
STRETCH = 200  # paragraphs between two anchors; a longer stretch counts as replaced
WORDS = 300  # in a paragraph that is compared word by word
ALIKE = 0.4  # the share of words that two paragraphs have in common when one is the other, changed
PAIRS = 1_000_000  # of words that are compared in all


class Mark(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Piece:
    """A paragraph, and whether both texts have it. A changed one has `words`: stretches that are same, added or removed."""

    mark: Mark
    text: str
    words: tuple[tuple[Mark, str], ...] = ()


def compare(old: str, new: str) -> list[Piece]:
    """The new text, with what came and what went, in its order."""
    return _Comparison().compare(_paragraphs(old), _paragraphs(new))


def _paragraphs(text: str) -> list[str]:
    found = [" ".join(line.split()) for line in text.replace("\f", "\n").split("\n")]
    return [line for line in found if line][:PARAGRAPHS]


class _Comparison:
    def __init__(self) -> None:
        self.room = PAIRS

    def compare(self, old: list[str], new: list[str]) -> list[Piece]:
        pieces: list[Piece] = []
        from_old = from_new = 0
        for at_old, at_new in [*_anchors(old, new), (len(old), len(new))]:
            pieces += self._stretch(old[from_old:at_old], new[from_new:at_new])
            if at_new < len(new):
                pieces.append(Piece(Mark.SAME, new[at_new]))
            from_old, from_new = at_old + 1, at_new + 1
        return pieces

    def _stretch(self, old: list[str], new: list[str]) -> list[Piece]:
        if not old or not new:
            return [*(Piece(Mark.REMOVED, text) for text in old), *(Piece(Mark.ADDED, text) for text in new)]
        if max(len(old), len(new)) > STRETCH:
            return self._replaced(old, new)
        pieces: list[Piece] = []
        for kind, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
            pieces += [Piece(Mark.SAME, text) for text in new[c:d]] if kind == "equal" else self._replaced(old[a:b], new[c:d])
        return pieces

    def _replaced(self, old: list[str], new: list[str]) -> list[Piece]:
        """Paragraphs that are alike are one that changed; the others came or went."""
        pieces: list[Piece] = []
        waiting = list(old)
        for text in new:
            place = next((n for n, other in enumerate(waiting[:5]) if self._is_alike(other, text)), None)
            if place is None:
                pieces.append(Piece(Mark.ADDED, text))
                continue
            pieces += [Piece(Mark.REMOVED, gone) for gone in waiting[:place]]
            pieces.append(Piece(Mark.CHANGED, text, _words(waiting[place].split(), text.split())))
            waiting = waiting[place + 1 :]
        return [*pieces, *(Piece(Mark.REMOVED, gone) for gone in waiting)]

    def _is_alike(self, old: str, new: str) -> bool:
        if self.room < 0:
            return False
        one, other = old.split(), new.split()
        if max(len(one), len(other)) > WORDS:
            return False
        common = sum((Counter(one) & Counter(other)).values())
        if common < ALIKE * max(len(one), len(other)):
            return False
        self.room -= len(one) * len(other)
        return True


def _words(old: list[str], new: list[str]) -> tuple[tuple[Mark, str], ...]:
    found: list[tuple[Mark, str]] = []
    for kind, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append((Mark.SAME, " ".join(new[c:d])))
            continue
        if a < b:
            found.append((Mark.REMOVED, " ".join(old[a:b])))
        if c < d:
            found.append((Mark.ADDED, " ".join(new[c:d])))
    return tuple(found)


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Places of paragraphs that stand once in each text, as many as keep their order (the longest increasing run)."""
    count_old, count_new = Counter(old), Counter(new)
    places = {text: n for n, text in enumerate(new) if count_new[text] == 1}
    pairs = [(n, places[text]) for n, text in enumerate(old) if count_old[text] == 1 and text in places]
    ends: list[int] = []  # the smallest end of a run of each length
    at: list[int] = []  # which pair that is
    before: list[int] = []
    for n, (_old, new_place) in enumerate(pairs):
        length = bisect_left(ends, new_place)
        before.append(at[length - 1] if length else -1)
        if length == len(ends):
            ends.append(new_place)
            at.append(n)
        else:
            ends[length], at[length] = new_place, n
    found = []
    n = at[-1] if at else -1
    while n >= 0:
        found.append(pairs[n])
        n = before[n]
    return found[::-1]
