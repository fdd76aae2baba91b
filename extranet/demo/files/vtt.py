"""Captions: what is said in a recording, with times."""

from collections.abc import Sequence


def make_vtt(lines: Sequence[str], seconds_each: int = 4) -> bytes:
    """Each line on the screen for so many seconds, one after the other."""
    cues = (f"{_time(n * seconds_each)} --> {_time((n + 1) * seconds_each)}\n{line}\n" for n, line in enumerate(lines))
    return ("WEBVTT\n\n" + "\n".join(cues)).encode()


def _time(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest:02}.000"
