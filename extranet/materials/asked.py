"""What several views ask before a page is built."""

from flask import request


def asked_page() -> int:
    """The number of the page in `?page=`; 1 where it makes no sense."""
    number = request.args.get("page", "")
    return max(int(number), 1) if number.isdecimal() and len(number) < 7 else 1
