"""The Finnish business ID (Y-tunnus) and its check digit (domain.md §7.3)."""

import re

WEIGHTS = (7, 9, 10, 5, 8, 4, 2)


def is_valid_business_id(text: str) -> bool:
    """Whether `text` is written 1234567-8 and its last digit agrees with the others."""
    if not re.fullmatch(r"[0-9]{7}-[0-9]", text):
        return False
    rest = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, text, strict=False)) % 11
    if rest == 1:
        return False
    return int(text[-1]) == (0 if rest == 0 else 11 - rest)
