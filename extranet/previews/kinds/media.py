"""Recordings: how long they are, and how large a picture they have. Only the beginning and the end of the file are here."""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from extranet.previews.report import Fault, Report

BOXES = 4000  # looked at before giving up
_MPEG_RATES = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_MPEG_HERTZ = (44100, 48000, 32000)
_CONTAINERS = (b"moov", b"trak", b"mdia")


def read(path: Path, report: Report) -> None:
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(0)
        start = file.read(64 * 1024)
        if start.startswith(b"\x1a\x45\xdf\xa3"):
            found = _webm(start)
        elif start[4:8] == b"ftyp":
            found = _mp4(file, size)
        else:
            found = _mp3(file, start, size)
    report.facts |= {name: number for name, number in found.items() if 0 < number < 10_000_000}
    if not report.facts:
        raise Fault("broken")


def _mp4(file: BinaryIO, size: int) -> dict[str, float]:
    """moov/mvhd has the duration, each track's tkhd a width and a height."""
    found: dict[str, float] = {}
    for name, body in _boxes(file, size):
        if name == b"mvhd" and len(body) >= 32:
            scale, ticks = struct.unpack(">IQ", body[20:32]) if body[0] == 1 else struct.unpack(">II", body[12:20])
            found["duration"] = round(ticks / scale, 1) if scale else 0
        elif name == b"tkhd" and len(body) >= (96 if body[0] == 1 else 84):
            width, height = struct.unpack(">II", body[88:96] if body[0] == 1 else body[76:84])
            if width and height:
                found |= {"width": width >> 16, "height": height >> 16}
    return found


def _boxes(file: BinaryIO, size: int) -> Iterator[tuple[bytes, bytes]]:
    """Walk along the boxes, into those that hold others: the name and the first bytes of each."""
    at = 0
    for _box in range(BOXES):
        file.seek(at)
        head = file.read(16)
        if len(head) < 8:
            return
        length, name = struct.unpack(">I4s", head[:8])
        skip = 8
        if length == 1 and len(head) == 16:
            length, skip = int(struct.unpack(">Q", head[8:])[0]), 16
        length = length or size - at
        if length < skip:
            return
        if name in _CONTAINERS:
            at += skip
            continue
        file.seek(at + skip)
        yield name, file.read(min(length - skip, 128))
        at += length


def _mp3(file: BinaryIO, start: bytes, size: int) -> dict[str, float]:
    """The first frame says the rate; its Xing or Info tag how many frames there are, else the size does."""
    at = 0
    if start.startswith(b"ID3") and len(start) > 10:
        at = 10 + (start[6] << 21 | start[7] << 14 | start[8] << 7 | start[9])
    file.seek(at)
    head = file.read(4096)
    for place in range(max(len(head) - 4, 0)):
        one, two, three = head[place], head[place + 1], head[place + 2]
        if one != 0xFF or two & 0xE6 != 0xE2 or three >> 4 in (0, 15) or (three >> 2) & 3 == 3:
            continue
        version = (two >> 3) & 3
        if version == 1:
            continue
        rate = _MPEG_RATES[3 if version == 3 else 2][three >> 4] * 1000
        hertz = _MPEG_HERTZ[(three >> 2) & 3] / {3: 1, 2: 2, 0: 4}[version]
        samples = 1152 if version == 3 else 576
        tag = max(head.find(b"Xing", place, place + 64), head.find(b"Info", place, place + 64))
        if tag >= 0 and head[tag + 7] & 1:
            return {"duration": round(struct.unpack(">I", head[tag + 8 : tag + 12])[0] * samples / hertz, 1)}
        return {"duration": round((size - at - place) * 8 / rate, 1)}
    return {}


_EBML = {0x1A45DFA3: "skip", 0x18538067: "in", 0x1549A966: "in", 0x1654AE6B: "in", 0xAE: "in", 0xE0: "in", 0x2AD7B1: "scale", 0x4489: "ticks", 0xB0: "width", 0xBA: "height"}  # fmt: skip


def _webm(data: bytes) -> dict[str, float]:
    """Walk along the elements at the beginning: Info has the duration, a track's Video its size."""
    found: dict[str, float] = {}
    at = 0
    for _element in range(BOXES):
        name, at = _vint(data, at, keep_mark=True)
        length, at = _vint(data, at, keep_mark=False)
        if at < 0:
            break
        what = _EBML.get(name, "skip")
        if what == "in":
            continue
        if what != "skip":
            body = data[at : at + length]
            if what == "ticks" and len(body) in (4, 8):
                found[what] = struct.unpack(">f" if len(body) == 4 else ">d", body)[0]
            elif len(body) <= 8:
                found[what] = int.from_bytes(body, "big")
        at += length
    if "ticks" in found:
        found["duration"] = round(found.pop("ticks") * found.get("scale", 1_000_000) / 1e9, 1)
    found.pop("scale", None)
    return found


def _vint(data: bytes, at: int, keep_mark: bool) -> tuple[int, int]:
    """A number of EBML and the place after it; -1 where the data end."""
    if not 0 <= at < len(data) or not data[at]:
        return 0, -1
    length = 9 - data[at].bit_length()
    if at + length > len(data):
        return 0, -1
    number = int.from_bytes(data[at : at + length], "big")
    return number if keep_mark else number & ((1 << 7 * length) - 1), at + length
