"""What administrators can do with a job that was given up: have it tried again, or drop it."""

from extranet.admin import policy
from extranet.audit.log import action
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.i18n import gettext as _
from extranet.core.viewer import Viewer
from extranet.jobs.models import Job
from extranet.jobs.queue import wake_after_commit


@action(policy.can_administer)
def retry(_viewer: Viewer, job: Job) -> Job:
    """Let the job be tried from the beginning."""
    _check_dead(job)
    job.dead_at = None
    job.attempts = 0
    job.run_at = clock.now()
    wake_after_commit()
    return job


@action(policy.can_administer)
def drop(_viewer: Viewer, job: Job) -> Job:
    """Forget the job; the audit log keeps that it was there."""
    _check_dead(job)
    db.session.delete(job)
    return job


def _check_dead(job: Job) -> None:
    if job.dead_at is None:
        raise Refused(_("This job has not been given up. Reload the page to see how it stands."))
