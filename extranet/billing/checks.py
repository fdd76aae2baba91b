"""What is checked in numbers that people copy: reference number, IBAN, e-invoice address. What is only odd is warned about, never blocked."""

import re

from extranet.core.i18n import gettext as _
from extranet.organisations.business_id import is_valid_business_id


def reference_number(base: int) -> str:
    """The Finnish reference number of `base`: its digits and a check digit, weights 7 3 1 from the right. 3 to 19 digits."""
    digits = str(base)
    if base < 100 or len(digits) > 19:
        raise ValueError("a reference number has 3 to 19 digits before its check digit")
    total = sum(int(digit) * (7, 3, 1)[place % 3] for place, digit in enumerate(reversed(digits)))
    return f"{digits}{-total % 10}"


def is_valid_reference(text: str) -> bool:
    """Whether the last digit agrees with the others."""
    return bool(re.fullmatch(r"[1-9][0-9]{3,19}", text)) and reference_number(int(text[:-1])) == text


def is_valid_iban(text: str) -> bool:
    """Whether `text`, written without spaces, is an IBAN whose check digits agree."""
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", text):
        return False
    return int("".join(str(int(sign, 36)) for sign in text[4:] + text[:4])) % 97 == 1


def warn_of(business_id: str, einvoice_address: str, operator_code: str) -> list[str]:
    """What looks odd in billing details, as sentences for whoever wrote them (domain.md §7.3). Nothing of it is blocked."""
    found = []
    if business_id and not is_valid_business_id(business_id):
        found.append(_("The check digit of the business ID %(number)s does not match. Check it against an invoice.", number=business_id))
    if einvoice_address and (why := _odd_address(einvoice_address, business_id)):
        found.append(why)
    if einvoice_address and not operator_code:
        found.append(_("Without the operator code an e-invoice does not find its way. Add it if you know it."))
    if operator_code and not re.fullmatch(r"[A-Z0-9]{8}([A-Z0-9]{3})?|[0-9]{12}(-[0-9]{1,5})?", operator_code):
        found.append(_("The operator code usually has 8 or 11 characters or 12 digits, for example 003708599126. Check it."))
    return found


def _odd_address(address: str, business_id: str) -> str:
    if ovt := re.fullmatch(r"(?:TE)?0037([0-9]{8})[A-Z0-9]{0,5}", address):
        if business_id and ovt[1] != business_id.replace("-", ""):
            return _("The e-invoice address holds another business ID than yours. That may be right; check it.")
        return ""
    if is_valid_iban(address):
        return ""
    return _(
        "The e-invoice address is unusual: it mostly begins with 0037 and goes on with the business ID. It is saved as it is; check it."
    )
