"""The secret words of a letter about a thread: for the address that takes the reply, and for the page that stops the letters.

Each belongs to one person and one thread, is made with the installation's secret key, and is good for nothing else. Nothing is
kept: what the person may see and do is asked when it is used. Lower-case letters and digits only: mail servers fold the rest.
"""

import hmac
from hashlib import sha256

from flask import current_app

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
REPLY, LETTER = "reply", "letter"
MAC = 32  # hexadecimal digits: 128 bits


def make_token(kind: str, user_id: int, thread_id: int) -> str:
    """The secret word of that person and thread."""
    return f"{_short(user_id)}-{_short(thread_id)}-{_mac(current_app.config['SECRET_KEY'], kind, user_id, thread_id)}"


def read_token(kind: str, token: str) -> tuple[int, int] | None:
    """The person and the thread of a secret word; None for one that we have not made."""
    user, _, rest = token.lower().partition("-")
    thread, _, mac = rest.partition("-")
    if not _is_short(user) or not _is_short(thread) or len(mac) != MAC or not mac.isascii():
        return None
    user_id, thread_id = int(user, 36), int(thread, 36)
    keys = (current_app.config["SECRET_KEY"], *current_app.config["SECRET_KEY_FALLBACKS"])
    return (user_id, thread_id) if any([hmac.compare_digest(mac, _mac(key, kind, user_id, thread_id)) for key in keys]) else None


def reply_address(user_id: int, thread_id: int) -> str:
    """Where that person's reply to the thread goes by mail; nothing where this installation takes no mail."""
    address: str = current_app.extensions["extranet"].inbox_address
    local, _, domain = address.rpartition("@")
    return f"{local}+{make_token(REPLY, user_id, thread_id)}@{domain}" if address else ""


def letter_path(user_id: int, thread_id: int) -> str:
    """The page on which that person changes what she hears of the thread, without signing in."""
    return f"/discussions/letters/{make_token(LETTER, user_id, thread_id)}"


def _mac(key: str, kind: str, user_id: int, thread_id: int) -> str:
    return hmac.new(key.encode(), f"discussions:{kind}:{user_id}:{thread_id}".encode(), sha256).hexdigest()[:MAC]


def _short(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = DIGITS[rest] + digits
    return digits or "0"


def _is_short(text: str) -> bool:
    return 0 < len(text) <= 7 and all(c in DIGITS for c in text)
