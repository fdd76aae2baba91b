"""Starts the child, waits as long as it may take, and believes nothing of what it left that was not looked at."""

import json
import math
import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extranet.core.paths import PACKAGE
from extranet.core.text import clean_html
from extranet.previews import limits
from extranet.previews.report import BETWEEN_PAGES, NAME

MODULE = "extranet.previews.child"


class ChildLost(Exception):
    """Somebody else ended the child: the machine stops, or has no memory left. Worth another try."""


@dataclass(frozen=True)
class Picture:
    path: Path
    width: int
    height: int


@dataclass(frozen=True)
class Made:
    """What came of a file. `facts` say with `fault` why nothing did, or with `partial` why not more did."""

    page_count: int = 0
    text: str = ""
    html: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    pictures: tuple[Picture, ...] = ()

    @property
    def is_something(self) -> bool:
        return "fault" not in self.facts


def run(folder: Path, mime: str, seconds: float = limits.SECONDS, module: str = MODULE) -> Made:
    """Have `file` in the folder read by a process of its own, and look at what it left there."""
    fault = _run_child([sys.executable, "-P", "-s", "-m", module, str(folder), mime], folder, seconds)
    return _read(folder, fault)


def _run_child(command: list[str], folder: Path, seconds: float) -> str:
    """Run to the end or to the limit; returns what went wrong, or nothing. It has a group of its own, which is killed whole."""
    environment = {
        "PYTHONPATH": str(PACKAGE.parent), "PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": str(folder), "HOME": str(folder),
        "LANG": "C.UTF-8", "TZ": "UTC", "MALLOC_ARENA_MAX": "2", "RAYON_NUM_THREADS": "1",
    }  # fmt: skip
    nothing = subprocess.DEVNULL
    child = subprocess.Popen(command, env=environment, cwd=folder, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True)  # noqa: S603
    try:
        code = child.wait(seconds)
    except subprocess.TimeoutExpired:
        return "time"
    finally:
        _kill(child)
    if code in (-signal.SIGXCPU, -signal.SIGALRM):
        return "time"
    if code in (-signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP, -signal.SIGKILL):
        raise ChildLost(signal.Signals(-code).name)
    return "" if code == 0 else "crash"


def _kill(child: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):  # it has ended, and so has all that it started
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _read(folder: Path, fault: str) -> Made:
    found = _load(folder / NAME)
    facts = {_plain(name): fact for name, value in found.get("facts", {}).items() if (fact := _fact(value)) is not None}
    if fault:
        facts["fault"] = fault
    text = _plain(found.get("text", ""))[: limits.TEXT * 2]
    pictures = tuple(_pictures(folder, found.get("pictures", [])))
    if text or pictures:
        facts |= {"partial": facts.pop("fault")} if "fault" in facts else {}
    parts = _plain(found.get("html", ""))[: limits.HTML * 2].split(BETWEEN_PAGES)
    return Made(
        page_count=_bounded(found.get("page_count")),
        text=text,
        html=BETWEEN_PAGES.join(clean_html(part) for part in parts),
        facts=facts if len(json.dumps(facts)) < limits.FACTS else {},
        pictures=pictures,
    )


def _load(path: Path) -> dict[str, Any]:
    """The report, if there is one, of a size and shape that we know."""
    try:
        if path.is_symlink() or path.stat().st_size > limits.REPORT:
            return {}
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) and isinstance(found.get("facts", {}), dict) else {}


def _pictures(folder: Path, named: Any) -> Any:
    """Those of the pictures that are there, are WebP, and are not too large. Their names are ours, not the child's."""
    for number in range(1, min(len(named) if isinstance(named, list) else 0, limits.PICTURES) + 1):
        path = folder / f"{number}.webp"
        try:
            _name, width, height = named[number - 1]
            if path.is_symlink() or path.stat().st_size > limits.PICTURE:
                return
            with path.open("rb") as file:
                head = file.read(12)
        except (OSError, TypeError, ValueError):
            return
        if head[:4] != b"RIFF" or head[8:] != b"WEBP":
            return
        yield Picture(path, _bounded(width), _bounded(height))


def _plain(text: Any) -> str:
    """Text that every database takes: without NUL and without halves of letters."""
    return str(text).replace("\0", "").encode("utf-8", "ignore").decode()


def _fact(value: Any) -> str | int | float | None:
    if isinstance(value, str):
        return _plain(value)
    return value if isinstance(value, int | float) and math.isfinite(value) and abs(value) < 1e12 else None


def _bounded(number: Any) -> int:
    return max(0, min(number, 1_000_000)) if isinstance(number, int) else 0
