"""Why something failed, in words that administrators may read and logs may keep: no personal data."""

import re
import traceback
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from extranet.core.paths import PACKAGE
from extranet.core.text import one_line

_ADDRESS = re.compile(r"[^\s<>]*@[^\s<>]*")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|“[^”]*”|\([^()]*\)=\([^()]*\)")
_LONG_NUMBER = re.compile(r"\d[\d \-]{5,}\d")


def scrub(text: str, length: int = 200) -> str:
    """One line without addresses, quoted values and long numbers, which may be somebody's."""
    first = text.strip().splitlines()[0] if text.strip() else ""
    for pattern in (_ADDRESS, _QUOTED, _LONG_NUMBER):
        first = pattern.sub("…", first)
    return one_line(first)[:length]


def reason(error: BaseException) -> str:
    """The class of an error, its scrubbed message, and the line of ours that it came from."""
    cause: BaseException = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    message = scrub(str(cause))
    place = _place(error)
    return type(cause).__name__ + (f": {message}" if message else "") + (f" ({place})" if place else "")


def _place(error: BaseException) -> str:
    ours = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(PACKAGE) and Path(frame.filename).name != "worker.py"
    ]
    return f"{Path(ours[-1].filename).relative_to(PACKAGE)}:{ours[-1].lineno}" if ours else ""
