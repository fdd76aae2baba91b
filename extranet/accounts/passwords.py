"""Passwords: argon2id, the same time for everybody, and which ones are refused (OWASP ASVS 6.2)."""

import re
from functools import lru_cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from extranet.core.db import let_go
from extranet.core.i18n import gettext as _

DEMO_PASSWORD = "extranet-demo"  # noqa: S105  known to all, and good only where the demo data is
SHORTEST = 12
LONGEST = 256
COMMON = Path(__file__).parent / "data" / "common-passwords.txt"
_hasher = PasswordHasher(time_cost=3, memory_cost=32 * 1024, parallelism=1)
_LEET = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", "$": "s", "!": "i"})
_ROWS = ("qwertyuiopåasdfghjklöäzxcvbnm", "qwertyuiopasdfghjklzxcvbnm", "abcdefghijklmnopqrstuvwxyzåäö", "01234567890", "1234567890")


def hash_password(password: str) -> str:
    """The argon2id hash of a password: about 70 milliseconds of one core, 32 MB."""
    return _hasher.hash(password)


def hash_apart(password: str) -> str:
    """`hash_password` in a request that has written nothing yet: nobody waits for its transaction meanwhile."""
    let_go()
    return hash_password(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether it is the password. Without a hash the answer is no, after just as long."""
    try:
        return _hasher.verify(password_hash or _dummy_hash(), password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def rehash_apart(password_hash: str | None, password: str) -> str | None:
    """A new hash where the stored one was made with other costs than today's, else None."""
    if password_hash is None or not _hasher.check_needs_rehash(password_hash):
        return None
    return hash_apart(password)


@lru_cache
def _dummy_hash() -> str:
    return _hasher.hash("nobody has this password")


@lru_cache
def common_passwords() -> frozenset[str]:
    """The most common passwords and the words that they are made of, in small letters."""
    return frozenset(COMMON.read_text(encoding="utf-8").split())


def why_weak(password: str, about: list[str]) -> str | None:
    """Why this password may not be taken: a sentence, or None for a good one. `about`: the person's and the service's names."""
    if len(password) < SHORTEST:
        return str(_("Use at least %(count)s characters.", count=SHORTEST))
    if len(password) > LONGEST:
        return str(_("Use at most %(count)s characters.", count=LONGEST))
    plain = password.casefold()
    if plain == DEMO_PASSWORD or is_common(plain):
        return str(_("This password is one of the first that are guessed. Put together a few words that do not belong together."))
    if any(word in plain for word in _telling(about)):
        return str(_("Leave your own name, your e-mail address and the name of the service out of the password."))
    return None


def is_common(plain: str) -> bool:
    """Whether guessing programs try it early: a common password, one with decoration, a repetition, a row of keys."""
    bare = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", plain)
    unleet = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", plain.translate(_LEET))
    seen = common_passwords()
    if len(set(plain)) < 5 or not {plain, bare, unleet, plain.translate(_LEET)}.isdisjoint(seen):
        return True
    unit = _unit(plain)
    if unit != plain and len(unit) < SHORTEST:
        return True
    return any(plain in row * 3 or plain[::-1] in row * 3 or (len(bare) > 3 and bare in row) for row in _ROWS)


def _unit(text: str) -> str:
    """The shortest part that makes up `text` by repetition: "kissa" of "kissakissa"."""
    return text[: (text + text).find(text, 1)]


def _telling(about: list[str]) -> set[str]:
    """The words of four letters or more in names and addresses; "example" and the like are everybody's."""
    words = {word for text in about for word in re.split(r"[\W\d_]+", text.casefold())}
    return {word for word in words if len(word) >= 4} - {"example", "mail"}
