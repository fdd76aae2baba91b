"""Codes that name a sign-up, on tickets and certificates; nobody makes one without the secret key, see accounts.salted."""

from extranet.accounts import salted
from extranet.accounts.tokens import hash_token

TICKET, CERTIFICATE = "ticket", "certificate"


def code_of(signup_id: int, kind: str = TICKET) -> str:
    """The code that names this sign-up."""
    return f"{signup_id}-{salted.make_token(kind, str(signup_id))}"


def path_of(signup_id: int) -> str:
    """Where the ticket is shown; for organisers the person's check-in."""
    return f"/tickets/{code_of(signup_id)}"


def find_signup_id(code: str, kind: str = TICKET) -> int | None:
    """Which sign-up a code names; None for one that is not ours."""
    number, _, token = code.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 10 and number == str(int(number))):
        return None
    return int(number) if salted.find_token(kind, number, hash_token(token)) is not None else None
