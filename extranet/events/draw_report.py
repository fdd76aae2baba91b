"""What a draw says about itself: numbers for the organisers, and for each participant why it went like this. Nobody is named."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from extranet.core.text import LocalText
from extranet.events.draw import Outcome
from extranet.events.draw_models import Draw
from extranet.events.programme_models import Session


@dataclass(frozen=True)
class SessionNumbers:
    """One session in a draw. `wished`: how many had it as their first, second … wish; `got`: the numbers of those who got it, by wish."""

    id: int
    title: LocalText
    places: int | None
    wished: Sequence[int]
    got: Sequence[Sequence[int]]

    @property
    def taken(self) -> int:
        return sum(len(numbers) for numbers in self.got)


@dataclass(frozen=True)
class SlotNumbers:
    """One slot in a draw. `ranks`: how many got their first, second … wish; `without`: how many got nothing."""

    slot: str
    starts_at: datetime
    people: int
    ranks: Sequence[int]
    without: int
    sessions: Sequence[SessionNumbers]


@dataclass(frozen=True)
class Missed:
    """A better wish that did not come true. `rivals`: how many wished for it at least as much, the participant included.

    `last`: the largest number among those who got a place by that wish or a better one; `later`: how many of them had a later number.
    """

    title: LocalText
    places: int
    rivals: int
    last: int
    later: int


@dataclass(frozen=True)
class Reason:
    """What one participant got in one slot, and why. `rank`: which wish it was; `number`: the participant's of so many `people`."""

    slot: str
    starts_at: datetime
    got: LocalText | None
    rank: int
    number: int
    people: int
    missed: Sequence[Missed]


@dataclass(frozen=True)
class Explanation:
    """The draw as one participant sees it."""

    draw: Draw
    signup_id: int
    reasons: Sequence[Reason]


def make_report(outcomes: Collection[Outcome], sessions: Iterable[Session], free: Mapping[int, int | None]) -> dict[str, Any]:
    """The numbers of a draw, to be kept with it. `free`: the places that each session had to give."""
    slots: dict[str, dict[str, Any]] = {}
    for session in sessions:
        inside = [one for one in outcomes if session.slot in one.got]
        longest = max((len(one.wishes[session.slot]) for one in inside), default=0)
        slot = slots.setdefault(session.slot, _slot(session, inside, longest))
        wished = Counter(one.wishes[session.slot].index(session.id) for one in inside if session.id in one.wishes[session.slot])
        got: list[list[int]] = [[] for _rank in range(longest)]
        for one in inside:
            if one.got[session.slot] == session.id:
                got[one.rank(session.slot) - 1].append(one.numbers[session.slot])
        slot["sessions"].append(
            {
                "id": session.id,
                "title": dict(session.title),
                "places": free[session.id],
                "wished": [wished[rank] for rank in range(longest)],
                "got": [sorted(numbers) for numbers in got],
            }
        )
    return {"slots": list(slots.values())}


def _slot(session: Session, inside: Sequence[Outcome], longest: int) -> dict[str, Any]:
    ranks = Counter(one.rank(session.slot) for one in inside if one.got[session.slot] is not None)
    return {
        "slot": session.slot,
        "starts_at": session.starts_at.isoformat(),
        "people": len(inside),
        "ranks": [ranks[rank] for rank in range(1, longest + 1)],
        "without": len(inside) - ranks.total(),
        "sessions": [],
    }


def read_report(report: Mapping[str, Any]) -> list[SlotNumbers]:
    """A kept report, for a page."""
    return [
        SlotNumbers(
            slot["slot"], datetime.fromisoformat(slot["starts_at"]), slot["people"], slot["ranks"], slot["without"],
            [SessionNumbers(s["id"], LocalText(s["title"]), s["places"], s["wished"], s["got"]) for s in slot["sessions"]],
        )
        for slot in report["slots"]
    ]  # fmt: skip


def explain(draw: Draw, signup_id: int, results: Mapping[str, Any]) -> Explanation:
    """Why one participant got what she got, out of the kept report alone."""
    reasons = []
    for slot in read_report(draw.report):
        if (mine := results.get(slot.slot)) is not None:
            known = {session.id: session for session in slot.sessions}
            wishes, got, number = mine["wishes"], mine["got"], mine["number"]
            better = wishes if got is None else wishes[: wishes.index(got)]
            missed = [_missed(known[i], rank, number) for rank, i in enumerate(better) if i in known and known[i].places is not None]
            title = known[got].title if got in known else None
            reasons.append(Reason(slot.slot, slot.starts_at, title, len(better) + 1, number, slot.people, missed))
    return Explanation(draw, signup_id, reasons)


def _missed(session: SessionNumbers, rank: int, number: int) -> Missed:
    inside = [n for numbers in session.got[: rank + 1] for n in numbers]
    return Missed(
        session.title, session.places or 0, sum(session.wished[: rank + 1]), max(inside, default=0), sum(n > number for n in inside)
    )
