"""The process that opens files of strangers: `python -m extranet.previews.child FOLDER TYPE`, alone with one file.

It takes its own limits before it looks at the file, has no network, starts no programs, and is killed if it takes long.
"""

import ctypes
import importlib
import resource
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from extranet.previews import limits
from extranet.previews.report import Fault, Report

OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"
READERS = {
    "application/pdf": "pdf",
    f"{OFFICE}.wordprocessingml.document": "word",
    f"{OFFICE}.presentationml.presentation": "slides",
    f"{OFFICE}.spreadsheetml.sheet": "sheets",
    f"{OPEN}.text": "opendocument",
    f"{OPEN}.presentation": "opendocument",
    f"{OPEN}.spreadsheet": "sheets",
    "image/png": "images",
    "image/jpeg": "images",
    "image/gif": "images",
    "image/webp": "images",
    "audio/mpeg": "media",
    "audio/mp4": "media",
    "video/mp4": "media",
    "video/webm": "media",
    "text/plain": "plain",
}
FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "webbrowser.", "urllib.")
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000


def main(folder: Path, mime: str) -> None:
    """Read `file` in the folder and leave a report beside it."""
    confine()
    report = Report(folder)
    try:
        reader = importlib.import_module(f"extranet.previews.kinds.{READERS[mime]}")
        reader.read(folder / "file", report)
    except Fault as fault:
        report.facts["fault"] = str(fault)
    except MemoryError:
        report.facts["fault"] = "memory"
    except Exception as error:
        report.facts |= {"fault": "broken", "error": type(error).__name__}
    report.save()


def confine() -> None:
    """Take the limits. They are hard: nothing that runs here later can raise them."""
    for what, most in (
        (resource.RLIMIT_AS, limits.MEMORY),
        (resource.RLIMIT_FSIZE, limits.WRITTEN),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 256),
    ):
        resource.setrlimit(what, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.CPU_SECONDS, limits.CPU_SECONDS + 2))  # the first one says why it ends
    signal.alarm(limits.SECONDS + 5)  # also when the parent is not there any more to kill it
    with suppress(OSError, AttributeError):  # where the system allows it, the process has no network at all
        ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NETWORK)
    sys.addaudithook(_refuse)


def _refuse(event: str, _arguments: Any) -> None:
    if event.startswith(FORBIDDEN):
        raise PermissionError(event)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
