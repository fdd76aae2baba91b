"""How far one has read. No actions: nobody but the reader is concerned, and a log of who read what and when would be."""

from collections.abc import Mapping

from sqlalchemy import select

from extranet.core import clock
from extranet.core.db import db
from extranet.core.viewer import Viewer
from extranet.discussions import policy
from extranet.discussions.models import Thread
from extranet.discussions.reading_models import NetworkRead, ReadMark
from extranet.jobs.queue import insert
from extranet.networks.models import Network

MARKS_AT_ONCE = 100


def mark_read(viewer: Viewer, numbers: Mapping[int, int]) -> None:
    """Note up to which post the viewer has read each thread. A mark only moves forward; threads out of her sight are left out."""
    if not numbers or not viewer.is_signed_in:
        return
    wanted = dict(list(numbers.items())[:MARKS_AT_ONCE])
    last = db.session.execute(
        select(Thread.id, Thread.last_number).where(Thread.id.in_(wanted), policy.visible_to(viewer)).order_by(Thread.id)
    )
    rows = [
        {"user_id": viewer.user_id, "thread_id": row.id, "number": min(wanted[row.id], row.last_number), "at": clock.now()}
        for row in last
        if wanted[row.id] > 0
    ]
    if rows:
        added = insert(ReadMark).values(rows)
        newer = {"number": added.excluded.number, "at": added.excluded.at}
        keys = ["user_id", "thread_id"]
        db.session.execute(added.on_conflict_do_update(index_elements=keys, set_=newer, where=added.excluded.number > ReadMark.number))


def mark_network_read(viewer: Viewer, network: Network) -> None:
    """Everything that has been written in the network until now counts as read."""
    added = insert(NetworkRead).values(user_id=viewer.user_id, network_id=network.id, at=clock.now())
    keys = ["user_id", "network_id"]
    db.session.execute(added.on_conflict_do_update(index_elements=keys, set_={"at": added.excluded.at}))
