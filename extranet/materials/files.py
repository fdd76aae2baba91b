"""Files on their way in, as the library takes them: the checks and the storing are storage's."""

from collections.abc import Iterable
from typing import IO, BinaryIO, cast

from extranet.core.db import apart
from extranet.core.i18n import gettext as _
from extranet.core.viewer import Viewer
from extranet.storage import actions
from extranet.storage.checks import ENDINGS, clean_name, most_megabytes
from extranet.storage.uploads import Faulty, receive, take
from extranet.storage.uploads import Received as NewFile

__all__ = ["ACCEPT", "MOST_FILES", "NewFile", "hold", "most_megabytes", "take"]

MOST_FILES = 50
ACCEPT = ",".join(f".{ending}" for ending in ENDINGS)


def hold(viewer: Viewer, files: Iterable[tuple[IO[bytes], str]], most: int = MOST_FILES) -> tuple[list[str], list[str]]:
    """Check and store the files of a form and keep them for the viewer, whatever becomes of the form itself.

    Returns the ids of those that were taken, and a sentence for each of the others. Takes its time and transactions of
    its own: load everything anew.
    """
    taken: list[str] = []
    faults: list[str] = []
    for stream, name in files:
        if len(taken) == most:
            sentence = _("At most %(most)s files come at a time. Save these, then bring the others.", most=MOST_FILES)
            faults.append(f"{clean_name(name)[:80]}: {sentence}")
            continue
        try:
            received = receive(cast(BinaryIO, stream), name)
            with apart():
                taken.append(actions.hold(viewer, None, received=received).id)
        except Faulty as fault:
            faults.append(str(fault) if most == 1 else f"{clean_name(name)[:80]}: {fault}")
    return taken, faults
