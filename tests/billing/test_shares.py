"""I-19: the sum is exact, the order fixed, nobody pays a cent more than needed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extranet.billing.checks import is_valid_iban, is_valid_reference, reference_number
from extranet.billing.shares import split, split_by_rate, vat_in

CODES = st.lists(st.text("0123456789HVA", min_size=1, max_size=5), min_size=1, max_size=40, unique=True)
RATES = st.dictionaries(st.sampled_from([Decimal(rate) for rate in ("0", "10", "13.5", "14", "25.5")]), st.integers(0, 10**8), min_size=1)


def test_the_example_of_the_rule():
    codes = ["091", "109", "224", "284", "609", "638", "710"]
    assert split(100_000, codes) == [14286] * 5 + [14285] * 2
    assert split(100_000, list(reversed(codes))) == [14285] * 2 + [14286] * 5
    assert split(2, ["b", "a", "c"]) == [1, 1, 0]


@given(st.integers(0, 10**9), CODES)
def test_exact_and_in_order(total, codes):
    shares = dict(zip(codes, split(total, codes), strict=True))
    assert sum(shares.values()) == total
    assert max(shares.values()) - min(shares.values()) <= 1
    in_order = [shares[code] for code in sorted(codes)]
    assert in_order == sorted(in_order, reverse=True)


@given(RATES, CODES)
def test_exact_for_every_rate_and_in_all(totals, codes):
    shares = split_by_rate(totals, codes)
    for rate, total in totals.items():
        assert sum(share[rate] for share in shares) == total
        assert max(share[rate] for share in shares) - min(share[rate] for share in shares) <= 1
    assert [sum(share.values()) for share in shares] == split(sum(totals.values()), codes)


@pytest.mark.parametrize("codes", [[], ["1", "1"]])
def test_nobody_and_twice_are_refused(codes):
    with pytest.raises(ValueError, match="each once"):
        split(100, codes)


@given(st.integers(-(10**9), 10**9), st.sampled_from([Decimal(0), Decimal(14), Decimal("25.5")]))
def test_tax_inside_an_amount(cents, rate):
    vat = vat_in(cents, rate)
    assert abs((cents - vat) * rate / 100 - vat) <= 1


def test_tax_by_hand():
    assert (vat_in(12_550, Decimal("25.5")), vat_in(100, Decimal(0)), vat_in(-12_550, Decimal("25.5"))) == (2550, 0, -2550)


@given(st.integers(100, 10**19 - 1))
def test_reference_numbers(base):
    reference = reference_number(base)
    assert is_valid_reference(reference)
    for digit in range(10):
        changed = reference[:-1] + str(digit)
        assert is_valid_reference(changed) == (changed == reference)


def test_reference_numbers_by_hand():
    assert reference_number(1234561) == "12345614" and reference_number(100) == "1009"
    for base in (0, 99, 10**19):
        with pytest.raises(ValueError, match="digits"):
            reference_number(base)


def test_account_numbers():
    assert is_valid_iban("FI2112345600000785")
    assert not is_valid_iban("FI2112345600000786") and not is_valid_iban("") and not is_valid_iban("FI21 1234 5600 0007 85")
