"""What one text has and another has not, and how long that may take."""

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extranet.previews.difference import Mark, compare

OLD = "Otsikko\n\nVaraa työväline ja aika ensimmäiselle päivälle.\n\nTämä poistuu.\n\nLoppu"
NEW = "Otsikko\n\nVaraa työväline, avain ja aika ensimmäiselle päivälle.\n\nLoppu\n\nKokonaan uusi kappale."


def test_paragraphs_then_words():
    pieces = compare(OLD, NEW)
    assert [piece.mark.value for piece in pieces] == ["same", "changed", "removed", "same", "added"]
    changed = [(mark.value, words) for mark, words in pieces[1].words]
    assert changed == [
        ("same", "Varaa"),
        ("removed", "työväline"),
        ("added", "työväline, avain"),
        ("same", "ja aika ensimmäiselle päivälle."),
    ]


def test_pages_and_spaces_are_no_difference():
    assert {piece.mark for piece in compare("Yksi  kaksi\fKolme", "Yksi kaksi\n\nKolme")} == {Mark.SAME}


paragraphs = st.lists(st.sampled_from(["a b c d", "a b c e", "x", "x y", "aivan muuta tekstiä"]), max_size=12)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(paragraphs, paragraphs)
def test_both_texts_can_be_read_from_it(old, new):
    pieces = compare("\n".join(old), "\n".join(new))
    new_again = [piece.text for piece in pieces if piece.mark != Mark.REMOVED]
    old_again = []
    for piece in pieces:
        if piece.mark == Mark.CHANGED:
            old_again.append(" ".join(words for mark, words in piece.words if mark != Mark.ADDED))
        elif piece.mark != Mark.ADDED:
            old_again.append(piece.text)
    assert new_again == new
    assert old_again == old


def test_texts_made_to_take_long_have_a_bound():
    """Every paragraph like every other, every word the same: the traps of a step-by-step comparison."""
    chance = random.Random(1)
    letters = ["\n".join(chance.choice("ab") for _ in range(8_000)) for _ in range(2)]
    words = ["\n".join(" ".join(chance.choice("ab") for _ in range(290)) for _ in range(3_000)) for _ in range(2)]
    for old, new in (letters, words):
        assert 1 < len(compare(old, new)) <= 10_000
