"""What happens later: who downloaded what is forgotten after two years."""

from extranet.jobs.queue import every, task
from extranet.materials.usage_actions import forget_old

every("materials.forget_downloads", at="03:25")


@task("materials.forget_downloads")
def forget_downloads() -> None:
    """Every night."""
    forget_old()
