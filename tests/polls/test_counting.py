"""Instant run-off: examples counted by hand, and what must hold for all ballots."""

from hypothesis import given, settings
from hypothesis import strategies as st

from extranet.polls.counting import run_off, winner_of

OPTIONS = [1, 2, 3, 4]
BALLOTS = st.lists(st.permutations(OPTIONS).flatmap(lambda p: st.integers(1, 4).map(lambda n: p[:n])), max_size=30)


def test_a_majority_of_first_places_ends_it_at_once():
    rounds = run_off([1, 2, 3], [[1], [1, 2], [2, 3]])
    assert (winner_of(rounds), len(rounds)) == (1, 1)


def test_the_votes_of_the_last_go_to_their_next_option():
    rounds = run_off([1, 2, 3], [[1]] * 4 + [[2, 3]] * 3 + [[3, 2]] * 2)
    assert [(one.votes, one.loser) for one in rounds] == [({1: 4, 2: 3, 3: 2}, 3), ({1: 4, 2: 5}, None)]
    assert winner_of(rounds) == 2


def test_equals_fall_by_the_earlier_rounds_then_by_their_place_in_the_poll():
    assert run_off([1, 2, 3], [[1], [2], [3]])[0].loser == 3
    rounds = run_off([1, 2, 3, 4], [[1]] * 3 + [[2]] * 2 + [[3]] * 3 + [[4, 2]])
    assert [one.loser for one in rounds[:2]] == [4, 2], "2 had fewer before 4 fell out"


def test_an_election_counted_by_hand():
    """Nine ballots of four options, the rounds written out on paper.

    1: A 3, B 2, C 2, D 2: nobody has 5. Of the three with 2, D stands last: out. Its ballots: one to C, one to B.
    2: A 3, B 3, C 3: all equal, so the round before tells: B and C had 2 there, A 3. Of these C stands later: out. Two to B, one to A.
    3: A 4, B 5: B has more than half of nine.
    """
    a, b, c, d = 1, 2, 3, 4
    ballots = [[a]] * 3 + [[b, a]] * 2 + [[c, b], [c, a]] + [[d, c, b], [d, b, a]]
    rounds = run_off([a, b, c, d], ballots)
    assert [one.votes for one in rounds] == [{a: 3, b: 2, c: 2, d: 2}, {a: 3, b: 3, c: 3}, {a: 4, b: 5}]
    assert [one.loser for one in rounds] == [d, c, None]
    assert winner_of(rounds) == b


def test_ballots_that_name_none_that_is_left_count_no_more():
    """A 2, B 2, C 1: C falls out and its ballot names nobody else. A 2, B 2 of the four that count: B stands later, so A wins."""
    rounds = run_off([1, 2, 3], [[1]] * 2 + [[2]] * 2 + [[3]])
    assert [one.loser for one in rounds[:2]] == [3, 2]
    assert winner_of(rounds) == 1


def test_nobody_voted():
    assert run_off([1, 2], []) == [] and winner_of([]) is None


@settings(deadline=None)
@given(BALLOTS)
def test_the_winner_is_preferred_by_most_of_those_who_rank_either_of_the_last_two(ballots):
    rounds = run_off(OPTIONS, ballots)
    winner = winner_of(rounds)
    assert (winner is None) == (not ballots)
    if winner is None:
        return
    assert rounds == run_off(OPTIONS, list(reversed(ballots))), "the order of ballots does not matter"
    for one, following in zip(rounds, rounds[1:], strict=False):
        assert set(one.votes) - set(following.votes) == {one.loser}
        assert one.votes[one.loser] == min(one.votes.values())
    last = rounds[-1].votes
    assert last[winner] == max(last.values())
