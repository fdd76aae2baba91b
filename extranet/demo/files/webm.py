"""WebM without an encoder: a lossy WebP holds one VP8 key frame, so slides become a video with a small EBML writer.

Every second repeats its slide as a key frame and begins a cluster, so that a player can jump to any of them. The sound is silence in Opus.
"""

import struct
from collections.abc import Sequence

SECOND = 1000
SILENCE = b"\xf8\xff\xfe"  # an Opus frame of 20 ms
SOUND_EVERY = 20
HEAD = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 312, 48_000, 0, 0)
VIDEO, AUDIO = 1, 2


def make_webm(title: str, slides: Sequence[bytes], width: int, height: int, seconds_each: int = 4) -> bytes:
    """A video that shows each slide, a lossy WebP of that size, for some seconds."""
    frames = [vp8_of(slide) for slide in slides for _ in range(seconds_each)]
    clusters = [_cluster(second, frame) for second, frame in enumerate(frames)]
    front = _info(title, len(frames)) + _tracks(width, height)
    # The cues stand before what they point to: their length does not depend on the places, which take eight bytes each.
    start = len(front) + len(_cues([0] * len(clusters)))
    places = [start + sum(map(len, clusters[:number])) for number in range(len(clusters))]
    header = _element(
        "1A45DFA3",
        _number("4286", 1), _number("42F7", 1), _number("42F2", 4), _number("42F3", 8),
        _element("4282", b"webm"), _number("4287", 4), _number("4285", 2),
    )  # fmt: skip
    return header + _element("18538067", front, _cues(places), *clusters)


def vp8_of(webp: bytes) -> bytes:
    """The VP8 bitstream of a lossy WebP."""
    at = 12
    while at < len(webp):
        name, size = webp[at : at + 4], int.from_bytes(webp[at + 4 : at + 8], "little")
        if name == b"VP8 ":
            return webp[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
    raise ValueError("no lossy WebP")


def _info(title: str, seconds: int) -> bytes:
    writer = b"extranet demo"
    return _element(
        "1549A966",
        _number("2AD7B1", 1_000_000), _element("4489", struct.pack(">d", seconds * SECOND)), _element("7BA9", title.encode()),
        _element("4D80", writer), _element("5741", writer),
    )  # fmt: skip


def _tracks(width: int, height: int) -> bytes:
    picture = _element("E0", _number("B0", width), _number("BA", height))
    sound = _element("E1", _element("B5", struct.pack(">d", 48_000)), _number("9F", 1))
    return _element(
        "1654AE6B",
        _element("AE", _number("D7", VIDEO), _number("73C5", VIDEO), _number("83", 1), _number("9C", 0), _element("86", b"V_VP8"), picture),
        _element(
            "AE",
            _number("D7", AUDIO), _number("73C5", AUDIO), _number("83", 2), _number("9C", 0), _element("86", b"A_OPUS"),
            _number("56AA", 6_500_000), _number("56BB", 80_000_000), _element("63A2", HEAD), sound,
        ),
    )  # fmt: skip


def _cues(places: list[int]) -> bytes:
    points = (
        _element("BB", _number("B3", second * SECOND), _element("B7", _number("F7", VIDEO), _element("F1", struct.pack(">Q", place))))
        for second, place in enumerate(places)
    )
    return _element("1C53BB6B", *points)


def _cluster(second: int, frame: bytes) -> bytes:
    sounds = (_block(AUDIO, after, SILENCE) for after in range(0, SECOND, SOUND_EVERY))
    return _element("1F43B675", _number("E7", second * SECOND), _block(VIDEO, 0, frame), *sounds)


def _block(track: int, after: int, content: bytes) -> bytes:
    return _element("A3", bytes([0x80 | track]) + struct.pack(">hB", after, 0x80) + content)


def _number(name: str, value: int) -> bytes:
    return _element(name, value.to_bytes(max(1, (value.bit_length() + 7) // 8), "big"))


def _element(name: str, *content: bytes) -> bytes:
    body = b"".join(content)
    return bytes.fromhex(name) + _length(len(body)) + body


def _length(size: int) -> bytes:
    """As short as it goes; all bits set would mean unknown."""
    width = next(width for width in range(1, 9) if size < (1 << 7 * width) - 1)
    return (size | 1 << 7 * width).to_bytes(width, "big")
