"""Browsers: which of them a person has used before, and what to call them."""

import hashlib
import hmac
import secrets
from typing import Any

from flask import Response, after_this_request, current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from extranet.accounts.models import AttemptKind, User
from extranet.accounts.throttle import Try

MAX_AGE = 365 * 24 * 3600
MOST_ACCOUNTS = 10
# The first that fits: Edge says Chrome too, Chrome says Safari too, Android says Linux too.
BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("FxiOS", "Firefox"), ("Firefox/", "Firefox"),
    ("CriOS", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def hash_address(email: str) -> str:
    """A keyed hash of an e-mail address, for counting and for the log: without the key nobody can guess addresses from it."""
    return hmac.new(str(current_app.secret_key).encode(), email.strip().lower().encode(), hashlib.sha256).hexdigest()


def known_device(account_hash: str) -> str | None:
    """The mark of this browser if that account has been signed in here, else None."""
    mark = _read()
    if account_hash not in mark.get("accounts", []):
        return None
    return hashlib.sha256(f"{mark['id']}:{account_hash}".encode()).hexdigest()


def attempt(kind: AttemptKind, email: str) -> Try:
    """This request's try at the account with that address."""
    account_hash = hash_address(email)
    return Try(kind, request.remote_addr or "", account_hash, known_device(account_hash))


def remember_device(user: User) -> None:
    """Have the answer carry a signed cookie that says: this person has signed in here."""
    mark = _read()
    account = hash_address(user.email)
    accounts = [account, *(a for a in mark.get("accounts", []) if a != account)][:MOST_ACCOUNTS]
    value = _signer().dumps({"id": mark.get("id") or secrets.token_urlsafe(16), "accounts": accounts})

    @after_this_request
    def put_cookie(response: Response) -> Response:
        response.set_cookie(
            _cookie(), value, max_age=MAX_AGE, httponly=True, samesite="Lax", secure=current_app.config["IS_HTTPS"], path="/"
        )
        return response


def _cookie() -> str:
    return "__Host-device" if current_app.config["IS_HTTPS"] else "device"


def _signer() -> URLSafeTimedSerializer:
    keys = [*reversed(current_app.config["SECRET_KEY_FALLBACKS"] or []), current_app.secret_key]
    return URLSafeTimedSerializer(keys, salt="known-device")


def _read() -> dict[str, Any]:
    try:
        mark = _signer().loads(request.cookies.get(_cookie(), ""), max_age=MAX_AGE)
    except BadSignature:
        return {}
    return mark if isinstance(mark, dict) else {}


def describe(user_agent: str) -> tuple[str, str]:
    """The browser and the system by their usual names; empty where unknown."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return browser, system
