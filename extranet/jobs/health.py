"""Is anybody working? Asked by load balancers at /healthz, and by the banner that administrators see (T47)."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from extranet.core import clock
from extranet.core.db import db
from extranet.jobs.models import Worker

SILENCE = timedelta(seconds=120)
FRESH = timedelta(seconds=10)

# A process that has just started gives the worker as long to report as a worker may be silent.
started_at = clock.now()
_known = (started_at - SILENCE, False)


def what_is_wrong() -> str | None:
    """One reason why this installation does not work, or None. Names nobody."""
    try:
        return "no worker has reported for two minutes" if _is_silent() else None
    except SQLAlchemyError:
        return "the database does not answer"


def worker_is_silent() -> bool:
    """Whether jobs and letters lie still. Asked anew at most every ten seconds: it is on every page of administrators."""
    global _known
    if not timedelta(0) <= clock.now() - _known[0] < FRESH:
        _known = (clock.now(), _is_silent())
    return _known[1]


def _is_silent() -> bool:
    last = db.session.scalar(select(func.max(Worker.beat_at)))
    newest = max(last, started_at) if last else started_at
    return clock.now() - newest > SILENCE
