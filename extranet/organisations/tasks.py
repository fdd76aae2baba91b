"""What happens later: appointments begin and end on their days."""

from extranet.core.viewer import SYSTEM
from extranet.jobs.queue import every, task
from extranet.organisations.actions import expire, start
from extranet.organisations.queries import list_due


@task("organisations.keep_dates")
def keep_dates() -> None:
    """Every night after midnight: whose last day has passed, and whose first one has come."""
    for appointment in list_due(SYSTEM):
        if appointment.is_in_force():
            start(SYSTEM, appointment)
        else:
            expire(SYSTEM, appointment)


every("organisations.keep_dates", at="00:05")
