"""Waiting for what can only be asked: another program, another process. Whatever can tell is waited for by its own event."""

import socket
import threading
import time
from collections.abc import Callable


def until(holds: Callable[[], bool], seconds: float = 20, why: Callable[[], str] = str) -> None:
    """Go on when `holds()` does; fail with `why()` when it does not in time."""
    deadline, pause = time.monotonic() + seconds, threading.Event()
    while not holds():
        assert time.monotonic() < deadline, why()
        pause.wait(0.02)


def listens(port: int) -> bool:
    """Whether somebody answers at that port of this machine."""
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True
