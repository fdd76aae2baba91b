"""Files that came with a form without scripts: checked, stored, and kept until the form is good."""

from collections.abc import Iterable
from typing import IO, BinaryIO, cast

from extranet.core.db import apart
from extranet.core.i18n import N_
from extranet.core.viewer import Viewer
from extranet.storage import actions
from extranet.storage.checks import Fault, clean_name
from extranet.storage.uploads import Faulty, receive

MOST_FILES = 10


def hold(viewer: Viewer, files: Iterable[tuple[IO[bytes], str]]) -> tuple[list[str], list[str]]:
    """Check and store the files of a form without scripts, and keep them for the viewer whatever becomes of the form itself.

    Returns the ids of those that were taken, and a sentence for each of the others. Takes its time: load everything anew.
    """
    taken: list[str] = []
    faults: list[str] = []
    for stream, name in files:
        try:
            if len(taken) == MOST_FILES:
                raise Faulty(Fault(N_("A message can have at most %(most)s files."), {"most": MOST_FILES}))
            received = receive(cast(BinaryIO, stream), name)
            with apart():
                taken.append(actions.hold(viewer, None, received=received).id)
        except Faulty as fault:
            faults.append(f"{clean_name(name)[:80]}: {fault}")
    return taken, faults
