"""A fair draw of places in parallel sessions: what is counted, apart from any database.

In each slot as many people as possible get their best wish; with that kept, as many as possible their second, and so on. Where
several solutions are equally good, lots decide. The lots follow from a seed alone, so anybody can count the draw again.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

LOT_BITS = 40


@dataclass(frozen=True)
class Ballot:
    """What one person wishes for: in each slot the ids of sessions, the most wanted first."""

    signup_id: int
    wishes: Mapping[str, Sequence[int]]
    busy: Sequence[tuple[datetime, datetime]] = ()  # sessions that the person is in already


@dataclass(frozen=True)
class Place:
    """A session with the places that it has to give; None for no limit."""

    session_id: int
    slot: str
    starts_at: datetime
    ends_at: datetime
    free: int | None

    def overlaps(self, times: Iterable[tuple[datetime, datetime]]) -> bool:
        return any(self.starts_at < ends and begins < self.ends_at for begins, ends in times)


@dataclass
class Outcome:
    """What one person got. `numbers`: the person's number in each slot, where the lots decided; `got`: the session, if any."""

    signup_id: int
    wishes: dict[str, list[int]]
    numbers: dict[str, int] = field(default_factory=dict)
    got: dict[str, int | None] = field(default_factory=dict)

    def rank(self, slot: str) -> int:
        """Which wish came true: 1 for the best; one past the last where none did."""
        session_id = self.got[slot]
        return len(self.wishes[slot]) + 1 if session_id is None else self.wishes[slot].index(session_id) + 1


def lot_of(seed: str, signup_id: int) -> int:
    """The lot of a sign-up: the first ten hexadecimal digits of SHA-256 of "seed:id". The smallest comes first."""
    return int(sha256(f"{seed}:{signup_id}".encode()).hexdigest()[: LOT_BITS // 4], 16)


def fingerprint(seed: str) -> str:
    """What can be shown before the draw: it gives the seed away to nobody, and proves afterwards that it is the same one."""
    return sha256(seed.encode()).hexdigest()[:16]


def draw(ballots: Collection[Ballot], places: Collection[Place], seed: str) -> list[Outcome]:
    """Give each person at most one session in each slot. The same ballots, places and seed always give the same outcome.

    Slots come in the order of time. In the second and later ones those come first who missed their best wish most often before.
    """
    outcomes = {b.signup_id: Outcome(b.signup_id, {slot: list(ids) for slot, ids in b.wishes.items() if ids}) for b in ballots}
    busy = {b.signup_id: list(b.busy) for b in ballots}
    missed = dict.fromkeys(outcomes, 0)
    by_id = {place.session_id: place for place in places}
    for slot in _slots(places):
        inside = [one for one in outcomes.values() if slot in one.wishes]
        inside.sort(key=lambda one: (-missed[one.signup_id], lot_of(seed, one.signup_id), one.signup_id))
        possible = {
            one.signup_id: [
                (rank, i)
                for rank, i in enumerate(one.wishes[slot])
                if i in by_id and by_id[i].slot == slot and not by_id[i].overlaps(busy[one.signup_id])
            ]
            for one in inside
        }
        weights = {i: (missed[i] << LOT_BITS) + (1 << LOT_BITS) - lot_of(seed, i) for i in possible}
        got = _assign(possible, weights, {place.session_id: place.free for place in places})
        for number, one in enumerate(inside, 1):
            session_id = got.get(one.signup_id)
            one.numbers[slot], one.got[slot] = number, session_id
            missed[one.signup_id] += one.rank(slot) > 1
            if session_id is not None:
                busy[one.signup_id].append((by_id[session_id].starts_at, by_id[session_id].ends_at))
    return list(outcomes.values())


def queue(outcomes: Iterable[Outcome], slot: str) -> list[Outcome]:
    """The order of the queues after the draw: first those who got no session in the slot, each group in the order of lots."""
    inside = (one for one in outcomes if slot in one.got)
    return sorted(inside, key=lambda one: (one.got[slot] is not None, one.numbers[slot]))


def _slots(places: Iterable[Place]) -> list[str]:
    starts: dict[str, datetime] = {}
    for place in places:
        starts[place.slot] = min(place.starts_at, starts.get(place.slot, place.starts_at))
    return sorted(starts, key=lambda slot: (starts[slot], slot))


def _assign(
    possible: Mapping[int, Sequence[tuple[int, int]]], weights: Mapping[int, int], free: Mapping[int, int | None]
) -> dict[int, int]:
    """The best solution of one slot as a flow of least cost from people through sessions; costs are exact integers.

    One wish of a rank is worth more than all wishes of the ranks below it together; lots come after all of them.
    """
    import networkx as nx  # here, because it is large and few requests need it

    ranks = 1 + max((rank for wishes in possible.values() for rank, _id in wishes), default=-1)
    base, tie = len(possible) + 1, 1 + (ranks + 1) * sum(weights.values())
    graph: Any = nx.DiGraph()
    graph.add_node("end", demand=len(possible))
    for session_id in sorted({i for wishes in possible.values() for _rank, i in wishes}):
        places = free[session_id]
        limit = {} if places is None else {"capacity": places}
        graph.add_edge(("session", session_id), "end", weight=0, **limit)
    for signup_id in sorted(possible):
        graph.add_node(signup_id, demand=-1)
        graph.add_edge(signup_id, "end", weight=ranks * weights[signup_id], capacity=1)
        for rank, session_id in possible[signup_id]:
            worth = base ** (ranks - 1 - rank) * tie
            graph.add_edge(signup_id, ("session", session_id), weight=rank * weights[signup_id] - worth, capacity=1)
    if not possible:
        return {}
    _cost, flow = nx.network_simplex(graph)
    return {
        signup_id: session_id
        for signup_id, wishes in possible.items()
        for _rank, session_id in wishes
        if flow[signup_id][("session", session_id)]
    }
