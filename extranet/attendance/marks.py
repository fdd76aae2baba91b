"""Marks on their way from a phone: what was pressed, and how long ago, since a phone's clock may be wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from extranet.core import clock

MOST = 500
OLDEST = timedelta(days=14)


@dataclass(frozen=True)
class Pressed:
    """One tick, or one taken back, of a person on the list."""

    signup_id: int
    is_present: bool
    at: datetime
    uid: str = ""


def read_marks(data: Any) -> list[Pressed] | None:
    """The marks of a JSON body, oldest first; None where it is none of ours."""
    listed = data.get("marks") if isinstance(data, dict) else None
    if not isinstance(listed, list) or len(listed) > MOST:
        return None
    found = [_read(one) for one in listed]
    return None if None in found else sorted((one for one in found if one), key=lambda one: one.at)


def _read(one: Any) -> Pressed | None:
    if not isinstance(one, dict):
        return None
    signup, age, uid = one.get("signup"), one.get("age"), one.get("uid", "")
    if type(signup) is not int or not isinstance(age, int | float) or not isinstance(uid, str) or not isinstance(one.get("present"), bool):
        return None
    if not 0 < signup < 2**31 or age != age:
        return None
    ago = timedelta(milliseconds=min(max(age, 0), OLDEST / timedelta(milliseconds=1)))
    return Pressed(signup, one["present"], clock.now() - ago, uid[:40])


def newest(marks: Sequence[Pressed]) -> list[Pressed]:
    """Of several marks of one person only the last."""
    return list({one.signup_id: one for one in marks}.values())
