"""Addresses of pages elsewhere: what is taken as one, and what people call it."""

import re
from urllib.parse import SplitResult, urlsplit

from extranet.core.i18n import gettext as _

MAX_ADDRESS = 1000
_HOST = re.compile(r"(?!-)[\w-]+(\.[\w-]+)*\.?")


def clean_address(text: str) -> str:
    """What was typed or pasted, as an address: a name alone gets the "https://" that people leave out."""
    address = text.strip()
    if address and not re.match(r"[a-z][a-z0-9+.-]*:", address, re.I) and "." in address.partition("/")[0]:
        return f"https://{address}"
    return address


def fault_of_address(address: str) -> str:
    """The sentence that says what is wrong with an address and what to do about it, or nothing."""
    if len(address) > MAX_ADDRESS:
        return _("The address has more than %(most)s characters. Look for a shorter one of the same page.", most=MAX_ADDRESS)
    parts = _split(address)
    if parts is None or parts.scheme not in ("http", "https") or not _HOST.fullmatch(parts.hostname or ""):
        return _("Write the whole address of the page, for example https://www.organisation.example/guide.")
    if "@" in parts.netloc:
        return _("The address has a user name or a password in it. Remove them: everybody would see them.")
    return ""


def host_of(address: str) -> str:
    """The name of the site that an address leads to."""
    parts = _split(address)
    return (parts.hostname or "").removeprefix("www.") if parts else ""


def _split(address: str) -> SplitResult | None:
    if not address.isprintable() or re.search(r"[\s\\]", address):
        return None
    try:
        parts = urlsplit(address)
        _port = parts.port
    except ValueError:
        return None
    return parts
