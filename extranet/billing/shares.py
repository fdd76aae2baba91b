"""The arithmetic of a cost split: exact to the cent, in a fixed order, for every rate of VAT and in all (I-19)."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

Rate = Decimal


def split(total_cents: int, codes: Sequence[str]) -> list[int]:
    """The share of each code, in the order given: everybody the floor, the cents that remain one each to the first in the order of code.

    ValueError for nobody, and for a code that comes twice.
    """
    order = _order(codes)
    base, rest = divmod(total_cents, len(codes))
    return [base + (order[code] < rest) for code in codes]


def split_by_rate(totals: Mapping[Rate, int], codes: Sequence[str]) -> list[dict[Rate, int]]:
    """The shares in the sums of each rate of VAT. They are exact for every rate, and for all rates together they are `split`.

    The cents that remain of a rate go on where those of the rate before ended, so nobody pays a cent more for each rate.
    """
    order, first = _order(codes), 0
    shares: list[dict[Rate, int]] = [{} for _code in codes]
    for rate in sorted(totals):
        base, rest = divmod(totals[rate], len(codes))
        for share, code in zip(shares, codes, strict=True):
            share[rate] = base + ((order[code] - first) % len(codes) < rest)
        first = (first + rest) % len(codes)
    return shares


def vat_in(cents: int, rate: Rate) -> int:
    """The tax inside an amount that holds it, to the nearest cent."""
    return int((cents * rate / (100 + rate)).quantize(Decimal(1), ROUND_HALF_UP))


def _order(codes: Sequence[str]) -> dict[str, int]:
    order = {code: place for place, code in enumerate(sorted(codes))}
    if not order or len(order) != len(codes):
        raise ValueError("a split needs organisations, each once")
    return order
