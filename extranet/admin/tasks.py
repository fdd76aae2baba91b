"""What happens later: files that nobody imported are thrown away."""

from datetime import timedelta

from sqlalchemy import delete

from extranet.admin.models import ImportFile
from extranet.core import clock
from extranet.core.db import db
from extranet.jobs.queue import every, task

KEPT = timedelta(days=1)


@task("admin.sweep_imports")
def sweep_imports() -> None:
    """Names and addresses wait no longer than a day."""
    db.session.execute(delete(ImportFile).where(ImportFile.uploaded_at < clock.now() - KEPT))


every("admin.sweep_imports", at="03:40")
