"""Files on their way in: checked, then stored, then handed to whoever makes them part of something."""

from dataclasses import dataclass
from typing import BinaryIO

from extranet.core.db import let_go
from extranet.core.errors import Refused
from extranet.storage import store
from extranet.storage.checks import clean_name, find_fault
from extranet.storage.sniff import sniff


class Faulty(Refused):
    """Something is wrong with the file itself. The message is a sentence for the field where it was chosen."""


@dataclass(frozen=True)
class Received:
    """A file that was checked, is in the store, and waits for its row."""

    name: str
    mime: str
    sha256: str
    size: int


def receive(stream: BinaryIO, name: str) -> Received:
    """Check and store a file. That may take minutes, so the transaction ends here: load everything anew."""
    let_go()
    if fault := find_fault(stream, name):
        raise Faulty(fault)
    mime = sniff(stream) or "application/octet-stream"
    stored = store.put(stream)
    return Received(clean_name(name), mime, stored.sha256, stored.size)
