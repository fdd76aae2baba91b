"""What packages above hang on threads and posts, and take along themselves: a poll, the card of an answer.

They register when their actions are imported, as `@keeper` in storage; our actions call them, in the same transaction and under the thread's lock.
"""

from collections.abc import Callable

from extranet.core.db import db
from extranet.core.viewer import Viewer
from extranet.discussions.models import Thread

Carry = Callable[[Thread, Thread], None]
Follow = Callable[[Viewer, Thread], None]
_carriers: list[Carry] = []
_followers: list[Follow] = []


def carrier(carry: Carry) -> Carry:
    """Register `carry(source, target)`: all posts of one thread stand in the other from now on."""
    _carriers.append(carry)
    return carry


def follower(follow: Follow) -> Follow:
    """Register `follow(viewer, thread)`: where the thread stands, or what of it can be read, may have changed."""
    _followers.append(follow)
    return follow


def carry_along(source: Thread, target: Thread) -> None:
    """Whatever belongs to a thread as a whole goes with its posts."""
    db.session.flush()
    for carry in _carriers:
        carry(source, target)


def have_follow(viewer: Viewer, thread: Thread) -> None:
    """Bring what was made of the thread into accord with it: called after each act that hides, shows or moves. Calling twice changes nothing."""
    db.session.flush()
    for follow in _followers:
        follow(viewer, thread)
