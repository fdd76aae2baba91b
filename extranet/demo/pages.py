"""What the demo has of pages."""

from extranet.demo.cast import Cast


def add_to_cast(cast: Cast) -> None:
    """The few that the tests know by name."""
