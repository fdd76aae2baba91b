"""Stands in for the child and does what a file that took it over might do; the media type says what."""

import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from extranet.previews.child import confine
from extranet.previews.report import NAME


def leave(folder: Path, **found: object) -> None:
    (folder / NAME).write_text(json.dumps(found))


def sleep(folder: Path) -> None:
    leave(folder, text="half done")
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    (folder / f"started-{child.pid}").touch()
    time.sleep(60)


def lost(folder: Path) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def crash(folder: Path) -> None:
    ctypes.string_at(0)


def memory(folder: Path) -> None:
    confine()
    try:
        bytearray(4_000_000_000)
    except MemoryError:
        leave(folder, text="refused")


def disk(folder: Path) -> None:
    confine()
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        (folder / "long").write_bytes(bytes(100_000_000))
    except OSError:
        leave(folder, text="refused")


def network(folder: Path) -> None:
    confine()
    refused = []
    for attempt in (
        lambda: socket.create_connection(("127.0.0.1", 9), 1),
        lambda: subprocess.run(["/bin/true"], check=False),
        lambda: os.system("true"),
    ):
        try:
            attempt()
        except PermissionError:
            refused.append("refused")
    leave(folder, text=" ".join(refused), facts={"environment": " ".join(sorted(os.environ))})


def lies(folder: Path) -> None:
    os.symlink("/etc/hostname", folder / "1.webp")
    leave(
        folder,
        text="x\0" * 10,
        html='<p onclick="x()">a</p><script>b</script>\f<a href="javascript:c">d</a><img src=x onerror=e>',
        page_count=-7,
        facts={"title": ["no", "string"], "long": "y" * 50_000},
        pictures=[["../../etc/passwd", 1, 1]],
    )


if __name__ == "__main__":
    globals()[sys.argv[2]](Path(sys.argv[1]))
