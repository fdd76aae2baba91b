"""MP3 without an encoder: MPEG-1 Layer III frames, written bit by bit, whose few spectral lines sound like soft bells.

A line held through granules with the signs + - - + or + + - - is a steady tone; lowering the gain lets it fade.
"""

RATE = 48_000
GRANULE = 576
FRAME = 96  # bytes at 32 kbit/s and 48 kHz, without padding
# Lines of the spectrum, each about 42 Hz wide, for one bell after another.
BELLS = (10, 12, 15, 12, 8, 10, 15, 17)
BELL = 84  # granules, about a second
LOUD, QUIET = 196, 152
SIGNS = ((0, 1, 1, 0), (0, 0, 1, 1))


def make_mp3(title: str, seconds: int, language: str = "fi", first: int = 0) -> bytes:
    """So many seconds of bells, beginning with the `first` one, with a title that players show."""
    granules = seconds * RATE // GRANULE
    return _id3(title, language) + b"".join(_frame(number, first) for number in range(0, granules, 2))


def _id3(title: str, language: str) -> bytes:
    frames = _text_frame("TIT2", title) + _text_frame("TLAN", {"fi": "fin", "sv": "swe"}.get(language, "und"))
    return b"ID3\x04\x00\x00" + _seven_bits(len(frames)) + frames


def _text_frame(name: str, text: str) -> bytes:
    content = b"\x03" + text.encode() + b"\x00"
    return name.encode() + _seven_bits(len(content)) + b"\x00\x00" + content


def _seven_bits(number: int) -> bytes:
    return bytes((number >> shift) & 0x7F for shift in (21, 14, 7, 0))


def _frame(number: int, first: int) -> bytes:
    """Header, side information and spectrum of two granules; everything in its own frame."""
    granules = [_granule(number + half, first) for half in (0, 1)]
    # main_data_begin, private bits, scfsi
    side = _Bits().put(0, 9).put(0, 5).put(0, 4)
    for spectrum, pairs, gain in granules:
        side.put(spectrum.length, 12).put(pairs, 9).put(gain, 8)
        # scalefac_compress, window switching, table 1 for all three regions, region sizes, preflag, scalefac_scale, count1 table
        side.put(0, 4).put(0, 1).put(0b00001_00001_00001, 15).put(15, 4).put(7, 3).put(0, 3)
    main = _Bits()
    for spectrum, _pairs, _gain in granules:
        main.put(spectrum.value, spectrum.length)
    frame = b"\xff\xfb\x14\xc0" + side.as_bytes() + main.as_bytes()
    return frame + bytes(FRAME - len(frame))


def _granule(number: int, first: int) -> tuple["_Bits", int, int]:
    bell, age = divmod(number, BELL)
    line = BELLS[(bell + first) % len(BELLS)]
    sign = SIGNS[line % 2][number % 4]
    spectrum = _Bits()
    for _ in range(line // 2):
        spectrum.put(1, 1)  # two lines of silence
    spectrum.put(0b001 if line % 2 else 0b01, 3 if line % 2 else 2).put(sign, 1)
    return spectrum, line // 2 + 1, LOUD - (LOUD - QUIET) * age // BELL


class _Bits:
    def __init__(self) -> None:
        self.value, self.length = 0, 0

    def put(self, number: int, length: int) -> "_Bits":
        self.value, self.length = self.value << length | number, self.length + length
        return self

    def as_bytes(self) -> bytes:
        left = -self.length % 8
        return (self.value << left).to_bytes((self.length + left) // 8, "big")
