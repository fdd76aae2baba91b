"""Archives that lie: bombs by what they say, by what they are, and by what is inside what is inside."""

import io
import struct
import zipfile

import pytest

from extranet.storage import zips
from extranet.storage.sniff import sniff
from extranet.storage.zips import Trouble, unpacks_safely


def document(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<x/>")
        file.writestr("word/document.xml", "<x/>")
        for name, content in parts.items():
            file.writestr(f"word/{name}", content)
    return out.getvalue()


def lie(content: bytes, length: int) -> bytes:
    """The largest entry says that it unpacks to `length` bytes, in both of the places where it says so."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        entry = max(file.infolist(), key=lambda entry: entry.file_size)
    return content.replace(
        struct.pack("<LLL", entry.CRC, entry.compress_size, entry.file_size), struct.pack("<LLL", entry.CRC, entry.compress_size, length)
    )


HONEST = document(media=bytes(2_000_000), text=b"sana " * 100_000)


def test_honest_documents_pass():
    assert unpacks_safely(io.BytesIO(HONEST)) is None
    assert unpacks_safely(io.BytesIO(document(embedded=HONEST))) is None
    assert unpacks_safely(io.BytesIO(b"%PDF-1.4")) is None


def test_a_bomb_by_its_own_words():
    assert sniff(io.BytesIO(lie(HONEST, 3_000_000_000))) == Trouble.BOMB


def test_a_bomb_that_says_it_is_small():
    bomb = lie(HONEST, 1000)
    assert sniff(io.BytesIO(bomb)) == sniff(io.BytesIO(HONEST)), "it looks like any other"
    assert unpacks_safely(io.BytesIO(bomb)) == Trouble.BOMB


def test_a_bomb_by_what_comes_out(monkeypatch):
    monkeypatch.setattr(zips, "MOST_INFLATED", 1_000_000)
    assert unpacks_safely(io.BytesIO(HONEST)) == Trouble.BOMB


def test_bombs_inside_count_together(monkeypatch):
    monkeypatch.setattr(zips, "MOST_INFLATED", 4_000_000)
    assert unpacks_safely(io.BytesIO(HONEST)) is None
    assert unpacks_safely(io.BytesIO(document(one=HONEST, two=HONEST))) == Trouble.BOMB


def test_archives_in_archives_in_archives():
    nested = HONEST
    for _ in range(zips.DEEPEST + 1):
        nested = document(inner=nested)
    assert unpacks_safely(io.BytesIO(nested)) == Trouble.BOMB


def test_the_same_bytes_for_many_entries():
    """One kernel, many names: small to send, endless to unpack."""
    content = document(kernel=bytes(1_000_000))
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        entries = file.infolist()
    entry = entries[-1]
    start = file.start_dir
    listing = content[start : content.rfind(zips.END)]
    record = listing[listing.rfind(b"PK\x01\x02") :]
    many = listing + record * 50
    end = struct.pack("<4s4H2LH", zips.END, 0, 0, len(entries) + 50, len(entries) + 50, len(many), start, 0)
    assert entry.filename == "word/kernel"
    assert sniff(io.BytesIO(content[:start] + many + end)) == Trouble.BOMB


def test_a_broken_document():
    content = bytearray(HONEST)
    at = content.find(b"word/media") + len(b"word/media") + 5
    content[at : at + 20] = b"\xff" * 20
    assert unpacks_safely(io.BytesIO(bytes(content))) == Trouble.BROKEN


def _end(length: int, offset: int = 0, comment: int = 0) -> bytes:
    return struct.pack("<4sHHHHLLH", zips.END, 0, 0, 1, 1, length, offset, comment)


LONG = 5_000_000
LARGE_FORM = struct.pack("<4sQHHLLQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, LONG, 4) + struct.pack(
    "<4sLQL", b"PK\x06\x07", 0, LONG + 4, 1
)
HIDDEN = {
    "in the large form": LARGE_FORM + _end(46),
    "before what looks like an end": _end(LONG, offset=int.from_bytes(zips.END, "little")),
    "before the longest comment": _end(LONG, comment=65535) + bytes(65536),
}


@pytest.mark.parametrize("end", HIDDEN.values(), ids=HIDDEN)
def test_a_list_of_entries_is_not_read_if_it_is_very_long(end):
    """However its length is hidden: zipfile would hold a hundred times as much in memory."""
    assert sniff(io.BytesIO(b"PK\x03\x04" + bytes(LONG) + end)) == Trouble.BOMB
