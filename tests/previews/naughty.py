"""Stands in for the child and does what a file that took it over might do; the media type says what."""

import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from extranet.previews.confinement import confine
from extranet.previews.report import NAME


def leave(folder: Path, **found: object) -> None:
    (folder / NAME).write_text(json.dumps(found))


def sleep(folder: Path) -> None:
    leave(folder, text="half done")
    child = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
    (folder / f"started-{child.pid}").touch()
    signal.pause()


def lost(folder: Path) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def crash(folder: Path) -> None:
    ctypes.string_at(0)


def memory(folder: Path) -> None:
    confine(folder)
    try:
        bytearray(4_000_000_000)
    except MemoryError:
        leave(folder, text="refused")


def disk(folder: Path) -> None:
    confine(folder)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        (folder / "long").write_bytes(bytes(100_000_000))
    except OSError:
        leave(folder, text="refused")


def network(folder: Path) -> None:
    confine(folder)
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


def elsewhere(folder: Path) -> None:
    """Reads what is not its own, writes where it must not, and starts a program past Python's back."""
    confine(folder)
    found = []
    for attempt in (
        lambda: Path("/etc/passwd").read_bytes(),
        lambda: os.listdir(folder.parent),
        lambda: (folder.parent / "left-behind").write_text("x"),
    ):
        try:
            attempt()
            found.append("done")
        except PermissionError:
            found.append("refused")
    ctypes.CDLL(None).system(f"touch {folder / 'started'}".encode())
    found.append("done" if (folder / "started").exists() else "refused")
    leave(folder, text=" ".join(found))


def lies(folder: Path) -> None:
    os.symlink("/etc/hostname", folder / "1.webp")
    leave(
        folder,
        text="x\0\ud800" * 10,
        html='<p onclick="x()">a</p><script>b</script>\f<a href="javascript:c">d</a><img src=x onerror=e>',
        page_count=-7,
        facts={"title": ["no", "string"], "long": "y" * 50_000, "odd": "\ud800", "duration": float("nan")},
        pictures=[["../../etc/passwd", 1, 1]],
    )


if __name__ == "__main__":
    globals()[sys.argv[2]](Path(sys.argv[1]))
