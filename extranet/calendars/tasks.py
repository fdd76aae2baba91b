"""What happens later: misses are forgotten."""

from extranet.calendars import misses
from extranet.jobs.queue import every, task

every("calendars.sweep", at="04:10")


@task("calendars.sweep")
def sweep() -> None:
    """Forget yesterday's wrong addresses."""
    misses.sweep()
