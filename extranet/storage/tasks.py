"""What happens later: uploads that nobody finished are forgotten, and files that nothing names are swept away."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from sqlalchemy import delete

from extranet.core import clock
from extranet.core.db import db
from extranet.jobs.queue import every, task
from extranet.storage import incoming, queries, sweep
from extranet.storage.models import Upload

KEEP = timedelta(days=1)

every("storage.sweep", at="03:15")
sweep.keeper(queries.list_stored, queries.list_all_stored)


@task("storage.sweep", outside=True)
def sweep_store() -> None:
    """Forget uploads that have stood still for a day, then remove their pieces and every stored file that nothing names."""
    with db.session.begin():
        db.session.execute(delete(Upload).where(Upload.changed_at < clock.now() - KEEP))
    _sweep_pieces(incoming.list_pieces())
    sweep.sweep()


def _sweep_pieces(pieces: Iterator[incoming.Piece]) -> None:
    old = (piece for piece in pieces if piece.changed_at < clock.now() - KEEP)
    while batch := list(islice(old, sweep.BATCH)):
        with db.session.begin():
            known = queries.list_known({piece.upload_id for piece in batch})
        for piece in batch:
            if piece.upload_id not in known:
                incoming.remove(piece.path)
