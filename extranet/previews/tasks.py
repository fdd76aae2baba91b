"""What happens later: previews are made, and their pictures are kept as long as they."""

from extranet.jobs.queue import task
from extranet.previews import making, queries
from extranet.storage import sweep

sweep.keeper(queries.list_stored, queries.list_all_stored)


@task("previews.make", outside=True, patient=True)
def make(sha256: str) -> None:
    """Make the preview of one file."""
    making.make(sha256)
