"""How votes are counted, apart from any database.

Options in order of preference are counted by instant run-off: as long as no option has more than half of the ballots that still
count, the option with the fewest first places falls out, and its ballots go to their next option. Of several with the fewest, the
one falls out that had fewer in the round before (and before that), else the one that stands later in the poll: the same ballots
always give the same result. The libraries that do this draw lots for it.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Round:
    """One round: first places of each option that is still in, and the option that falls out after it."""

    votes: dict[int, int]
    loser: int | None


def run_off(options: Sequence[int], ballots: Collection[Sequence[int]]) -> list[Round]:
    """The rounds until an option has more than half, or is the only one left. No ballots: no rounds."""
    left, rounds = list(options), list[Round]()
    while left and ballots:
        first = Counter(next((i for i in ballot if i in left), None) for ballot in ballots)
        votes = {i: first[i] for i in left}
        counted = sum(votes.values())
        if len(left) == 1 or not counted or max(votes.values()) * 2 > counted:
            rounds.append(Round(votes, None))
            break
        loser = min(left, key=lambda i: (votes[i], [before.votes[i] for before in reversed(rounds)], -options.index(i)))
        rounds.append(Round(votes, loser))
        left.remove(loser)
    return rounds


def winner_of(rounds: Sequence[Round]) -> int | None:
    """The option that won the last round; None where nobody voted."""
    if not rounds or not any(rounds[-1].votes.values()):
        return None
    return max(rounds[-1].votes, key=lambda i: rounds[-1].votes[i])
