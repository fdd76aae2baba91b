"""What the child takes from itself before it looks at a file: memory, time, the network, other programs, other files.

The limits of resources hold everywhere. Network namespace and Landlock are the kernel's (Linux 5.13 or newer) and are
taken where they can be had; some containers do not give them.
"""

import ctypes
import os
import resource
import signal
import struct
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from extranet.core.paths import PACKAGE
from extranet.previews import limits

FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "webbrowser.", "urllib.")
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_CREATE, _ADD, _RESTRICT, _NO_NEW_PRIVILEGES = 444, 445, 446, 38
_EXECUTE, _READ_FILE, _READ_FOLDER = 1, 1 << 2, 1 << 3
_KNOWN = {1: 1 << 13, 2: 1 << 14, 3: 1 << 15}  # what each version of Landlock can refuse of files: all bits below


def confine(folder: Path) -> None:
    """Take all limits. They are hard: nothing that runs here later can raise them."""
    for what, most in (
        (resource.RLIMIT_AS, limits.MEMORY),
        (resource.RLIMIT_FSIZE, limits.WRITTEN),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 256),
    ):
        resource.setrlimit(what, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.CPU_SECONDS, limits.CPU_SECONDS + 2))  # the first one says why it ends
    signal.alarm(limits.SECONDS + 5)  # also when the parent is not there any more to kill it
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NETWORK)
        _keep_to(folder, readable=(sys.prefix, sys.base_prefix, PACKAGE, "/usr", "/lib", "/lib64", "/etc/ld.so.cache"))
    sys.addaudithook(_refuse)


def has_landlock() -> bool:
    """Whether this kernel can keep a process to some files."""
    return _landlock_version() > 0


def _landlock_version() -> int:
    return int(ctypes.CDLL(None).syscall(_CREATE, None, 0, 1))


def _keep_to(folder: Path, readable: Iterable[Path | str]) -> None:
    """Have the kernel refuse all files but those to be read, and all but this folder to be written; no program can be started."""
    system = ctypes.CDLL(None, use_errno=True)
    version = _landlock_version()
    if version < 1:
        return
    known = _KNOWN.get(version, 1 << 15) - 1
    wish = struct.pack("=QQ", known, 3)  # 3: neither listening nor connecting by TCP
    rules = system.syscall(_CREATE, wish, len(wish) if version >= 4 else 8, 0)
    if rules < 0:
        return
    for path, rights in [(folder, known & ~_EXECUTE), *((path, _READ_FILE | _READ_FOLDER) for path in readable)]:
        with suppress(FileNotFoundError):
            place = os.open(path, os.O_PATH | os.O_CLOEXEC)
            wanted = rights if os.path.isdir(path) else rights & ~_READ_FOLDER
            system.syscall(_ADD, rules, 1, struct.pack("=Qi", wanted, place), 0)
            os.close(place)
    system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    system.syscall(_RESTRICT, rules, 0)
    os.close(rules)


def _refuse(event: str, _arguments: Any) -> None:
    if event.startswith(FORBIDDEN):
        raise PermissionError(event)
